// @ts-check
/** @import { Asked } from "./ledger.js" */
/** @import { Column, Look, Page, Row } from "./rows.js" */
/** @import { Desk } from "./page.js" */
/** @import { Piece } from "../dom.js" */

import { make, title } from '../dom.js';
import { save } from '../save.js';
import { field, press, select } from '../workshop/controls.js';
import { applied } from './applied.js';
import { nameOf } from './names.js';
import { queries } from './queries.js';

/** So many things that are missing are named. */
const FIRST = 3;

/** How the list is looked at before anybody chose. @returns {Look} */
export function theList() {
  return { page: 0, sort: 'number', down: false, show: '', criterion: '', search: '' };
}

/**
 * Everyone, a page at a time.
 * @param {Desk} desk
 * @returns {Piece[]}
 */
export function list(desk) {
  const { words, list } = desk;
  const said = words.list;
  const shown = /** @type {Page & { asked: Asked[] } | undefined} */ (desk.got.page);
  const heading = title(1, said.heading(desk.study?.id ?? ''));
  if (!shown) return [heading, ...unjudged(desk)];
  const { rows, from, found, page, pages, people, counts, criteria, dated, asked } = shown;
  const change = (/** @type {Partial<Look>} */ changed, /** @type {string} */ focus) => {
    Object.assign(list, { page: 0 }, changed);
    void desk.turn(focus);
  };
  const csv = async () => {
    const { columns, determinations, sexes, ninety } = said;
    const version = desk.force ? words.versions.called(desk.force.version) : '';
    const text = await desk.send('csv', { look: list, words: { columns: [...Object.values(columns), words.versions.column], determinations, sexes, ninety, version } });
    if (text !== undefined) save(`${desk.study?.id ?? 'list'}-list.csv`, 'text/csv', text);
  };
  return [
    heading,
    make('p', {}, said.lead),
    applied(desk),
    make('p', {}, said.counts(counts.eligible, counts.undetermined, counts.ineligible)),
    make('p', { class: 'small', 'data-key': 'dated' }, dated < people ? said.dating(dated, people) : said.near),
    make('div', { class: 'filters' },
      select(said.filter, list.show, [['', said.all], ...Object.entries(said.determinations), ...Object.entries(said.shows)], (show) => change({ show: /** @type {Look["show"]} */ (show) }, 'show'), { 'data-key': 'show' }),
      select(said.criterion, list.criterion, [['', said.any], ...criteria.map((item) => /** @type {[string, string]} */ ([item, item]))], (criterion) => change({ criterion }, 'criterion'), { 'data-key': 'criterion' }),
      field(said.search, list.search, (search) => { list.search = search; }, { 'data-key': 'search', inputmode: 'search', onchange: () => change({}, 'search') })),
    make('div', { class: 'scroll', tabindex: 0, role: 'region', 'aria-label': said.heading(desk.study?.id ?? ''), 'data-key': 'table' },
      make('table', { 'aria-rowcount': found + 1 },
        make('caption', {}, said.caption(found === 0 ? 0 : from + 1, from + rows.length, found)),
        make('thead', {}, make('tr', { 'aria-rowindex': 1 }, ...Object.entries(said.columns).map(([column, label]) => head(desk, /** @type {Column} */ (column), label, change)))),
        make('tbody', {}, ...rows.map((row, at) => line(desk, row, from + at + 2))))),
    make('p', { class: 'actions' },
      press('secondary', () => change({ page: page - 1 }, 'table'), said.previous, { disabled: page === 0, 'data-key': 'previous' }),
      press('secondary', () => change({ page: page + 1 }, 'table'), said.next, { disabled: page >= pages - 1, 'data-key': 'next' }),
      press('secondary', () => void csv(), said.csv, { 'data-key': 'csv' })),
    queries(desk, asked),
  ];
}

/** What stands where nobody was evaluated, or not to the end. @param {Desk} desk @returns {Piece[]} */
export function unjudged(desk) {
  const said = desk.words.list;
  if (desk.waiting) return [];
  return [
    make('p', {}, said.unjudged),
    make('p', { class: 'actions' }, press('primary', () => void desk.judge().then(() => desk.go(desk.place)), said.judge, { 'data-key': 'judge' })),
  ];
}

/**
 * @param {Desk} desk
 * @param {Column} column
 * @param {string} label
 * @param {(changed: Partial<Look>, focus: string) => void} change
 */
function head(desk, column, label, change) {
  const { list } = desk;
  const own = list.sort === column;
  return make('th', { scope: 'col', 'aria-sort': own ? (list.down ? 'descending' : 'ascending') : 'none' },
    press('sort', () => change({ sort: column, down: own && !list.down }, `sort-${column}`), label, { title: desk.words.list.sort(label), 'data-key': `sort-${column}` }));
}

/** @param {Desk} desk @param {Row} row @param {number} index */
function line(desk, row, index) {
  const said = desk.words.list;
  return make('tr', { 'aria-rowindex': index },
    make('th', { scope: 'row' }, toChart(desk, row.number)),
    make('td', {}, make('bdi', {}, row.label || row.key || row.file)),
    make('td', { class: 'number' }, row.age === undefined ? '' : row.age >= 90 ? said.ninety : String(row.age)),
    make('td', {}, said.sexes[/** @type {"female" | "male"} */ (row.sex)] ?? ''),
    make('td', { class: row.proposed }, said.determinations[row.proposed], row.overridden && ` (${said.overridden})`),
    make('td', {}, row.deciding.join(', ')),
    make('td', {}, String(row.open), row.missing.length > 0 && make('span', { class: 'small' }, ` ${said.first(row.missing.slice(0, FIRST).map((key) => nameOf(desk, key)))}`)),
    make('td', { class: 'number' }, row.doubts > 0 ? String(row.doubts) : ''),
    make('td', { class: 'day' }, row.again.slice(0, 10)),
    make('td', { class: 'day' }, row.until.slice(0, 10)),
    make('td', {}, row.near && said.miss(row.near.item, `${row.near.distance.replace('-', '')} ${row.near.unit}`.trim())),
    make('td', { class: row.confirmed }, said.determinations[row.confirmed]),
  );
}

/** A number that opens the person. @param {Desk} desk @param {number} number */
export function toChart(desk, number) {
  return press('link', () => void desk.go('chart', number), String(number), { 'aria-label': desk.words.list.open(number), 'data-key': `row-${number}` });
}
