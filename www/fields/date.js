// @ts-check
/** @import { DateParts } from "../pkg/trial_prescreen.js" */
/** @import { Field, FieldView } from "./field.js" */
/** @import { Piece } from "../dom.js" */

import { make } from '../dom.js';
import { absences, entry, group, typed } from './controls.js';

export const main = 'date';

/** The parts in the order in which the language says them. */
const ORDER = /** @type {const} */ ({ en: ['day', 'month', 'year'], 'zh-CN': ['year', 'month', 'day'] });

/**
 * Three fields for a date.
 * @param {FieldView} view
 * @param {string} path
 * @param {{ label: string, hint?: string }} looks
 * @param {...Piece} more
 */
export function dateGroup(view, path, looks, ...more) {
  return group(view, path, looks, dateParts(view, path), ...more);
}

/**
 * @param {FieldView} view
 * @param {string} path
 */
function dateParts(view, path) {
  const { words, locale } = view;
  return make(
    'div',
    { class: 'parts' },
    ...ORDER[locale].map((part) =>
      entry(view, `${path}.${part}`, { label: words.date[part], width: part === 'year' ? 4 : 2, mode: 'numeric', group: path }),
    ),
  );
}

/** @type {Field["build"]} */
export function build(view) {
  return [dateGroup(view, main, { label: view.words.onset.date, hint: view.words.date.hint }), ...absences(view)];
}

/**
 * @param {FormData} data
 * @param {string} path
 * @returns {DateParts}
 */
export function datePartsIn(data, path) {
  const [year, month, day] = ['year', 'month', 'day'].map((part) => typed(data, `${path}.${part}`));
  return { year, ...(month && { month }), ...(day && { day }) };
}

/**
 * Whether any part of the date is filled in.
 * @param {FormData} data
 * @param {string} path
 */
export function ownDateParts(data, path) {
  return ['year', 'month', 'day'].some((part) => typed(data, `${path}.${part}`) !== '');
}

/** @type {Field["read"]} */
export function read(data) {
  return { date: datePartsIn(data, main) };
}
