// @ts-check
/** @import { Desk } from "./annotator.js" */

import { button, heading, make, spoken } from '../dom.js';
import { save } from '../save.js';
import { annotations } from './notes.js';

/**
 * Where the list stands, and what it can do.
 * @typedef {object} Place
 * @property {number} level  of its heading; none where 0
 * @property {string} source  the address of what the notes are about
 * @property {(block: string) => string} label  what a block is called here
 * @property {boolean} kept  on this device
 * @property {((keep: boolean) => void) | undefined} keep  keeps them on this device or no longer; absent where that cannot be
 * @property {() => void} refresh
 */

/**
 * All notes, as questions to ask or things to tell.
 * @param {Desk} desk
 * @param {Place} place
 */
export function noteList(desk, { level, source, label, kept, keep, refresh }) {
  const { notes, said } = desk;
  /** @param {() => void} change @param {string} told */
  const then = (change, told) => () => {
    change();
    desk.changed();
    refresh();
    desk.say(told);
  };
  const items = notes.map((note, at) =>
    make(
      'li',
      {},
      make('p', { class: 'note-block' }, make('strong', {}, said.mark(at + 1)), ' ', label(note.block)),
      note.exact && make('blockquote', {}, note.exact),
      make('p', { class: 'note-words' }, note.text),
      button('link', then(() => void notes.splice(at, 1), said.deleted), said.remove, spoken(said.about(said.mark(at + 1)))),
    ),
  );
  return [
    level > 0 && heading(level, { id: 'my-notes', tabindex: -1 }, said.heading),
    make('p', {}, notes.length === 0 ? said.none : said.private),
    ...(notes.length > 0
      ? [
          make('ol', { class: 'note-list' }, ...items),
          make(
            'p',
            { class: 'note-ends' },
            button('secondary', () => save(said.fileName, 'application/ld+json', JSON.stringify(annotations(notes, source), null, 2)), said.export),
            keep && button('secondary', () => keep(!kept), kept ? said.unkeep : said.keep),
            button('secondary', then(() => void notes.splice(0), said.allDeleted), said.removeAll),
          ),
          keep && make('p', { class: 'hint' }, kept ? said.kept : said.keepHint),
        ]
      : []),
  ];
}
