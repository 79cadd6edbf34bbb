// @ts-check
/** @import { Determination } from "../pkg/trial_prescreen.js" */
/** @import { Desk } from "./page.js" */
/** @import { Piece } from "../dom.js" */

import { make, title } from '../dom.js';
import { inLanguage } from '../words.js';
import { press } from '../workshop/controls.js';
import { toChart, unjudged } from './list.js';
import { PAGE } from './rows.js';

/** @typedef {{ trials: { id: string, title: Record<string, string> }[], rows: { number: number, key: string, label: string, file: string, determinations: Determination[] }[], people: number, unjudged: string[] }} Across */

/** Which page of it is looked at. */
let page = 0;

/** What the screen shows. @param {Desk} desk */
export async function lookAcross(desk) {
  const across = await desk.long('across', { page, size: PAGE });
  if (page === 0 || !across || across.rows.length > 0) return across;
  page = 0;
  return desk.long('across', { page, size: PAGE });
}

/**
 * Everyone against every trial that is open.
 * @param {Desk} desk
 * @returns {Piece[]}
 */
export function across(desk) {
  const { words, locale } = desk;
  const { determinations, columns, caption, previous, next } = words.list;
  const found = /** @type {Across | undefined} */ (desk.got.across);
  const heading = title(1, words.across.heading);
  if (!found) return [heading, ...unjudged(desk)];
  const { trials, rows, people, unjudged: away } = found;
  const turn = async (/** @type {number} */ by) => {
    page += by;
    desk.got = { across: await lookAcross(desk) };
    desk.render('across');
  };
  return [
    heading,
    make('p', {}, words.across.lead),
    away.length > 0 && make('p', { class: 'summary' }, words.versions.left(away.join(words.versions.comma))),
    make('div', { class: 'scroll', tabindex: 0, role: 'region', 'aria-label': words.across.heading, 'data-key': 'across' },
      make('table', {},
        make('caption', {}, caption(page * PAGE + 1, page * PAGE + rows.length, people)),
        make('thead', {}, make('tr', {}, make('th', { scope: 'col' }, columns.number), make('th', { scope: 'col' }, columns.key),
          ...trials.map(({ id, title }) => make('th', { scope: 'col' }, make('abbr', { title: inLanguage(title, locale) ?? id }, id))))),
        make('tbody', {}, ...rows.map((row) =>
          make('tr', {},
            make('th', { scope: 'row' }, toChart(desk, row.number)),
            make('td', {}, make('bdi', {}, row.label || row.key || row.file)),
            ...row.determinations.map((determination) => make('td', { class: determination }, determinations[determination]))))))),
    make('p', { class: 'actions' },
      press('secondary', () => void turn(-1), previous, { disabled: page === 0, 'data-key': 'previous' }),
      press('secondary', () => void turn(1), next, { disabled: (page + 1) * PAGE >= people, 'data-key': 'next' })),
  ];
}
