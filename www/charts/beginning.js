// @ts-check
/** @import { Scribe } from "./scribe.js" */
/** @import { Desk } from "./page.js" */
/** @import { Piece } from "../dom.js" */

import { zone } from '../clock.js';
import { make } from '../dom.js';
import { field, press } from '../workshop/controls.js';
import { file } from './records.js';

/** What stands in the forms. */
const entered = { protocol: '', site: '', investigator: '', zone: zone(), who: '', role: '', code: '' };

/**
 * A log is begun, opened from a file, or unlocked where one is kept on this device.
 * @param {Desk} desk
 * @param {typeof import("./log.js").show} show
 * @returns {Piece[]}
 */
export function beginning(desk, show) {
  const said = desk.words.log;
  const { kept } = /** @type {{ kept?: boolean }} */ (desk.got);
  const text = (/** @type {"protocol" | "site" | "investigator" | "zone" | "who" | "role" | "code"} */ name) =>
    make('div', {}, field(said[name], entered[name], (value) => { entered[name] = value; }, { name, 'data-key': name }));
  const begin = async (/** @type {Omit<Parameters<Scribe["begin"]>[0], "by">} */ given) => {
    const { who, role } = entered;
    if (!who.trim() || !role.trim()) {
      refuse(desk, said.whoNeeded);
      return;
    }
    const { foreign, locked, ...done } = { locked: false, foreign: undefined, ...(await desk.long('begin', { ...given, by: { who, role } })) };
    if (locked) refuse(desk, said.locked);
    else if (foreign) refuse(desk, said.foreign(foreign, desk.study?.id ?? ''));
    else {
      // by the log another version may apply
      await desk.judge();
      show(desk, done, 'title');
    }
  };
  const wipe = async () => {
    if (!confirm(said.wipeSure)) return;
    await desk.send('wipe', undefined);
    await desk.go('log');
  };
  return [
    make('section', {}, make('h2', {}, said.writer), make('div', { class: 'filters' }, text('who'), text('role'))),
    make('div', { class: 'panes' },
      make('section', {}, make('h2', {}, said.begin),
        ...[text('protocol'), text('site'), text('investigator'), text('zone')],
        make('p', { class: 'actions' }, press('primary', () => {
          const { protocol, site, investigator, zone } = entered;
          void begin({ header: { protocol, site, investigator, zone } });
        }, said.start, { 'data-key': 'begin' }))),
      make('div', {},
        kept && make('section', {}, make('h2', {}, said.unlock), make('p', { class: 'hint' }, said.keptHere), text('code'),
          make('p', { class: 'actions' },
            press('primary', () => void begin({ code: entered.code }), said.unlock, { 'data-key': 'unlock' }),
            press('secondary', () => void wipe(), said.wipe, { 'data-key': 'wipe' }))),
        make('section', {}, make('h2', {}, said.open),
          file(said.open, 'log-file', false, async ([chosen]) => begin({ bytes: new Uint8Array(await chosen.arrayBuffer()) }))))),
  ];
}

/** Why nothing was done; what is kept stays offered. @param {Desk} desk @param {string} trouble */
function refuse(desk, trouble) {
  desk.got = { ...desk.got, problems: [], trouble };
  desk.render('refused');
}
