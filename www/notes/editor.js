// @ts-check
/** @import { Quote } from "./anchor.js" */
/** @import { Draft } from "./annotator.js" */
/** @import { NoteWords } from "./words/en.js" */

import { button, make } from '../dom.js';
import { quote } from './anchor.js';
import { LONGEST, written } from './notes.js';

let opened = 0;

/** @typedef {{ said: NoteWords, label: string, text: string, draft: Draft, lost: boolean }} Around  `text` is that of the block */
/** @typedef {{ save: (text: string, quoted: Quote | undefined) => void, remove: () => void }} Ends */

/**
 * Where a note is written, right below its block.
 * @param {Around} around
 * @param {Ends} ends
 */
export function editor({ said, label, text, draft, lost }, { save, remove }) {
  const about = make('div');
  const id = `note-${(opened += 1)}`;
  const field = make('textarea', { id, rows: 4, maxlength: LONGEST, autocomplete: 'off', oninput: () => { draft.text = field.value; } }, draft.text);
  const quoting = (/** @type {Quote | undefined} */ chosen) => {
    draft.quoted = chosen;
    about.replaceChildren(
      ...(chosen
        ? [make('blockquote', {}, chosen.exact), button('link', () => quoting(undefined), said.unquote)]
        : [button('link', choose, said.choose)]),
    );
  };
  // a browser lets nobody select text by keyboard but in a field: this one takes no change
  const choose = () => {
    const words = make('textarea', { id: `${id}-quote`, rows: 6, inputmode: 'none', spellcheck: 'false' }, text);
    words.addEventListener('beforeinput', (event) => event.preventDefault());
    about.replaceChildren(
      make('label', { for: `${id}-quote` }, said.select),
      words,
      button('secondary', () => {
        quoting(quote(text, words.selectionStart, words.selectionEnd));
        field.focus();
      }, said.use),
    );
    words.focus();
    words.setSelectionRange(0, 0);
  };
  quoting(draft.quoted);
  const keep = () => {
    const kept = written(field.value);
    if (kept === '') remove();
    else save(kept, draft.quoted);
  };
  return make(
    'div',
    { class: 'note-editor' },
    lost && make('p', {}, said.lost),
    about,
    make('label', { for: id }, said.noteAbout(label)),
    field,
    make('p', { class: 'note-ends' }, button('secondary', keep, said.save), button('link', remove, draft.note ? said.remove : said.drop)),
  );
}
