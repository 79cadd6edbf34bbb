// @ts-check
/** @import { Field } from "./field.js" */

import { make } from '../dom.js';
import { absences, choices, entry, message, option, typed } from './controls.js';
import { rows, rowsIn } from './rows.js';

export const main = 'drinks';

const PARTS = /** @type {const} */ (['kind', 'volume', 'strength', 'count', 'per']);

/** What one of each usually holds, in mL and percent, filled in to be changed. */
const USUAL = /** @type {const} */ ({ beer: [500, 5], wine: [150, 12], spirits: [50, 40], baijiu: [50, 52], other: ['', ''] });

/** @type {Field["build"]} */
export function build(view) {
  const { words, errors, draft } = view;
  const { drinks } = words;
  const kinds = /** @type {(keyof typeof USUAL)[]} */ (Object.keys(USUAL));
  return [
    message(words, errors, main),
    make(
      'div', { onchange: fill },
      rows(view, main, PARTS, drinks, (view, row) => [
        choices(view, `${row}.kind`, drinks.kind, drinks.choose, kinds.map((kind) => [kind, drinks[kind]])),
        make(
          'div', { class: 'parts' },
          entry(view, `${row}.volume`, { label: drinks.volume, width: 5 }),
          entry(view, `${row}.strength`, { label: drinks.strength, width: 4 }),
        ),
        make(
          'div', { class: 'parts' },
          entry(view, `${row}.count`, { label: drinks.count, width: 4 }),
          choices(view, `${row}.per`, drinks.per, drinks.choosePer, [['day', drinks.day], ['week', drinks.week], ['month', drinks.month]]),
        ),
      ]),
    ),
    ...absences(view, option('radio', 'absent', 'none', drinks.none, draft)),
  ];
}

/**
 * Fills in what a drink of the chosen kind usually holds.
 * @param {Event} event
 */
function fill({ target }) {
  if (!(target instanceof HTMLSelectElement && target.name.endsWith('.kind') && target.value in USUAL)) return;
  const [volume, strength] = USUAL[/** @type {keyof typeof USUAL} */ (target.value)];
  const row = target.closest('fieldset');
  for (const [part, usual] of [['volume', volume], ['strength', strength]]) {
    const input = row?.querySelector(`[name$=".${part}"]`);
    if (input instanceof HTMLInputElement) input.value = String(usual);
  }
}

/** @type {Field["read"]} */
export function read(data) {
  if (typed(data, 'absent') === 'none') return { drinks: [] };
  const drinks = rowsIn(data, main, PARTS).map(({ kind, per, ...drink }) => ({ ...drink, per: /** @type {"day" | "week" | "month"} */ (per) }));
  return { drinks };
}
