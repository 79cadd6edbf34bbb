// @ts-check
/** @import { Diagnostic, LogRow, LogState, OtherReason } from "../pkg/trial_prescreen.js" */
/** @import { BookView } from "./book.js" */
/** @import { Desk } from "./page.js" */

import { make } from '../dom.js';
import { field, press, select } from '../workshop/controls.js';

/** What came of a line: why it was not written, and the log as it is. @typedef {{ diagnostics: Diagnostic[], book?: BookView }} Written */

const untouched = () => ({ number: 0, state: /** @type {LogState} */ ('possible'), other: '', words: '', earlier: '' });
/** The attempt that is being decided on, and what stands in its form. */
let setting = untouched();

/**
 * Where somebody stands in the log, a form to write down a decision, and one to link an earlier attempt.
 * @param {Desk} desk
 * @param {LogRow} row
 * @param {(done: Written, focus: string) => unknown} show
 */
export function decision(desk, row, show) {
  const said = desk.words.log;
  const { number, state, other, words, earlier, attempt } = row;
  const place = `set-${number}`;
  const open = () => {
    setting = { ...untouched(), number };
    desk.render('state');
  };
  return make('div', {},
    make('span', {}, said.states[state], other && ` (${said.others[other]})`, words && make('span', { class: 'small' }, ` ${words}`), attempt > 1 && earlier !== undefined && make('span', { class: 'small' }, ` ${said.attempt(attempt, earlier)}`)), ' ',
    setting.number === number ? form(desk, row, show) : press('link', open, said.columns.set, { 'aria-label': `${said.columns.set} (${number})`, 'data-key': place }));
}

/** @param {Desk} desk @param {LogRow} row @param {(done: Written, focus: string) => unknown} show */
function form(desk, { number, assessed, earlier }, show) {
  const said = desk.words.log;
  const close = () => {
    setting = untouched();
  };
  const done = (/** @type {Written} */ written) => {
    if (written.diagnostics.length === 0) close();
    return show(written, `set-${number}`);
  };
  const apply = async () => {
    const { state, other, words } = setting;
    const failed = state === 'not-eligible' || state === 'not-now' ? assessed?.failed : undefined;
    await done(await desk.send('state', { person: number, state, criteria: failed, other: /** @type {OtherReason} */ (other) || undefined, words }));
  };
  const link = async () => void (await done(await desk.send('link', { person: number, earlier: Number(setting.earlier) || 0 })));
  return make('div', { class: 'decision' },
    select(said.columns.state, setting.state, Object.entries(said.states), (state) => { setting.state = /** @type {LogState} */ (state); }, { 'data-key': 'state' }),
    select(said.reason, setting.other, [['', said.none], ...Object.entries(said.others)], (other) => { setting.other = other; }, { 'data-key': 'other' }),
    field(said.words, setting.words, (words) => { setting.words = words; }, { 'data-key': 'words' }),
    make('p', { class: 'actions' },
      press('secondary', () => void apply(), said.set, { 'data-key': 'apply-state' }),
      press('link', () => {
        close();
        desk.render(`set-${number}`);
      }, said.cancel)),
    earlier === undefined && field(said.earlier, setting.earlier, (earlier) => { setting.earlier = earlier; }, { 'data-key': 'earlier', inputmode: 'numeric', size: 6, hint: said.earlierHint }),
    earlier === undefined && make('p', { class: 'actions' }, press('secondary', () => void link(), said.link, { 'data-key': 'link' })));
}
