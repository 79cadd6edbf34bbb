// @ts-check
/** @import { Words } from "../words/en.js" */

import { button, heading, make } from '../dom.js';

/**
 * The errors of a screen at its top, each leading to its field; nothing where there are none.
 * @param {Words} words
 * @param {number} level
 * @param {Map<string, string>} errors
 */
export function summary(words, level, errors) {
  if (errors.size === 0) return null;
  return make(
    'section',
    { class: 'summary', part: 'error-summary', tabindex: -1, 'aria-labelledby': 'problem' },
    heading(level + 1, { id: 'problem' }, words.question.problem),
    make('ul', {}, ...[...errors].map(([path, text]) => make('li', {}, button('link', (event) => lead(event, path), text)))),
  );
}

/**
 * @param {Event} event
 * @param {string} path
 */
function lead({ currentTarget }, path) {
  const root = /** @type {HTMLElement} */ (currentTarget).getRootNode();
  if (!(root instanceof ShadowRoot)) return;
  const name = CSS.escape(path);
  const field = root.querySelector(`[name="${name}"]`) ?? root.querySelector(`[data-field="${name}"] :is(input, select)`) ?? root.querySelector('form :is(input, select)');
  if (field instanceof HTMLElement) field.focus();
}
