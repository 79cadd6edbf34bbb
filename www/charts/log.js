// @ts-check
/** @import { Channel, Consort, Diagnostic, LogHeader, LogLayout, LogRow, Reminder } from "../pkg/trial_prescreen.js" */
/** @import { Scribe } from "./scribe.js" */
/** @import { Desk } from "./page.js" */
/** @import { Version } from "./versions.js" */
/** @import { Piece } from "../dom.js" */

import { make, title } from '../dom.js';
import { now } from '../clock.js';
import { save } from '../save.js';
import { field, press, select } from '../workshop/controls.js';
import { absent, applied } from './applied.js';
import { beginning } from './beginning.js';
import { ATTEMPTS } from './book.js';
import { decision } from './decision.js';
import { keeping } from './keeping.js';
import { toAsk } from './queries.js';
import { findings } from './records.js';
import { judges } from './versions.js';

/** @typedef {NonNullable<Awaited<ReturnType<Scribe["book"]>>>} OpenBook */

/** What stands in the forms. */
const entered = { channel: /** @type {Channel} */ ('chart'), detail: '', layout: /** @type {LogLayout} */ ('site'), on: '' };

/**
 * The log of the trial: begun or opened here, written line by line, saved as a file or kept on the device.
 * @param {Desk} desk
 * @returns {Piece[]}
 */
export function log(desk) {
  const said = desk.words.log;
  const { book, problems = [], trouble } = /** @type {{ book?: OpenBook, problems?: Diagnostic[], trouble?: string }} */ (desk.got);
  return [
    title(1, said.heading),
    make('p', {}, said.lead),
    (problems.length > 0 || trouble) && make('section', { class: 'summary', tabindex: -1, 'data-key': 'refused' }, make('h2', {}, said.refused), trouble && make('p', {}, trouble), problems.length > 0 && findings(desk.words, problems)),
    ...(book ? written(desk, book) : beginning(desk, show)),
  ];
}

/** @param {Desk} desk @param {{ diagnostics: Diagnostic[], book?: OpenBook, trouble?: string }} done @param {string} focus */
export function show(desk, { diagnostics, book, trouble }, focus) {
  desk.got = { book, problems: diagnostics, trouble };
  desk.render(diagnostics.length > 0 || trouble ? 'refused' : focus);
}

/** @param {Desk} desk @param {OpenBook} book @returns {Piece[]} */
function written(desk, book) {
  const said = desk.words.log;
  const { header, rows, reminders, due, consort, lines, head, problems, asked } = book;
  return [
    make('h2', {}, said.of(header.edition.trial, header.protocol, header.site)),
    make('p', { class: 'small' }, said.lines(lines, head)),
    problems.length > 0 ? make('section', { class: 'summary' }, make('h3', {}, said.problems), findings(desk.words, problems)) : make('p', { class: 'small' }, said.intact),
    ...version(desk, book),
    ...entering(desk, book),
    make('div', { class: 'panes' },
      make('section', {}, make('h2', {}, said.copies), ...copies(desk, header)),
      make('section', {}, make('h2', {}, said.keeping), ...keeping(desk, book))),
    rows.length > 0 && counts(desk, consort),
    reminders.length > 0 && todo(desk, reminders, due),
    asked.length > 0 && make('section', {}, make('h2', {}, desk.words.unclear.heading), make('ul', {}, ...toAsk(desk, asked))),
    ...attempts(desk, book),
  ];
}

/** Which version of the trial applies at the site. @param {Desk} desk @param {OpenBook} book @returns {Piece[]} */
function version(desk, { force }) {
  const said = desk.words.log;
  if (force.log?.known) return judges(force) ? [applied(desk)] : absent(desk, force);
  entered.on ||= now().slice(0, 10);
  const activate = async () => {
    const done = await desk.send('activate', { on: entered.on });
    await desk.judge();
    show(desk, done, 'title');
  };
  return [make('section', { class: 'summary' },
    make('p', {}, said.unknownVersion),
    field(said.activeFrom, entered.on, (on) => { entered.on = on; }, { type: 'date', 'data-key': 'active-from' }),
    make('p', { class: 'actions' }, press('secondary', () => void activate(), said.activate, { 'data-key': 'activate' })))];
}

/** @param {Desk} desk @param {OpenBook} book @returns {Piece[]} */
function entering(desk, { unlogged, force }) {
  const said = desk.words.log;
  const enter = async () => {
    const { channel, detail } = entered;
    show(desk, await desk.long('enter', { channel, detail }), 'enter');
  };
  return [
    desk.people > 0 && make('p', {}, said.unlogged(unlogged, desk.people)),
    make('div', { class: 'filters' },
      select(said.channel, entered.channel, Object.entries(said.channels), (channel) => { entered.channel = /** @type {Channel} */ (channel); }, { 'data-key': 'channel' }),
      field(said.detail, entered.detail, (detail) => { entered.detail = detail; }, { 'data-key': 'detail' }),
      make('div', { class: 'field' }, press('primary', () => void enter(), said.enter, { 'data-key': 'enter', disabled: desk.people === 0 || !judges(force) }))),
  ];
}

/** @param {Desk} desk @param {LogHeader} header */
function copies(desk, header) {
  const said = desk.words.log;
  const copy = async (/** @type {LogLayout | undefined} */ layout) => {
    const text = await desk.send('copy', { layout });
    if (text === undefined) return;
    const json = layout === 'rows' || layout?.startsWith('fhir');
    const name = `${header.protocol}-${header.site}-${layout ?? 'log'}.${layout ? (json ? 'json' : 'csv') : 'json'}`.replace(/[^\p{L}\p{N}.-]+/gu, '-');
    save(name, json || !layout ? 'application/json' : 'text/csv', text);
    await desk.go('log');
  };
  const choose = (/** @type {string} */ layout) => {
    entered.layout = /** @type {LogLayout} */ (layout);
    desk.render('layout');
  };
  const { design } = /** @type {{ design?: { masking?: string } }} */ (/** @type {unknown} */ (desk.study ?? {}));
  const blinded = design?.masking && design.masking !== 'NONE';
  return [
    make('p', { class: 'actions' }, press('primary', () => void copy(undefined), said.save, { 'data-key': 'save-log' })),
    select(said.layout, entered.layout, Object.entries(said.layouts), choose, { 'data-key': 'layout' }),
    make('p', { class: 'hint' }, said.holds[entered.layout]),
    make('p', { class: 'hint' }, said.everybody, blinded && ` ${said.blind}`),
    make('p', { class: 'actions' }, press('secondary', () => void copy(entered.layout), said.copy, { 'data-key': 'copy' })),
  ];
}

/** How many were kept out, and why. @param {Desk} desk @param {Consort} consort */
function counts(desk, { byFirst, byAny, byOther, ...numbers }) {
  const said = desk.words.log;
  const any = new Map(byAny.map(({ id, people }) => [id, people]));
  return make('section', { 'aria-labelledby': 'consort' },
    make('h2', { id: 'consort' }, said.consort),
    make('p', { class: 'hint' }, said.consortHint),
    make('dl', { class: 'facts' }, ...Object.entries(said.counts).flatMap(([name, label]) => [make('dt', {}, label), make('dd', {}, String(numbers[/** @type {keyof typeof numbers} */ (name)]))])),
    byAny.length > 0 && make('table', {},
      make('thead', {}, make('tr', {}, ...Object.values(said.reasons).map((label) => make('th', { scope: 'col' }, label)))),
      make('tbody', {}, ...byAny.map(({ id, criterion }) => make('tr', {},
        make('th', { scope: 'row' }, criterion),
        make('td', { class: 'number' }, String(byFirst.find((one) => one.id === id)?.people ?? 0)),
        make('td', { class: 'number' }, String(any.get(id) ?? 0)))))),
    byOther.length > 0 && make('ul', {}, ...byOther.map(({ reason, people }) => make('li', {}, `${said.others[reason]}${desk.words.colon}${people}`))));
}

/** @param {Desk} desk @param {Reminder[]} reminders @param {number} due */
function todo(desk, reminders, due) {
  const said = desk.words.log;
  return make('details', {}, make('summary', {}, `${said.reminders} (${due})`),
    make('ul', {}, ...reminders.map(({ number, why, since }) => make('li', {}, said.reminder(number, said.whys[why], since.slice(0, 10))))));
}

/** @param {Desk} desk @param {OpenBook} book @returns {Piece[]} */
function attempts(desk, { rows, from, consort, header, versions }) {
  const said = desk.words.log;
  if (rows.length === 0) return [];
  const { caption, previous, next } = desk.words.list;
  const items = new Map(header.edition.criteria.map(({ id, item }) => [id, item || id]));
  const all = consort.attempts;
  const turn = async (/** @type {number} */ by) => {
    desk.got = { book: await desk.send('book', { page: from / ATTEMPTS + by }) };
    desk.render('attempts');
  };
  return [
    make('div', { class: 'scroll', tabindex: 0, role: 'region', 'aria-label': said.heading, 'data-key': 'attempts' },
      make('table', {},
        make('caption', {}, caption(from + 1, from + rows.length, all)),
        make('thead', {}, make('tr', {}, ...Object.entries(said.columns).filter(([name]) => name !== 'set').map(([, label]) => make('th', { scope: 'col' }, label)))),
        make('tbody', {}, ...rows.map((row) => line(desk, row, items, versions.length > 1 ? versions.find(({ digest }) => digest === row.assessed?.trial) : undefined))))),
    all > ATTEMPTS && make('p', { class: 'actions' },
      press('secondary', () => void turn(-1), previous, { disabled: from === 0, 'data-key': 'previous' }),
      press('secondary', () => void turn(1), next, { disabled: from + ATTEMPTS >= all, 'data-key': 'next' })),
  ];
}

/** @param {Desk} desk @param {LogRow} row @param {Map<string, string>} items @param {Version} [version] that they were assessed under, where the log knows several */
function line(desk, row, items, version) {
  const said = desk.words.log;
  const { number, identified, assessed, overrides, corrections, notes, unclear } = row;
  const more = [overrides.length > 0 && said.overrides(overrides.length), corrections > 0 && said.corrections(corrections), notes.length > 0 && said.notes(notes.length), unclear.length > 0 && said.unclear(unclear.length)].filter(Boolean).join(' · ');
  return make('tr', {},
    make('th', { scope: 'row' }, String(number)),
    make('td', { class: 'day' }, identified),
    make('td', {}, assessed && desk.words.list.determinations[assessed.determination], version && make('span', { class: 'small' }, ` ${said.under(desk.words.versions.called(version))}`), more && make('span', { class: 'small' }, ` ${more}`)),
    make('td', {}, assessed?.failed.map((id) => items.get(id) ?? id).join(', ')),
    make('td', { class: 'number' }, assessed && String(assessed.pending.length)),
    make('td', { class: 'day' }, assessed?.callBack?.slice(0, 10)),
    make('td', {}, decision(desk, row, (done, focus) => show(desk, /** @type {Parameters<typeof show>[1]} */ (done), focus))));
}
