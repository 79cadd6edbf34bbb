// @ts-check
/** @import { Bench } from "./bench.js" */

import { make } from '../dom.js';
import { fresh } from './controls.js';

/** @type {{ id: string, en: string, zh: string }[] | undefined} */
let rows;

/** @param {Bench} bench */
function terms({ engine }) {
  rows ??= engine.vocabulary();
  return rows;
}

/**
 * What a subject is called.
 * @param {Bench} bench
 * @param {any} subject
 * @returns {string}
 */
export function subjectWords(bench, subject) {
  if (subject?.ratio) return subject.ratio.map((/** @type {any} */ one) => subjectWords(bench, one)).join(' / ');
  if (subject?.concept === undefined) return String(Object.values(subject ?? {})[0] ?? '');
  const row = terms(bench).find(({ id }) => id === subject.concept);
  return (bench.locale === 'en' ? row?.en : row?.zh) ?? subject.concept;
}

/**
 * A field for what something is about: a term of the vocabulary once it is typed whole, else the words as they are.
 * @param {Bench} bench
 * @param {any} body
 * @param {"subject" | "since"} key
 * @param {string} path
 */
export function subjectField(bench, body, key, path) {
  const said = bench.words.edit;
  const id = fresh();
  const told = () => ('concept' in body[key] ? said.known(body[key].concept) : said.own);
  const note = make('span', { class: 'hint', id: `${id}n`, role: 'status' }, told());
  const change = (/** @type {Event} */ { target }) => {
    const text = /** @type {HTMLInputElement} */ (target).value.trim();
    const same = (/** @type {string} */ name) => name.toLowerCase() === text.toLowerCase();
    const row = terms(bench).find((one) => same(one.id) || same(one.en) || same(one.zh));
    body[key] = row ? { concept: row.id } : { text };
    note.textContent = told();
  };
  return make(
    'div',
    { class: 'field wide' },
    make('label', { for: id }, said.subject),
    make('span', { class: 'hint', id: `${id}h` }, said.subjectHint),
    make('input', { type: 'text', id, size: 40, value: body[key]?.ratio ? '' : subjectWords(bench, body[key]), list: 'terms', autocomplete: 'off', spellcheck: 'false', 'aria-describedby': `${id}h ${id}n`, 'data-key': `${path}-subject`, oninput: change }),
    note,
  );
}

/** The terms of the vocabulary, for all fields together. @param {Bench} bench */
export function termList(bench) {
  return make('datalist', { id: 'terms' }, ...terms(bench).map(({ en, zh }) => make('option', { value: bench.locale === 'en' ? en : zh })));
}
