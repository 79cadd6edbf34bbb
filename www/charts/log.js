// @ts-check
/** @import { Channel, Diagnostic, LogLayout, LogRow, LogState, OtherReason } from "../pkg/trial_prescreen.js" */
/** @import { BookView } from "./book.js" */
/** @import { Desk } from "./page.js" */
/** @import { Piece } from "../dom.js" */

import { zone } from '../clock.js';
import { make, title } from '../dom.js';
import { save } from '../save.js';
import { field, press, select } from '../workshop/controls.js';
import { file, findings } from './records.js';

/** What stands in the forms. */
const entered = { protocol: '', site: '', investigator: '', zone: zone(), who: '', role: '', channel: /** @type {Channel} */ ('chart'), layout: /** @type {LogLayout} */ ('site') };
/** The row whose state is being set. */
let setting = { number: 0, state: /** @type {LogState} */ ('possible'), other: '', words: '' };

/**
 * The log: begun or opened here, written line by line, saved as a file.
 * @param {Desk} desk
 * @returns {Piece[]}
 */
export function log(desk) {
  const said = desk.words.log;
  const { book, problems = [] } = /** @type {{ book?: BookView, problems?: Diagnostic[] }} */ (desk.got);
  return [
    title(1, said.heading),
    make('p', {}, said.lead),
    problems.length > 0 && make('section', { class: 'summary', tabindex: -1, 'data-key': 'refused' }, make('h2', {}, said.refused), findings(desk.words, problems)),
    ...(book ? written(desk, book) : beginning(desk)),
  ];
}

/** @param {Desk} desk @param {{ diagnostics: Diagnostic[], book?: BookView }} done @param {string} focus */
function show(desk, { diagnostics, book }, focus) {
  desk.got = { book, problems: diagnostics };
  desk.render(diagnostics.length > 0 ? 'refused' : focus);
}

/** @param {Desk} desk @returns {Piece[]} */
function beginning(desk) {
  const said = desk.words.log;
  const text = (/** @type {"protocol" | "site" | "investigator" | "zone" | "who" | "role"} */ name) =>
    field(said[name], entered[name], (value) => { entered[name] = value; }, { 'data-key': name });
  const by = () => ({ who: entered.who, role: entered.role });
  const begin = async () => {
    const { protocol, site, investigator, zone } = entered;
    show(desk, await desk.send('begin', { header: { protocol, site, investigator, zone }, by: by() }), 'title');
  };
  return [
    make('div', { class: 'panes' },
      make('section', {}, make('h2', {}, said.begin),
        ...[text('who'), text('role'), text('protocol'), text('site'), text('investigator'), text('zone')].map((one) => make('div', {}, one)),
        make('p', { class: 'actions' }, press('primary', () => void begin(), said.start, { 'data-key': 'begin' }))),
      make('section', {}, make('h2', {}, said.open),
        file(said.open, 'log-file', false, async ([chosen]) => show(desk, await desk.send('begin', { bytes: new Uint8Array(await chosen.arrayBuffer()), by: by() }), 'title')))),
  ];
}

/** @param {Desk} desk @param {BookView} book @returns {Piece[]} */
function written(desk, { header, rows, reminders, lines, head, problems }) {
  const said = desk.words.log;
  const copy = async (/** @type {LogLayout | undefined} */ layout) => {
    const text = await desk.send('copy', { layout });
    if (text === undefined) return;
    const json = layout === 'rows' || layout?.startsWith('fhir');
    const name = `${header.protocol}-${header.site}-${layout ?? 'log'}.${layout ? (json ? 'json' : 'csv') : 'jsonl'}`.replace(/[^\p{L}\p{N}.-]+/gu, '-');
    save(name, json || !layout ? 'application/json' : 'text/csv', text);
    await desk.go('log');
  };
  return [
    make('h2', {}, said.of(header.protocol, header.site)),
    make('p', { class: 'small' }, said.lines(lines, head)),
    problems.length > 0 ? make('section', { class: 'summary' }, make('h3', {}, said.problems), findings(desk.words, problems)) : make('p', { class: 'small' }, said.intact),
    make('div', { class: 'filters' },
      select(said.channel, entered.channel, Object.entries(said.channels), (channel) => { entered.channel = /** @type {Channel} */ (channel); }, { 'data-key': 'channel' }),
      press('primary', async () => show(desk, await desk.send('enter', { channel: entered.channel }), 'enter'), said.enter, { 'data-key': 'enter', disabled: desk.rows.length === 0 })),
    make('div', { class: 'filters' },
      press('primary', () => void copy(undefined), said.save, { 'data-key': 'save-log' }),
      select(said.layout, entered.layout, Object.entries(said.layouts), (layout) => { entered.layout = /** @type {LogLayout} */ (layout); }, { 'data-key': 'layout' }),
      press('secondary', () => void copy(entered.layout), said.copy, { 'data-key': 'copy' })),
    reminders.length > 0 && make('details', {}, make('summary', {}, `${said.reminders} (${reminders.length})`),
      make('ul', {}, ...reminders.slice(0, 200).map(({ number, why, since }) => make('li', {}, said.reminder(number, said.whys[why], since))))),
    rows.length > 0 && make('div', { class: 'scroll', tabindex: 0, role: 'region', 'aria-label': said.heading },
      make('table', {},
        make('thead', {}, make('tr', {}, ...Object.values(said.columns).map((label) => make('th', { scope: 'col' }, label)))),
        make('tbody', {}, ...rows.slice(-500).map((row) => line(desk, row, header.edition.criteria))))),
  ];
}

/** @param {Desk} desk @param {LogRow} row @param {{ id: string, item: string }[]} criteria */
function line(desk, row, criteria) {
  const said = desk.words.log;
  const { number, identified, assessed, state, other, words } = row;
  const items = new Map(criteria.map(({ id, item }) => [id, item || id]));
  return make('tr', {},
    make('th', { scope: 'row' }, String(number)),
    make('td', {}, identified),
    make('td', {}, assessed && desk.words.list.determinations[assessed.determination]),
    make('td', {}, assessed?.failed.map((id) => items.get(id) ?? id).join(', ')),
    make('td', { class: 'number' }, assessed && String(assessed.pending.length)),
    make('td', {}, assessed?.callBack?.slice(0, 10)),
    make('td', {}, said.states[state], other && ` (${said.others[other]})`, words && make('span', { class: 'small' }, ` ${words}`)),
    make('td', {}, setting.number === number ? setter(desk, row) : press('link', () => {
      setting = { number, state: 'possible', other: '', words: '' };
      desk.render('state');
    }, said.columns.set, { 'aria-label': `${said.columns.set} (${number})`, 'data-key': `set-${number}` })));
}

/** @param {Desk} desk @param {LogRow} row */
function setter(desk, { number, assessed }) {
  const said = desk.words.log;
  const apply = async () => {
    const { state, other, words } = setting;
    const failed = state === 'not-eligible' || state === 'not-now' ? assessed?.failed : undefined;
    const done = await desk.send('state', { person: number, state, criteria: failed, other: /** @type {OtherReason} */ (other) || undefined, words });
    if (done.diagnostics.length === 0) setting = { number: 0, state: 'possible', other: '', words: '' };
    show(desk, done, `set-${number}`);
  };
  return make('div', {},
    select(said.columns.state, setting.state, Object.entries(said.states), (state) => { setting.state = /** @type {LogState} */ (state); }, { 'data-key': 'state' }),
    select(said.reason, setting.other, [['', said.none], ...Object.entries(said.others)], (other) => { setting.other = other; }, { 'data-key': 'other' }),
    field(said.words, setting.words, (words) => { setting.words = words; }, { 'data-key': 'words' }),
    press('secondary', () => void apply(), said.set, { 'data-key': 'apply-state' }));
}
