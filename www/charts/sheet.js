// @ts-check
/** @import { ColumnMapping } from "../pkg/trial_prescreen.js" */
/** @import { Columns, WaitingSheet } from "./intake.js" */
/** @import { Desk } from "./page.js" */

import { make } from '../dom.js';
import { save } from '../save.js';
import { field, press, select } from '../workshop/controls.js';
import { keyOf } from './key.js';
import { file } from './records.js';

/** What a column can say of a thing. @type {ColumnMapping["part"][]} */
const PARTS = ['value', 'presence', 'code', 'date', 'unit', 'upper-limit', 'lower-limit', 'on'];
/** So many lines are made at once. */
const SOME = 8;

/**
 * The step between a table and its people: what each of its columns says. Nothing is taken that nobody has looked at.
 * @param {Desk} desk
 * @param {WaitingSheet} waiting
 */
export function sheet(desk, waiting) {
  const said = desk.words.sheet;
  const { name, columns, mapping } = waiting;
  if (mapping.label && !columns.includes(mapping.label)) mapping.label = undefined;
  const of = (/** @type {string} */ column) => mapping.columns.find((one) => one.column === column);
  const subjects = subjectsOf(desk);
  const lines = make('tbody', {});
  const change = (/** @type {string} */ column, /** @type {Partial<ColumnMapping> | undefined} */ changed, /** @type {number} */ at, /** @type {string} */ focus) => {
    const was = of(column);
    mapping.columns = mapping.columns.filter((one) => one.column !== column);
    if (changed) mapping.columns.push(/** @type {ColumnMapping} */ ({ ...was, column, ...changed }));
    lines.rows[at].replaceWith(line(column, at));
    /** @type {HTMLElement | null} */ (lines.querySelector(`[data-key="${focus}-${at}"]`))?.focus();
    go.disabled = mapping.columns.length === 0;
  };
  const line = (/** @type {string} */ column, /** @type {number} */ at) => {
    const own = of(column);
    const key = own ? keyOf(own.subject) : '';
    const choices = own && !subjects.some(([subject]) => subject === key) ? [...subjects, /** @type {[string, string]} */ ([key, key])] : subjects;
    return make('tr', {},
      make('th', { scope: 'row' }, make('bdi', {}, column)),
      make('td', {}, select(said.subject, key, [['', said.unused], ...choices], (chosen) => change(column, chosen ? { subject: { concept: chosen }, part: own?.part ?? 'value' } : undefined, at, 'subject'), { 'data-key': `subject-${at}` })),
      make('td', {}, own && select(said.part, own.part, PARTS.map((part) => [part, said.parts[part]]), (part) => change(column, { part: /** @type {ColumnMapping["part"]} */ (part) }, at, 'part'), { 'data-key': `part-${at}` })),
      make('td', {}, own?.part === 'value' && field(said.unit, own.unit ?? '', (unit) => { own.unit = unit || undefined; }, { size: 8 }),
        own?.part === 'presence' && select(said.status, own.status ?? '', [['', said.unsaid], ...Object.entries(said.statuses)], (status) => change(column, { status: /** @type {ColumnMapping["status"]} */ (status || undefined) }, at, 'status'), { 'data-key': `status-${at}` })));
  };
  const read = async () => {
    const { added, diagnostics } = await desk.send('sheet', { name, mapping });
    if (desk.taken) {
      desk.taken.added += added;
      desk.taken.read += added;
      desk.taken.sheets = desk.taken.sheets.filter((one) => one !== waiting);
      if (diagnostics.length > 0) desk.taken.troubles.push({ file: name, problem: '', diagnostics });
    }
    await desk.judge();
    desk.render('taken');
  };
  const go = press('primary', () => void read(), said.read, { disabled: mapping.columns.length === 0, 'data-key': 'read-sheet' });
  void filled(lines, columns, line);
  return make('section', { 'aria-labelledby': `sheet-${name}` },
    make('h2', { id: `sheet-${name}` }, said.heading(name)),
    make('p', {}, said.lead),
    make('div', { class: 'scroll', tabindex: 0, role: 'region', 'aria-label': said.heading(name) },
      make('table', {},
        make('thead', {}, make('tr', {}, ...Object.values(said.columns).map((label) => make('th', { scope: 'col' }, label)))),
        lines)),
    make('p', { class: 'hint', id: `label-${name}` }, said.labelHint),
    select(said.label, mapping.label ?? '', [['', said.noLabel], ...columns.map((column) => /** @type {[string, string]} */ ([column, column]))], (label) => { mapping.label = label || undefined; }, { 'data-key': 'label', 'aria-describedby': `label-${name}` }),
    file(said.open, `mapping-${name}`, false, async ([chosen]) => {
      const opened = mappingIn(await chosen.text());
      if (opened) Object.assign(mapping, opened);
      desk.render('taken');
      if (!opened) desk.say(said.refused);
    }),
    make('p', { class: 'actions' },
      go,
      press('secondary', () => save('columns.json', 'application/json', `${JSON.stringify(mapping, null, 2)}\n`), said.save)));
}

/**
 * The lines of a table, some at a time, so that the page stays at hand.
 * @param {HTMLTableSectionElement} lines
 * @param {string[]} columns
 * @param {(column: string, at: number) => HTMLTableRowElement} line
 */
async function filled(lines, columns, line) {
  for (let from = 0; from < columns.length; from += SOME) {
    if (from > 0) await new Promise((resolve) => setTimeout(resolve));
    lines.append(...columns.slice(from, from + SOME).map((column, at) => line(column, from + at)));
  }
}

/**
 * What the trial asks about, with its names.
 * @param {Desk} desk
 * @returns {[string, string][]}
 */
function subjectsOf({ study, locale }) {
  const { questions = {} } = /** @type {{ questions?: Record<string, { text?: Record<string, { short?: string }> }> }} */ (study ?? {});
  const plain = Object.entries(questions).filter(([key]) => !key.includes(':'));
  return plain.map(([key, { text = {} }]) => /** @type {[string, string]} */ ([key, text[locale]?.short ?? text.en?.short ?? key]));
}

/** A mapping that was saved; nothing where a text is none. @param {string} text @returns {Columns | undefined} */
function mappingIn(text) {
  try {
    const mapping = JSON.parse(text);
    const fits = Array.isArray(mapping?.columns) && mapping.columns.every((/** @type {any} */ one) => typeof one?.column === 'string' && typeof one.subject === 'object' && PARTS.includes(one.part)) && ['string', 'undefined'].includes(typeof mapping.label);
    return fits ? mapping : undefined;
  } catch {
    return undefined;
  }
}
