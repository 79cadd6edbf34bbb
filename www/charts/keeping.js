// @ts-check
/** @import { Desk } from "./page.js" */
/** @import { OpenBook } from "./log.js" */
/** @import { Piece } from "../dom.js" */

import { make } from '../dom.js';
import { press } from '../workshop/controls.js';

/** The code of the log that was kept last; shown until the page is closed. */
let shown = { trial: '', code: '' };

/**
 * Whether the log is kept on this device: only where somebody asks for it, locked with a code that is made here.
 * @param {Desk} desk
 * @param {OpenBook} book
 * @returns {Piece[]}
 */
export function keeping(desk, { keeps, header }) {
  const said = desk.words.log;
  const { trial } = header.edition;
  const keep = async () => {
    const first = { taken: false, code: undefined, ...(await desk.send('keep', { replace: false })) };
    if (first.taken && !confirm(said.replaceSure)) return;
    const { code, book } = { code: undefined, ...(first.taken ? await desk.send('keep', { replace: true }) : first) };
    desk.got = { book, trouble: code === undefined && said.keepsNothing };
    if (code !== undefined) shown = { trial, code };
    desk.render(code === undefined ? 'refused' : 'code');
  };
  const wipe = async () => {
    if (!confirm(said.wipeSure)) return;
    desk.got = { book: await desk.send('wipe', undefined) };
    shown = { trial: '', code: '' };
    desk.render('keep');
  };
  if (!keeps) return [make('p', { class: 'hint' }, said.keepHint), make('p', { class: 'actions' }, press('secondary', () => void keep(), said.keep, { 'data-key': 'keep' }))];
  return [
    make('p', {}, said.kept),
    make('p', {}, said.listGone),
    shown.trial === trial && make('p', { class: 'code', tabindex: -1, 'data-key': 'code' }, shown.code),
    shown.trial === trial && make('p', {}, said.codeHint),
    make('p', { class: 'actions' }, press('secondary', () => void wipe(), said.wipe, { 'data-key': 'wipe' })),
  ];
}
