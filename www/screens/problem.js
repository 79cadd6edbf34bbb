// @ts-check
/** @import { Problem } from "../engine.js" */
/** @import { Words } from "../words/en.js" */

import { button, heading, make, title } from '../dom.js';
import { findings } from './findings.js';

/**
 * The check cannot go on: why, what still works, and a way to try again.
 * @param {Words} words
 * @param {number} level
 * @param {Problem} problem
 * @param {() => void} again
 */
export function problem(words, level, problem, again) {
  const { heading: main, safe, still, stillCan, details } = words.problem;
  return [
    title(level, main),
    make('p', { class: 'lead' }, words.problem[problem.kind]),
    make('p', {}, safe),
    heading(level + 1, {}, still),
    make('p', {}, stillCan),
    make('slot', { name: 'contact' }),
    make('slot', { name: 'fallback' }),
    make('p', { class: 'notice' }, words.help.emergency),
    make('p', { class: 'actions' }, button('primary', again, words.problem.again)),
    problem.diagnostics.length > 0 && make('details', {}, make('summary', {}, details), findings(words, problem)),
  ];
}
