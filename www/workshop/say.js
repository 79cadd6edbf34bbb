// @ts-check
/** @import { Expression } from "../pkg/trial_prescreen.js" */
/** @import { Bench } from "./bench.js" */

import { unitWords, words as pageWords } from '../words.js';
import { subjectWords } from './subject.js';

/**
 * An expression in words.
 * @param {Bench} bench
 * @param {Expression} expression
 * @returns {string}
 */
export function inWords(bench, expression) {
  const said = bench.words.edit;
  const [[kind, body]] = Object.entries(/** @type {Record<string, any>} */ (expression));
  const joined = (/** @type {any[]} */ parts) => parts.map((part) => inWords(bench, part)).join('; ');
  const bound = (/** @type {any} */ one, /** @type {string} */ sign) => one && `${sign}${one.inclusive === false ? '' : '='} ${amount(bench, one)}`.replace('>=', '≥').replace('<=', '≤').trim();
  const bounds = () => [bound(body.low, '>'), bound(body.high, '<')].filter(Boolean).join(', ');
  const window = () => body.window && `[${body.window.from ?? '…'}, ${body.window.to ?? '…'}] ${/** @type {Record<string, string>} */ (said.anchors)[body.window.anchor ?? 'as-of'] ?? body.window.anchor}`;
  const about = () => subjectWords(bench, body.subject ?? body.since);
  const kinds = /** @type {Record<string, string>} */ (said.kinds);
  if (kind === 'allOf' || kind === 'anyOf') return `${kinds[kind]} (${joined(body)})`;
  if (kind === 'atLeast') return `${kinds[kind]}, ${body.count} (${joined(body.of)})`;
  if (kind === 'not') return `${kinds[kind]} (${inWords(bench, body)})`;
  if (kind === 'when') return `${said.condition} (${inWords(bench, body.condition)}), ${said.then} (${inWords(bench, body.then)})`;
  if (kind === 'judgement' || kind === 'unread') return `“${body.text}”`;
  const status = body.status && /** @type {Record<string, string>} */ (said.statuses)[body.status];
  return [kind === 'elapsed' && kinds.elapsed, about(), status, bounds(), body.values?.join(' / '), window()].filter(Boolean).join(' ');
}

/**
 * A number with its unit as people see it.
 * @param {Bench} bench
 * @param {{ value: string, unit?: string }} bound
 */
export function amount({ locale }, { value, unit = '' }) {
  return `${value} ${unitWords(pageWords[locale], unit)}`.trim();
}
