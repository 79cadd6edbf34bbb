// @ts-check
/** @import { Determination } from "../pkg/trial_prescreen.js" */
/** @import { Desk } from "./page.js" */
/** @import { Piece } from "../dom.js" */

import { make, title } from '../dom.js';
import { inLanguage } from '../words.js';
import { press } from '../workshop/controls.js';

/** So many people are shown. */
const MOST = 500;

/**
 * Everyone against every trial that is open.
 * @param {Desk} desk
 * @returns {Piece[]}
 */
export function across(desk) {
  const { words, locale } = desk;
  const { determinations, columns, open } = words.list;
  const { trials = [], rows = [] } = /** @type {{ trials?: { id: string, title: Record<string, string> }[], rows?: { number: number, key: string, file: string, determinations: Determination[] }[] }} */ (desk.got);
  return [
    title(1, words.across.heading),
    make('p', {}, words.across.lead),
    make('div', { class: 'scroll', tabindex: 0, role: 'region', 'aria-label': words.across.heading },
      make('table', {},
        make('caption', {}, words.list.caption(1, Math.min(rows.length, MOST), rows.length)),
        make('thead', {}, make('tr', {}, make('th', { scope: 'col' }, columns.number), make('th', { scope: 'col' }, columns.key),
          ...trials.map(({ id, title }) => make('th', { scope: 'col' }, make('abbr', { title: inLanguage(title, locale) ?? id }, id))))),
        make('tbody', {}, ...rows.slice(0, MOST).map((row) =>
          make('tr', {},
            make('th', { scope: 'row' }, press('link', () => void desk.go('chart', row.number), String(row.number), { 'aria-label': open(row.number) })),
            make('td', {}, make('bdi', {}, row.key || row.file)),
            ...row.determinations.map((determination) => make('td', { class: determination }, determinations[determination]))))))),
  ];
}
