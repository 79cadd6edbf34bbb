// @ts-check
/** @import { Diagnostic } from "../pkg/trial_prescreen.js" */
/** @import { Words } from "../words/en.js" */

import { make } from '../dom.js';

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
