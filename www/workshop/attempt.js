// @ts-check
/** @import { Bench } from "./bench.js" */
/** @import { TrialPrescreen } from "../trial-prescreen.js" */
/** @import { Piece } from "../dom.js" */

import { make, title } from '../dom.js';

/** The check that is being tried, and the document it has. @type {{ element: TrialPrescreen, file: string } | undefined} */
let tried;

/**
 * The check as people see it, with the document as it stands. It stays as it is until the document changes.
 * @param {Bench} bench
 * @returns {Piece[]}
 */
export function attempt(bench) {
  const said = bench.words.attempt;
  const file = bench.file();
  if (tried?.file !== file) {
    const element = /** @type {TrialPrescreen} */ (document.createElement('trial-prescreen'));
    element.trial = file;
    element.headingLevel = 2;
    tried = { element, file };
  }
  return [title(1, said.heading), make('p', {}, said.lead), make('div', { class: 'tried' }, tried.element)];
}
