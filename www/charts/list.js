// @ts-check
/** @import { Row } from "./clerk.js" */
/** @import { Desk } from "./page.js" */
/** @import { Piece } from "../dom.js" */

import { make, title } from '../dom.js';
import { save } from '../save.js';
import { field, press, select } from '../workshop/controls.js';
import { csv } from './csv.js';

/** @typedef {"number" | "key" | "age" | "sex" | "proposed" | "deciding" | "open" | "doubts" | "from" | "confirmed"} Column */

const PAGE = 50;
const ORDER = { eligible: 0, undetermined: 1, ineligible: 2 };

/** How the list is looked at. */
export function theList() {
  return { page: 0, sort: /** @type {Column} */ ('number'), down: false, show: '', criterion: '', search: '' };
}

/**
 * Everyone, a page at a time.
 * @param {Desk} desk
 * @returns {Piece[]}
 */
export function list(desk) {
  const { words, rows } = desk;
  const said = words.list;
  const { list } = desk;
  const chosen = sorted(rows.filter((row) => wanted(row, list)), list);
  const pages = Math.max(Math.ceil(chosen.length / PAGE), 1);
  list.page = Math.min(list.page, pages - 1);
  const from = list.page * PAGE;
  const page = chosen.slice(from, from + PAGE);
  const count = (/** @type {string} */ determination) => rows.filter(({ proposed }) => proposed === determination).length;
  const criteria = [...new Set(rows.flatMap(({ deciding }) => deciding))].sort((a, b) => a.localeCompare(b, 'en', { numeric: true }));
  const turn = (/** @type {number} */ by) => {
    list.page += by;
    desk.render('table');
  };
  const change = (/** @type {Partial<typeof list>} */ changed, /** @type {string} */ focus) => {
    Object.assign(list, changed, { page: 0 });
    desk.render(focus);
  };
  return [
    title(1, said.heading(desk.study?.id ?? '')),
    make('p', {}, said.lead),
    make('p', {}, said.counts(count('eligible'), count('undetermined'), count('ineligible'))),
    make('div', { class: 'filters' },
      select(said.filter, list.show, [['', said.all], ...Object.entries(said.determinations)], (show) => change({ show }, 'show'), { 'data-key': 'show' }),
      select(said.criterion, list.criterion, [['', said.any], ...criteria.map((item) => /** @type {[string, string]} */ ([item, item]))], (criterion) => change({ criterion }, 'criterion'), { 'data-key': 'criterion' }),
      field(said.search, list.search, (search) => { list.search = search; }, { 'data-key': 'search', inputmode: 'search', onchange: () => change({}, 'search') })),
    make('div', { class: 'scroll', tabindex: 0, role: 'region', 'aria-label': said.heading(desk.study?.id ?? ''), 'data-key': 'table' },
      make('table', {},
        make('caption', {}, said.caption(chosen.length === 0 ? 0 : from + 1, Math.min(from + PAGE, chosen.length), chosen.length)),
        make('thead', {}, make('tr', {}, ...Object.entries(said.columns).map(([column, label]) => head(desk, /** @type {Column} */ (column), label)))),
        make('tbody', {}, ...page.map((row) => line(desk, row))))),
    make('p', { class: 'actions' },
      press('secondary', () => turn(-1), said.previous, { disabled: list.page === 0, 'data-key': 'previous' }),
      press('secondary', () => turn(1), said.next, { disabled: list.page >= pages - 1, 'data-key': 'next' }),
      press('secondary', () => save(`${desk.study?.id ?? 'list'}-list.csv`, 'text/csv', table(desk, chosen)), said.csv, { 'data-key': 'csv' })),
  ];
}

/** @param {Desk} desk @param {Column} column @param {string} label */
function head(desk, column, label) {
  const { list } = desk;
  const said = desk.words.list;
  const own = list.sort === column;
  const sort = () => {
    Object.assign(list, { sort: column, down: own && !list.down, page: 0 });
    desk.render(`sort-${column}`);
  };
  return make('th', { scope: 'col', 'aria-sort': own ? (list.down ? 'descending' : 'ascending') : 'none' },
    press('sort', sort, label, { title: said.sort(label), 'data-key': `sort-${column}` }));
}

/** @param {Desk} desk @param {Row} row */
function line(desk, row) {
  const said = desk.words.list;
  return make('tr', {},
    make('th', { scope: 'row' }, press('link', () => void desk.go('chart', row.number), String(row.number), { 'aria-label': said.open(row.number), 'data-key': `row-${row.number}` })),
    make('td', {}, make('bdi', {}, row.key || row.file)),
    make('td', { class: 'number' }, ageOf(desk, row)),
    make('td', {}, sexOf(desk, row)),
    make('td', { class: row.proposed }, said.determinations[row.proposed], row.overridden && ` (${said.overridden})`),
    make('td', {}, row.proposed === 'ineligible' ? row.deciding.join(', ') : ''),
    make('td', { class: 'number' }, String(row.open)),
    make('td', { class: 'number' }, row.doubts > 0 ? String(row.doubts) : ''),
    make('td', {}, row.from.slice(0, 10)),
    make('td', { class: row.confirmed }, said.determinations[row.confirmed]),
  );
}

/** @param {Desk} desk @param {Row} row */
function ageOf({ words }, { age }) {
  return age === undefined ? '' : age >= 90 ? words.list.ninety : String(age);
}

/** @param {Desk} desk @param {Row} row */
function sexOf({ words }, { sex = '' }) {
  return words.list.sexes[/** @type {"female" | "male"} */ (sex)] ?? '';
}

/** @param {Row} row @param {ReturnType<typeof theList>} list */
function wanted(row, { show, criterion, search }) {
  const text = search.trim().toLowerCase();
  return (!show || row.proposed === show) && (!criterion || row.deciding.includes(criterion)) &&
    (!text || String(row.number) === text || row.key.toLowerCase().includes(text) || row.file.toLowerCase().includes(text));
}

/** @param {Row[]} rows @param {ReturnType<typeof theList>} list */
function sorted(rows, { sort, down }) {
  const value = (/** @type {Row} */ row) => {
    const own = row[sort];
    if (sort === 'proposed' || sort === 'confirmed') return ORDER[row[sort]];
    // who has none comes last
    if (sort === 'from') return row.from || '9999';
    return Array.isArray(own) ? own.join(' ') : (own ?? -1);
  };
  const turn = down ? -1 : 1;
  return rows.toSorted((a, b) => {
    const [x, y] = [value(a), value(b)];
    const order = typeof x === 'number' && typeof y === 'number' ? x - y : String(x).localeCompare(String(y), 'en', { numeric: true });
    return order * turn || a.number - b.number;
  });
}

/** The list as it is shown, without names. @param {Desk} desk @param {Row[]} rows */
function table(desk, rows) {
  const { columns, determinations } = desk.words.list;
  const cells = rows.map((row) => [
    String(row.number), row.key, ageOf(desk, row), sexOf(desk, row), determinations[row.proposed], row.deciding.join(' '), String(row.open), String(row.doubts), row.from, determinations[row.confirmed],
  ]);
  return csv([Object.values(columns), ...cells]);
}
