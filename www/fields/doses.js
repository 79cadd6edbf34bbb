// @ts-check
/** @import { Field } from "./field.js" */

import { make } from '../dom.js';
import { entry as own } from '../words.js';
import { absences, choices, entry, message, option, typed } from './controls.js';
import { rows, rowsIn } from './rows.js';

export const main = 'doses';

const PARTS = /** @type {const} */ (['medicine', 'amount']);

/** @type {Field["build"]} */
export function build(view) {
  const { words, item, text, errors, draft } = view;
  const medicines = typeof item.answer === 'object' && 'doses' in item.answer ? item.answer.doses : [];
  return [
    message(words, errors, main),
    rows(view, main, PARTS, words.doses, (view, row) => [
      make(
        'div', { class: 'parts' },
        choices(view, `${row}.medicine`, words.doses.medicine, words.doses.choose, medicines.map((code) => [code, own(text?.options, code) ?? code])),
        entry(view, `${row}.amount`, { label: words.doses.amount }),
      ),
    ]),
    make('p', { class: 'hint' }, words.doses.amountHint),
    ...absences(view, option('radio', 'absent', 'none', words.doses.none, draft)),
  ];
}

/** @type {Field["read"]} */
export function read(data) {
  if (typed(data, 'absent') === 'none') return { doses: [] };
  return { doses: rowsIn(data, main, PARTS) };
}
