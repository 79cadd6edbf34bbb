// @ts-check
/** @import { Field } from "./field.js" */

import { make } from '../dom.js';
import { unitWords } from '../words.js';
import { absences, entry, group, option, typed } from './controls.js';
import { dateGroup, datePartsIn, ownDateParts } from './date.js';

export const main = 'value';

/** @param {import("../pkg/trial_prescreen.js").AskItem} item */
function asked({ answer }) {
  return typeof answer === 'object' && 'quantity' in answer ? answer.quantity : {};
}

/** @type {Field["build"]} */
export function build(view) {
  const { words, item, draft, errors } = view;
  const { units = [], upperLimit, dated, whole } = asked(item);
  const mode = whole ? 'numeric' : 'decimal';
  const several = units.length > 1;
  const suffix = units.length === 1 ? unitWords(words, units[0]) : '';
  const name = upperLimit || dated || several ? { label: words.number.result } : { labelledby: 'ask' };
  const ranged = ['low', 'high'].some((end) => typed(draft, end) !== '' || errors.has(end));
  return [
    entry(view, main, { ...name, suffix, mode }),
    units.length === 1 && make('input', { type: 'hidden', name: 'unit', value: units[0] }),
    several &&
      group(
        view, 'unit', { label: words.number.unit, hint: words.number.unitHint },
        make('div', { class: 'options inline' }, ...units.map((unit) => option('radio', 'unit', unit, unitWords(words, unit) || unit, draft))),
      ),
    make(
      'details',
      { open: ranged },
      make('summary', {}, words.number.range),
      make('p', { class: 'hint' }, words.number.rangeHint),
      make(
        'div', { class: 'parts' },
        entry(view, 'low', { label: words.number.from, suffix, mode }),
        entry(view, 'high', { label: words.number.to, suffix, mode }),
      ),
    ),
    upperLimit && entry(view, 'upperLimit', { label: words.number.upper, hint: words.number.upperHint, suffix }),
    dated && dateGroup(view, 'on', { label: words.number.on, hint: words.number.onHint }),
    ...absences(view),
  ];
}

/** @type {Field["read"]} */
export function read(data, item) {
  /** @type {Record<string, string>} */
  const filled = {};
  for (const name of ['value', 'low', 'high', 'unit', 'upperLimit']) {
    if (typed(data, name) !== '') filled[name] = typed(data, name);
  }
  const on = asked(item).dated && ownDateParts(data, 'on') ? datePartsIn(data, 'on') : undefined;
  return { number: { ...filled, ...(on && { on }) } };
}
