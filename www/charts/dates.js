// @ts-check
/** @import { Line } from "./calendar.js" */
/** @import { Desk } from "./page.js" */
/** @import { Piece } from "../dom.js" */

import { make, title } from '../dom.js';
import { select } from '../workshop/controls.js';
import { toChart, unjudged } from './list.js';

/** So many people are named on a line. */
const NAMED = 20;
/** So many days are looked at. */
let days = '90';

/** What the screen shows. @param {Desk} desk */
export function lookAtDates(desk) {
  return desk.send('calendar', { days: Number(days) });
}

/**
 * Who becomes possible again and when, who no longer, and of whom something gets out of date.
 * @param {Desk} desk
 * @returns {Piece[]}
 */
export function dates(desk) {
  const said = desk.words.dates;
  const found = /** @type {{ lines: Line[], dated: number, people: number } | undefined} */ (desk.got.calendar);
  if (!found) return [title(1, said.heading), ...unjudged(desk)];
  const { lines, dated, people } = found;
  const choose = async (/** @type {string} */ chosen) => {
    days = chosen;
    desk.got = { calendar: await lookAtDates(desk) };
    desk.render('days');
  };
  return [
    title(1, said.heading),
    make('p', {}, said.lead),
    dated < people && make('p', { class: 'small', 'data-key': 'dated' }, desk.words.list.dating(dated, people)),
    make('div', { class: 'filters' }, select(said.within, days, [...['7', '30', '90', '365'].map((one) => /** @type {[string, string]} */ ([one, said.days(Number(one))])), ['0', said.all]], (chosen) => void choose(chosen), { 'data-key': 'days' })),
    lines.length === 0 ? make('p', {}, said.none) : make('div', { class: 'scroll', tabindex: 0, role: 'region', 'aria-label': said.heading },
      make('table', {},
        make('thead', {}, make('tr', {}, ...Object.values(said.columns).map((label) => make('th', { scope: 'col' }, label)))),
        make('tbody', {}, ...lines.map(({ day, turn, numbers }) =>
          make('tr', {},
            make('th', { scope: 'row', class: 'day' }, day),
            make('td', {}, said.turns[turn]),
            make('td', { class: 'number' }, String(numbers.length)),
            make('td', {}, ...numbers.slice(0, NAMED).flatMap((number) => [toChart(desk, number), ' ']), numbers.length > NAMED && said.more(numbers.length - NAMED))))))),
  ];
}
