// @ts-check
/** @import { Locale } from "../pkg/check.js" */
/** @import { Note } from "./notes.js" */

import { make } from '../dom.js';
import { place } from '../place.js';
import { annotate, labelOf } from './annotator.js';
import { Keeping } from './keeping.js';
import { noteList } from './list.js';
import { noteWords } from './words.js';

/** @type {Map<string, Promise<{ notes: Note[], keeping: Keeping }>>} by trial */
const taken = new Map();
const status = make('p', { role: 'status', class: 'note-status' });

/**
 * Notes on the page of a trial, and the list of them at its end.
 * @param {HTMLElement} main
 * @param {string} trial
 * @param {Locale} locale
 */
export async function takeNotes(main, trial, locale) {
  const said = noteWords[locale];
  let found = taken.get(trial);
  if (!found) {
    found = begun(trial);
    taken.set(trial, found);
  }
  const { notes, keeping } = await found;
  const list = make('section', { class: 'note-section', 'aria-labelledby': 'my-notes' });
  const say = (/** @type {string} */ text) => { status.textContent = text; };
  const desk = { notes, said, say, changed: () => { void keeping.changed(notes); show(); } };
  const label = (/** @type {string} */ block) => {
    const there = main.querySelector(`[data-block="${CSS.escape(block)}"]`);
    return there ? labelOf(there) : said.elsewhere(block.replace(/^\w+:/, ''));
  };
  const refresh = () => {
    annotate(document, desk);
    show();
    /** @type {HTMLElement | null} */ (list.querySelector('h2'))?.focus();
  };
  const keep = (/** @type {boolean} */ wanted) => {
    keeping.set(wanted, notes).then(refresh, () => say(said.notKept));
  };
  function show() {
    const pieces = noteList(desk, { level: 2, source: `${place('trial.html').href}#${trial}`, label, kept: keeping.kept, keep, refresh });
    list.replaceChildren(...pieces.filter((piece) => piece instanceof Node));
  }
  for (const old of main.querySelectorAll('.note-section')) old.remove();
  annotate(document, desk);
  show();
  main.append(list, status);
}

/** @param {string} trial */
async function begun(trial) {
  const keeping = new Keeping(trial);
  return { notes: await keeping.before(), keeping };
}
