// @ts-check
/** @import { Field } from "./field.js" */
/** @import { Words } from "../words/en.js" */

import { dayBefore, offsets, zone } from '../clock.js';
import { button, make } from '../dom.js';
import { absences, entry, group, option, typed } from './controls.js';
import { dateGroup, datePartsIn } from './date.js';

export const main = 'date';

/** @type {Field["build"]} */
export function build(view) {
  const { words, draft, asOf, errors } = view;
  const { onset } = words;
  const place = make('p', { class: 'hint' }, placeWords(words, draft));
  const clock = (/** @type {"hour" | "minute"} */ part) =>
    entry(view, part, { label: onset[part], width: 2, mode: 'numeric', group: errors.has(part) ? undefined : 'time' });
  return [
    make(
      'div',
      { onchange: ({ currentTarget }) => place.replaceChildren(placeWords(words, formOf(currentTarget))) },
      group(
        view, 'basis', { label: onset.basis },
        make(
          'div', { class: 'options' },
          option('radio', 'basis', 'seen', onset.seen, draft, onset.seenHint),
          option('radio', 'basis', 'last-known-well', onset.lastKnownWell, draft, onset.lastKnownWellHint),
        ),
      ),
      dateGroup(
        view, main, { label: onset.date },
        make('div', { class: 'parts' }, button('secondary', filler(asOf, 0), onset.today), button('secondary', filler(asOf, 1), onset.yesterday)),
      ),
      group(view, 'time', { label: onset.time }, make('div', { class: 'parts' }, clock('hour'), clock('minute')), place),
      view.offsets.length > 1 &&
        group(
          view, 'offset', { label: onset.clockChange },
          make('div', { class: 'options' }, ...view.offsets.map((offset) => option('radio', 'offset', offset, `UTC${offset}`, draft))),
        ),
    ),
    ...absences(view),
  ];
}

/**
 * Fills in the day that lies so many days back.
 * @param {string} asOf
 * @param {number} days
 */
function filler(asOf, days) {
  return (/** @type {Event} */ { currentTarget }) => {
    const fields = /** @type {HTMLElement} */ (currentTarget).closest('fieldset');
    for (const [part, value] of Object.entries(dayBefore(asOf, days))) {
      const input = fields?.querySelector(`[name="${main}.${part}"]`);
      if (!(input instanceof HTMLInputElement)) continue;
      input.value = value;
      input.dispatchEvent(new Event('input', { bubbles: true }));
      input.dispatchEvent(new Event('change', { bubbles: true }));
    }
  };
}

/** @param {EventTarget | null} element */
function formOf(element) {
  return new FormData((element instanceof Element && element.closest('form')) || undefined);
}

/**
 * The offsets that the clock can have had at the time in the form.
 * @param {FormData} data
 */
export function offsetsIn(data) {
  const { year, month = '', day = '' } = datePartsIn(data, main);
  return offsets({ year, month, day, hour: typed(data, 'hour'), minute: typed(data, 'minute') });
}

/**
 * @param {Words} words
 * @param {FormData} data
 */
function placeWords({ onset }, data) {
  return onset.zone(zone(), `UTC${offsetsIn(data)[0]}`);
}

/** @type {Field["read"]} */
export function read(data) {
  const possible = offsetsIn(data);
  const chosen = typed(data, 'offset');
  return {
    onset: {
      ...datePartsIn(data, main),
      basis: /** @type {"seen" | "last-known-well"} */ (typed(data, 'basis')),
      hour: typed(data, 'hour'),
      minute: typed(data, 'minute'),
      offset: possible.includes(chosen) ? chosen : possible[0],
    },
  };
}
