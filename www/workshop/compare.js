// @ts-check
/** @import { Bench } from "./bench.js" */
/** @import { Piece } from "../dom.js" */

import { title } from '../dom.js';

/** @param {Bench} bench @returns {Piece[]} */
export function compare({ words }) {
  return [title(1, words.compare.heading)];
}
