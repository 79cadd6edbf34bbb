// @ts-check
/** @import { Diagnostic } from "../pkg/check.js" */
/** @import { Problem } from "../engine.js" */
/** @import { Words } from "../words/en.js" */

import { actions, button, heading, make, title } from '../dom.js';

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
    actions(button('primary', again, words.problem.again)),
    problem.diagnostics.length > 0 && make('details', {}, make('summary', {}, details), findings(words, problem)),
  ];
}

/**
 * What the engine found in a file: what is wrong, where, and what to do.
 * @param {Words} words
 * @param {{ diagnostics: Diagnostic[], text: string }} read
 */
export function findings(words, { diagnostics, text }) {
  return make(
    'ul',
    { class: 'findings', lang: 'en' },
    ...diagnostics.slice(0, 50).map(({ message, help, span, path, code }) =>
      make(
        'li',
        {},
        make('strong', {}, message),
        make('br'),
        help,
        make('br'),
        make('span', { class: 'small', lang: words.locale }, [code, span && place(words, text, span.start), path].filter(Boolean).join(' · ')),
      ),
    ),
  );
}

/**
 * @param {Words} words
 * @param {string} text
 * @param {number} at
 */
function place({ start }, text, at) {
  const before = text.slice(0, at).split('\n');
  return start.place(before.length, (before.at(-1)?.length ?? 0) + 1);
}
