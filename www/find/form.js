// @ts-check
/** @import { Locale } from "../pkg/check.js" */
/** @import { Listed, Wanted } from "./list.js" */
/** @import { FindWords } from "./words/en.js" */

import { make } from '../dom.js';
import { plain, terms } from '../terms/terms.js';
import { inLanguage } from '../words.js';
import { choices, named } from './list.js';

/**
 * What can be looked for. It changes the list below while one types; nothing is sent.
 * @param {Listed[]} trials
 * @param {Wanted} wanted
 * @param {FindWords} words
 * @param {Locale} locale
 * @param {(data: FormData) => void} change
 * @param {() => void} clear
 */
export function form(trials, wanted, words, locale, change, clear) {
  const said = terms[locale];
  const localized = (/** @type {Record<string, string>[]} */ all) => all.map((text) => /** @type {[string, string]} */ ([named(text), inLanguage(text, locale) ?? '']));
  const coded = (/** @type {string[]} */ codes, /** @type {Record<string, string>} */ table) => codes.map((code) => /** @type {[string, string]} */ ([code, plain(table, code)]));
  /** @param {Event} event */
  const changed = ({ currentTarget }) => {
    const data = new FormData(/** @type {HTMLFormElement} */ (currentTarget));
    wrong.hidden = ageIn(data) !== null;
    change(data);
  };
  const wrong = make('p', { class: 'error', id: 'age-wrong', role: 'status', hidden: true }, words.ageWrong);
  return make(
    'form',
    { role: 'search', autocomplete: 'off', novalidate: true, 'aria-label': words.search, oninput: changed, onsubmit: (event) => event.preventDefault() },
    make('div', { class: 'entry wide' },
      make('label', { for: 'words' }, words.search), make('p', { class: 'hint', id: 'words-hint' }, words.searchHint),
      make('input', { type: 'text', id: 'words', name: 'words', inputmode: 'search', maxlength: 200, 'aria-describedby': 'words-hint', value: wanted.words })),
    make('fieldset', {}, make('legend', {}, words.filters),
      choice('condition', words.condition, words.any, wanted.condition, choices(trials, ({ conditions = [] }) => localized(conditions), locale)),
      choice('status', words.status, words.any, wanted.status, choices(trials, ({ status }) => coded(status ? [status] : [], said.statuses), locale)),
      choice('phase', words.phase, words.any, wanted.phase, choices(trials, ({ phases = [] }) => coded(phases, said.phases), locale)),
      choice('country', words.country, words.any, wanted.country, choices(trials, ({ countries }) => localized(countries), locale)),
      make('div', { class: 'entry' },
        make('label', { for: 'age' }, words.age), make('p', { class: 'hint', id: 'age-hint' }, words.ageHint),
        make('input', { type: 'text', id: 'age', name: 'age', size: 4, inputmode: 'numeric', maxlength: 3, 'aria-describedby': 'age-hint age-wrong', value: wanted.age ?? '' }), wrong)),
    make('button', { type: 'button', class: 'secondary', onclick: clear }, words.clear),
  );
}

/**
 * @param {string} name
 * @param {string} label
 * @param {string} any
 * @param {string} wanted
 * @param {[string, string][]} values
 */
function choice(name, label, any, wanted, values) {
  return make('div', { class: 'entry' }, make('label', { for: name }, label),
    make('select', { id: name, name }, make('option', { value: '' }, any),
      ...values.map(([value, text]) => make('option', { value, selected: value === wanted }, text))));
}

/** @param {FormData} data @returns {Wanted} */
export function wantedIn(data) {
  const said = (/** @type {string} */ name) => String(data.get(name) ?? '');
  return { words: said('words'), condition: said('condition'), phase: said('phase'), status: said('status'), country: said('country'), age: ageIn(data) ?? undefined };
}

/** The age in years, `undefined` where the field is empty, `null` where it says no age. @param {FormData} data */
function ageIn(data) {
  const text = String(data.get('age') ?? '').normalize('NFKC').trim();
  if (text === '') return undefined;
  return /^\d{1,3}$/.test(text) ? Number(text) : null;
}
