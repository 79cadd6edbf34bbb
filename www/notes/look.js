// @ts-check
import { look } from '../look.js';

/** The look of notes. */
export const dress = look(`
.notes { margin-block: 0.3em 0.9em; display: flex; flex-wrap: wrap; gap: 0 1.2em; align-items: center; }
.notes .link { min-block-size: 2.75rem; min-inline-size: 2.75rem; padding: 0.3em 0; background: none; border: 0; font: inherit; color: inherit; text-align: start; text-decoration: underline; text-underline-offset: 0.18em; cursor: pointer; }
.notes .spoken, .note-section .spoken { position: absolute; inline-size: 1px; block-size: 1px; margin: -1px; overflow: hidden; clip-path: inset(50%); white-space: nowrap; }
.note-section .link { min-block-size: 2.75rem; min-inline-size: 2.75rem; padding: 0.3em 0; background: none; border: 0; font: inherit; color: inherit; text-decoration: underline; cursor: pointer; }
.note-text { display: none; }
.note-editor { inline-size: 100%; padding: 0.9em 1.1em; border: 2px solid currentColor; border-radius: 0.375rem; box-sizing: border-box; }
.note-editor label { display: block; font-weight: 600; }
.note-editor textarea { display: block; inline-size: 100%; box-sizing: border-box; margin-block: 0.3em 0.8em; padding: 0.4em 0.55em; font: inherit; color: inherit; background: transparent; border: 2px solid currentColor; border-radius: 0.375rem; }
.note-list { list-style: none; padding: 0; }
blockquote { margin: 0 0 0.6em; padding-inline-start: 0.8em; border-inline-start: 0.3em solid currentColor; overflow-wrap: anywhere; }
.note-words, .note-text { white-space: pre-wrap; overflow-wrap: anywhere; }
.note-ends { display: flex; flex-wrap: wrap; gap: 0.5em 1.2em; align-items: center; margin: 0 0 0.6em; }
::highlight(prescreen-note) { background-color: light-dark(#fff1b8, #5c4a00); color: light-dark(#16202a, #fff7dd); text-decoration: underline 2px; }
@media print {
  .notes { display: block; }
  .notes > .link, .note-editor, .note-ends { display: none; }
  .note-text { display: block; margin: 0.2em 0 0 1em; font-style: italic; }
  :lang(zh) .note-text { font-style: normal; }
}
`);
