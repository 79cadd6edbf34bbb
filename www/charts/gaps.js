// @ts-check
/** @import { Missing } from "./missing.js" */
/** @import { Desk } from "./page.js" */
/** @import { Piece } from "../dom.js" */

import { make, title } from '../dom.js';
import { entry, inLanguage } from '../words.js';

/**
 * What is missing in the records, and what finding it out would settle.
 * @param {Desk} desk
 * @returns {Piece[]}
 */
export function gaps(desk) {
  const said = desk.words.missing;
  const { missing = [], open = 0 } = /** @type {{ missing?: Missing[], open?: number }} */ (desk.got);
  if (open === 0) return [title(1, said.heading), make('p', {}, said.none)];
  const items = new Map(desk.study?.eligibility.criteria.map(({ id, source }) => [id, source.item || id]));
  return [
    title(1, said.heading),
    make('p', {}, said.lead(open)),
    make('div', { class: 'scroll', tabindex: 0, role: 'region', 'aria-label': said.heading },
      make('table', {},
        make('thead', {}, make('tr', {}, ...Object.values(said.columns).map((label) => make('th', { scope: 'col' }, label)))),
        make('tbody', {}, ...missing.map((one) =>
          make('tr', {},
            make('th', { scope: 'row' }, nameOf(desk, one)),
            make('td', { class: 'number' }, String(one.people)),
            make('td', {}, share(one.people / open), `${Math.round((100 * one.people) / open)} %`),
            make('td', { class: 'number' }, String(one.alone)),
            make('td', {}, Object.entries(one.kinds).map(([kind, count]) => `${entry(said.kinds, kind) ?? kind} (${count})`).join(', ')),
            make('td', {}, one.criteria.map((id) => items.get(id) ?? id).join(', '))))))),
  ];
}

/** @param {number} part */
function share(part) {
  const bar = make('span', { class: 'bar-of', 'aria-hidden': 'true' });
  bar.style.inlineSize = `${Math.round(part * 60)}px`;
  return bar;
}

/** What a question is called. @param {Desk} desk @param {Missing} missing */
function nameOf({ study, locale }, { key, criteria }) {
  const { questions = {} } = /** @type {{ questions?: Record<string, { text?: Record<string, { short?: string }> }> }} */ (study);
  const short = Object.hasOwn(questions, key) ? inLanguage(questions[key].text, locale)?.short : undefined;
  if (short) return short;
  const criterion = study?.eligibility.criteria.find(({ id }) => id === criteria[0]);
  return inLanguage(criterion?.text, locale)?.short || key;
}
