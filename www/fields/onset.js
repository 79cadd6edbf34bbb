// @ts-check
/** @import { Field } from "./field.js" */
/** @import { Locale } from "../pkg/check.js" */

import { dayBefore, offsets as offsetsOf, zone } from '../clock.js';
import { button, make } from '../dom.js';
import { offer } from '../share/words/offer.js';
import { absences, entry, group, option, typed } from './controls.js';
import { dateGroup, datePartsIn, filler } from './number.js';
import { fieldWords } from './words.js';

/** Names the offset of an answer that was given by the clock of another place, so that it is never taken for one of here. */
export const ELSEWHERE = 'elsewhere';

/** @type {Field} The clock time of a beginning, and how it is known. */
export const onset = {
  main: 'date',

  build(view) {
    const { locale, draft, asOf } = view;
    const said = fieldWords[locale].onset;
    const place = make('p', { class: 'hint' }, placeWords(locale, draft));
    const clock = (/** @type {"hour" | "minute"} */ part) => entry(view, part, { label: said[part], width: 2, mode: 'numeric', group: 'time' });
    const form = () => new FormData(place.closest('form') ?? undefined);
    const elsewhere = typed(draft, ELSEWHERE);
    const offsets = elsewhere ? offsetsIn(draft) : view.offsets;
    return [
      make(
        'div',
        { onchange: () => place.replaceChildren(placeWords(locale, form())) },
        group(
          view, 'basis', { label: said.basis },
          make(
            'div', { class: 'options', part: 'options' },
            option('radio', 'basis', 'seen', said.seen, draft, said.seenHint),
            option('radio', 'basis', 'last-known-well', said.lastKnownWell, draft, said.lastKnownWellHint),
          ),
        ),
        dateGroup(
          view, 'date', { label: fieldWords[locale].date.date },
          make('div', { class: 'parts' }, button('secondary', filler('date', dayBefore(asOf, 0)), said.today), button('secondary', filler('date', dayBefore(asOf, 1)), said.yesterday)),
        ),
        group(view, 'time', { label: said.time, hint: said.timeHint }, make('div', { class: 'parts' }, clock('hour'), clock('minute')), place),
        elsewhere && make('input', { type: 'hidden', name: ELSEWHERE, value: elsewhere }),
        offsets.length > 1 &&
          group(
            view, 'offset', { label: elsewhere ? offer[locale].elsewhere : said.clockChange },
            make('div', { class: 'options', part: 'options' }, ...offsets.map((offset) => option('radio', 'offset', offset, `UTC${offset}`, draft))),
          ),
      ),
      ...absences(view),
    ];
  },

  read(data) {
    const possible = offsetsIn(data);
    const chosen = typed(data, 'offset');
    return {
      onset: {
        ...datePartsIn(data, 'date'),
        basis: /** @type {"seen" | "last-known-well"} */ (typed(data, 'basis')),
        hour: typed(data, 'hour'),
        minute: typed(data, 'minute'),
        offset: possible.includes(chosen) ? chosen : possible[0],
      },
    };
  },
};

/**
 * The offsets that the clock can have had at the time in the form; where that was another place's, its offset first.
 * @param {FormData} data
 */
export function offsetsIn(data) {
  const { year, month = '', day = '' } = datePartsIn(data, 'date');
  const here = offsetsOf({ year, month, day, hour: typed(data, 'hour'), minute: typed(data, 'minute') });
  const elsewhere = typed(data, ELSEWHERE);
  return elsewhere && !here.includes(elsewhere) ? [elsewhere, ...here] : here;
}

/**
 * @param {Locale} locale
 * @param {FormData} data
 */
function placeWords(locale, data) {
  return fieldWords[locale].onset.zone(zone(), `UTC${offsetsIn(data)[0]}`);
}
