// @ts-check
/** @import { Diagnostic } from "../pkg/trial_prescreen.js" */
/** @import { Clerk } from "./clerk.js" */
/** @import { Desk } from "./page.js" */
/** @import { Piece } from "../dom.js" */

import { make } from '../dom.js';
import { field, press } from '../workshop/controls.js';
import { decision } from './decision.js';

/** @typedef {ReturnType<Clerk["person"]>} Person */

/**
 * What the log has of one person: where they stand, or that they are not in it, and what to do about that.
 * @param {Desk} desk
 * @param {Person} person
 * @param {(deed: () => Promise<Diagnostic[] | string>) => unknown} act
 * @returns {Piece[]}
 */
export function inLog(desk, { number, log }, act) {
  const said = desk.words.log;
  if (!log) return [];
  let earlier = '';
  const enter = () => act(async () => (await desk.send('enter', { channel: 'chart', detail: '', number })).diagnostics);
  const known = (/** @type {boolean} */ again) => act(async () => {
    const { unknown, diagnostics } = { unknown: false, ...(await desk.send('known', { number, logged: Number(earlier) || 0, again })) };
    return unknown ? said.noNumber : diagnostics;
  });
  const { row } = log;
  return [
    make('h2', { tabindex: -1, 'data-key': 'in-log' }, said.heading),
    row ? make('p', {}, said.asNumber(row.number)) : make('p', {}, said.notIn),
    row && decision(desk, row, ({ diagnostics }) => act(async () => diagnostics)),
    make('p', { class: 'actions' }, press('secondary', () => void enter(), row ? said.update : said.enterOne, { 'data-key': 'enter-one' })),
    !row && log.attempts > 0 && make('details', {}, make('summary', {}, said.before),
      field(said.earlier, '', (typed) => { earlier = typed; }, { inputmode: 'numeric', size: 6, 'data-key': 'log-number' }),
      make('p', { class: 'actions' },
        press('secondary', () => void known(false), said.sameAttempt, { 'data-key': 'same-attempt' }),
        press('secondary', () => void known(true), said.newAttempt, { 'data-key': 'new-attempt' }))),
  ];
}
