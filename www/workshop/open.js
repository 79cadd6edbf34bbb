// @ts-check
/** @import { Bench } from "./bench.js" */
/** @import { Piece } from "../dom.js" */

import { make, title } from '../dom.js';
import { fileIn } from './bench.js';
import { area, press } from './controls.js';
import { findings } from './findings.js';
import { inLanguage } from '../words.js';

/**
 * Where a text or a file comes in.
 * @param {Bench} bench
 * @returns {Piece[]}
 */
export function open(bench) {
  const { open } = bench.words;
  const take = (/** @type {string | Uint8Array} */ data) =>
    bench.read(data, ({ drafts, diagnostics, text }) => {
      bench.found = { diagnostics, text };
      if (drafts.length === 1) return bench.begin(drafts[0], own(text));
      bench.choice = drafts;
      bench.refresh(drafts.length > 0 ? 'choice' : 'problem');
      bench.say(drafts.length > 0 ? open.several(drafts.length) : open.refused);
    });
  const opened = async (/** @type {File | undefined} */ file) => {
    if (file) await take(new Uint8Array(await file.arrayBuffer()));
  };
  const dropped = (/** @type {Event} */ event) => {
    event.preventDefault();
    void opened(fileIn(/** @type {DragEvent} */ (event).dataTransfer));
  };
  const submit = (/** @type {Event} */ event) => {
    event.preventDefault();
    void take(bench.pasted);
  };
  const id = 'file';
  return [
    title(1, open.heading),
    make('p', { class: 'lead' }, open.lead),
    make('p', {}, open.stays),
    ...problem(bench),
    ...choice(bench),
    make(
      'form',
      { class: 'drop', novalidate: true, onsubmit: submit, ondragover: (event) => event.preventDefault(), ondrop: dropped },
      area(open.paste, bench.pasted, (value) => { bench.pasted = value; }, { hint: open.pasteHint, class: 'paste', 'data-key': 'paste', spellcheck: 'false' }),
      make('p', { class: 'actions' }, make('button', { type: 'submit', class: 'primary' }, open.read)),
      make('div', { class: 'field wide' }, make('label', { for: id }, open.file), make('span', { class: 'hint', id: 'fileh' }, open.fileHint),
        make('input', { type: 'file', id, 'aria-describedby': 'fileh', onchange: ({ target }) => void opened(fileIn(/** @type {HTMLInputElement} */ (target))) })),
    ),
    bench.history && make('p', { class: 'actions' }, press('secondary', () => bench.go('reading'), open.back(bench.draft.id))),
  ];
}

/**
 * A text that is one of our own documents lies in a file already.
 * @param {string} text
 */
export function own(text) {
  return /^\s*\{\s*"format"\s*:\s*"trial-prescreen\//.test(text);
}

/** @param {Bench} bench */
function problem({ words, locale, found, choice }) {
  if (choice.length > 0 || !found.diagnostics.some(({ severity }) => severity === 'error')) return [];
  return [
    make(
      'section',
      { class: 'summary', tabindex: -1, 'data-key': 'problem', 'aria-labelledby': 'problem' },
      make('h2', { id: 'problem' }, words.open.problem),
      findings(words, locale, found.diagnostics, found.text),
    ),
  ];
}

/** @param {Bench} bench */
function choice(bench) {
  const { words, locale, choice } = bench;
  if (choice.length === 0) return [];
  return [
    make('h2', { tabindex: -1, 'data-key': 'choice' }, words.open.several(choice.length)),
    make('ul', { class: 'plain' }, ...choice.slice(0, 200).map((draft) => make('li', {}, press('link', () => bench.begin(draft, false), `${draft.id}: ${inLanguage(draft.title, locale) ?? ''}`)))),
  ];
}
