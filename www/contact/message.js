// @ts-check
/** @import { TrialDocument } from "../pkg/check.js" */
/** @import { Field } from "./entered.js" */
/** @import { ContactWords } from "./words/en.js" */

import { plain } from './entered.js';

/** @typedef {{ result: string[], answers: string[] }} Told  lines that the person may add */
/** @typedef {{ trial: string, from: Partial<Record<Field, string>>, subject: string, text: string }} Message */

/** What mail programs take as the address of a new e-mail: old ones cut at 2,083. */
const LONGEST = 2_000;

/**
 * The message, whole: nothing is added to it later.
 * @param {ContactWords} words
 * @param {Pick<TrialDocument, "id">} study
 * @param {string} title
 * @param {[Field, string][]} entered in the order of the language
 * @param {Told} added
 * @returns {Message}
 */
export function written(words, study, title, entered, added) {
  const { message } = words;
  const from = entered.filter(([, value]) => value !== '');
  const label = (/** @type {Field} */ field) => (field === 'language' ? message.language : words[field]);
  const parts = [
    [message.opening],
    [message.line(message.study, study.id), title],
    from.map(([field, value]) => message.line(label(field), value)),
    added.result.length > 0 && [message.result, ...added.result],
    added.answers.length > 0 && [message.answers, ...added.answers],
  ];
  const text = parts.flatMap((lines) => (lines ? [lines.map(plain).filter(Boolean).join('\n')] : [])).join('\n\n');
  return { trial: study.id, from: Object.fromEntries(from), subject: plain(message.subject(study.id)), text };
}

/**
 * The message as a site gets it, to the letter.
 * @param {Message} message
 */
export function packed(message) {
  return JSON.stringify({ format: 'prescreen-contact/1', ...message }, null, 2);
}

/**
 * The address that opens an e-mail with this message (RFC 6068), and whether its text had to be left out.
 * @param {string} to
 * @param {Message} message
 */
export function drafted(to, { subject, text }) {
  const head = `mailto:${encodeURIComponent(to)}?subject=${encodeURIComponent(subject)}`;
  const whole = `${head}&body=${encodeURIComponent(text.replaceAll('\n', '\r\n'))}`;
  return whole.length <= LONGEST ? { href: whole, cut: false } : { href: head, cut: true };
}
