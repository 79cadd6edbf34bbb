// @ts-check
/** @import { Quote } from "./anchor.js" */
/** @import { Note } from "./notes.js" */
/** @import { NoteWords } from "./words/en.js" */

import { button, make, spoken } from '../dom.js';
import { placeOf, rangeOf, selected, textOf } from './anchor.js';
import { editor } from './editor.js';
import { dress } from './look.js';

/**
 * What notes need of the page they are on.
 * @typedef {object} Desk
 * @property {Note[]} notes
 * @property {NoteWords} said
 * @property {() => void} changed  told when a note was written, changed or deleted
 * @property {(text: string) => void} say
 */

const NAME = 'prescreen-note';

/** @typedef {{ note?: Note, quoted?: Quote, text: string }} Draft  what is being written; whatever is shown anew in between, it is not lost */
/** @type {WeakMap<Note[], Map<string, Draft>>} by block */
const drafts = new WeakMap();

/** @param {Note[]} notes */
function draftsOf(notes) {
  const there = drafts.get(notes) ?? new Map();
  drafts.set(notes, there);
  return there;
}

/**
 * Puts a way to take a note at every block below a root, and marks the notes that there are. May be done again.
 * @param {Document | ShadowRoot} root
 * @param {Desk} desk
 */
export function annotate(root, desk) {
  dress(root);
  for (const old of root.querySelectorAll('[data-notes]')) old.remove();
  const blocks = [...root.querySelectorAll('[data-block]')].filter((block) => !block.querySelector('[data-block]'));
  for (const block of blocks) {
    const tools = make('div', { 'data-notes': '', class: 'notes' });
    // what is typed in a note is no answer
    if (block instanceof HTMLFormElement) block.after(tools);
    else block.append(tools);
    fill(tools, block, desk);
  }
  highlight(blocks, desk);
}

/**
 * @param {HTMLElement} tools
 * @param {Element} block
 * @param {Desk} desk
 */
function fill(tools, block, desk) {
  const { notes, said } = desk;
  const name = nameOf(block);
  const own = notes.filter((note) => note.block === name);
  const label = labelOf(block);
  const open = (/** @type {Draft} */ draft) => {
    const { note } = draft;
    const text = textOf(block);
    draftsOf(notes).set(name, draft);
    const close = (/** @type {string} */ told) => {
      draftsOf(notes).delete(name);
      fill(tools, block, desk);
      highlight([...blocksAround(block)], desk);
      desk.say(told);
      /** @type {HTMLElement | null} */ (tools.querySelector('button'))?.focus();
    };
    const lost = Boolean(draft.quoted) && placeOf(text, /** @type {Quote} */ (draft.quoted)) === undefined;
    const form = editor({ said, label, text, draft, lost }, {
      save: (written, at) => {
        const kept = { block: name, exact: '', prefix: '', suffix: '', start: 0, ...at, text: written };
        if (note) Object.assign(note, kept);
        else notes.push(kept);
        desk.changed();
        close(said.saved);
      },
      remove: () => {
        if (note) notes.splice(notes.indexOf(note), 1);
        if (note) desk.changed();
        close(note ? said.deleted : '');
      },
    });
    tools.replaceChildren(form);
  };
  const write = (/** @type {Draft} */ draft) => {
    open(draft);
    tools.querySelector('textarea')?.focus();
  };
  const begun = draftsOf(notes).get(name);
  if (begun) return open(begun);
  const add = button('link', () => write({ quoted: selected(block), text: '' }), said.add, spoken(said.about(label)));
  // the selection stays while the button is pressed
  add.addEventListener('pointerdown', (event) => event.preventDefault());
  tools.replaceChildren(
    ...own.map((note) => button('link', () => write({ note, quoted: note.exact ? note : undefined, text: note.text }), said.mark(notes.indexOf(note) + 1), spoken(said.about(label)))),
    add,
    ...own.map((note) => make('p', { class: 'note-text' }, note.text)),
  );
}

/** @param {Element} block */
function blocksAround(block) {
  return /** @type {Document | ShadowRoot} */ (block.getRootNode()).querySelectorAll('[data-block]');
}

/**
 * Paints the words that notes quote, where the browser can without changing the page.
 * @param {Element[]} blocks
 * @param {Desk} desk
 */
function highlight(blocks, { notes }) {
  if (typeof Highlight !== 'function' || !CSS.highlights) return;
  const ranges = blocks.flatMap((block) => {
    const text = textOf(block);
    return notes.filter((note) => note.block === nameOf(block)).map((note) => {
      const at = placeOf(text, note);
      return at === undefined ? undefined : rangeOf(block, at, at + note.exact.length);
    });
  });
  CSS.highlights.set(NAME, new Highlight(...ranges.filter((range) => range !== undefined)));
}

/** @param {Element} block */
function nameOf(block) {
  return block.getAttribute('data-block') ?? '';
}

/** What a block is called: its heading, or its first words. @param {Element} block */
export function labelOf(block) {
  const heading = block.querySelector('h1, h2, h3, h4, h5, h6, strong')?.textContent || textOf(block);
  return heading.trim().slice(0, 80);
}
