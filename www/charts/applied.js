// @ts-check
/** @import { Desk } from "./page.js" */
/** @import { Force } from "./versions.js" */
/** @import { Piece } from "../dom.js" */

import { make } from '../dom.js';
import { file, problem } from './records.js';
import { judges } from './versions.js';

/** Which version everybody is judged by, where a log says which one it has to be. @param {Desk} desk @returns {Piece} */
export function applied({ words, force }) {
  const said = words.versions;
  if (!force?.log) return false;
  const { version, log: { site, on, known, applies, from } } = force;
  if (known) return make('p', { class: 'small', 'data-key': 'version' }, said.applied(said.called(version), site, on, from));
  return make('p', { class: 'summary', 'data-key': 'version' }, said.unknown(said.called(version)), applies && ` ${said.wanted(said.called(applies), site, on, from)}`);
}

/**
 * The version that applies by the log is not open: which one that is, and a place for its file.
 * @param {Desk} desk
 * @param {Force | undefined} force
 * @returns {Piece[]}
 */
export function absent(desk, force) {
  const said = desk.words.versions;
  if (!force?.log || judges(force)) return [];
  const { site, on, applies, from } = force.log;
  return [make('section', { class: 'summary', tabindex: -1, 'data-key': 'absent' },
    make('h2', {}, said.absent),
    make('p', {}, applies ? said.wanted(said.called(applies), site, on, from) : said.undated(site, on)),
    make('p', {}, said.nobody(said.called(force.version))),
    problem(desk),
    applies && file(said.file, 'version-file', false, async ([chosen]) => desk.openTrial(new Uint8Array(await chosen.arrayBuffer()))))];
}
