// @ts-check
/** @import { Subject } from "../pkg/trial_prescreen.js" */
/** @import { Desk } from "./page.js" */
/** @import { Piece } from "../dom.js" */

import { make, title } from '../dom.js';
import { keyOf } from './key.js';
import { unjudged } from './list.js';
import { nameOf } from './names.js';

/** @typedef {{ key: string, open: number, decides: number }} Lacking */

/**
 * What is missing in the records, and what finding it out would settle.
 * @param {Desk} desk
 * @returns {Piece[]}
 */
export function gaps(desk) {
  const said = desk.words.missing;
  const { missing } = /** @type {{ missing?: { lacks: Lacking[], people: number } }} */ (desk.got);
  const heading = title(1, said.heading);
  if (!missing) return [heading, ...unjudged(desk)];
  const { lacks, people } = missing;
  if (lacks.length === 0) return [heading, make('p', {}, said.none)];
  const [most] = lacks;
  return [
    heading,
    make('p', {}, said.lead(people)),
    most.decides > 0 && make('p', { class: 'lead' }, said.most(nameOf(desk, most.key), share(most.open, people), most.decides)),
    make('div', { class: 'scroll', tabindex: 0, role: 'region', 'aria-label': said.heading },
      make('table', { class: 'heat' },
        make('thead', {}, make('tr', {}, ...Object.values(said.columns).map((label) => make('th', { scope: 'col' }, label)))),
        make('tbody', {}, ...lacks.map(({ key, open, decides }) =>
          make('tr', {},
            make('th', { scope: 'row' }, nameOf(desk, key)),
            make('td', { class: 'number' }, String(open)),
            make('td', { class: `number heat-${heat(open, people)}` }, `${share(open, people)} %`),
            make('td', { class: `number heat-${heat(decides, people)}` }, String(decides)),
            make('td', {}, askedBy(desk, key).join(', '))))))),
  ];
}

/** @param {number} part @param {number} all */
function share(part, all) {
  return Math.round((100 * part) / all);
}

/** How much it is, in five steps. @param {number} part @param {number} all */
function heat(part, all) {
  return part === 0 ? 0 : Math.min(Math.ceil((4 * part) / all), 4);
}

/** The criteria that ask about it, by the protocol's own numbers. @param {Desk} desk @param {string} key */
function askedBy({ study }, key) {
  const criteria = /** @type {{ id: string, source: { item: string }, expression?: unknown }[] | undefined} */ (study?.eligibility.criteria)?.filter(({ id, expression }) => key === `judgement:${id}` || key === `unread:${id}` || mentions(expression, key)) ?? [];
  return criteria.map(({ id, source }) => source.item || id);
}

/** @param {unknown} part of a criterion's expression @param {string} key @returns {boolean} */
function mentions(part, key) {
  if (typeof part !== 'object' || part === null) return false;
  return Object.entries(part).some(([name, value]) => ((name === 'subject' || name === 'since') && keyOf(/** @type {Subject} */ (value)) === key) || mentions(value, key));
}
