// @ts-check
/** @import { Diagnostic, Locale } from "../pkg/trial_prescreen.js" */
/** @import { Words } from "./words/en.js" */
/** @import { Piece } from "../dom.js" */

import { make } from '../dom.js';

/** No more than so many are shown at once. */
const MOST = 50;

/**
 * What the engine found: what is wrong, where, and what to do. The engine says it in English.
 * @param {Words} words
 * @param {Locale} locale
 * @param {Diagnostic[]} diagnostics
 * @param {string} text what the places count in; empty where they count in nothing that is shown
 * @param {(diagnostic: Diagnostic) => Piece} [more]
 */
export function findings(words, locale, diagnostics, text, more = () => null) {
  const { severity: names } = words;
  return make(
    'ul',
    { class: 'findings plain' },
    ...diagnostics.slice(0, MOST).map((diagnostic) => {
      const { severity, message, help, span, path, code } = diagnostic;
      const where = [span && text ? place(words, text, span.start) : '', path, code].filter(Boolean).join(' · ');
      return make(
        'li',
        { class: severity },
        make('strong', {}, names[severity], words.colon),
        make('span', { lang: 'en' }, message, '. ', make('span', { class: 'help' }, help, '.')),
        make('span', { class: 'small', lang: locale }, where),
        more(diagnostic),
      );
    }),
    diagnostics.length > MOST && make('li', {}, words.more(diagnostics.length - MOST)),
  );
}

/**
 * @param {Words} words
 * @param {string} text
 * @param {number} at
 */
export function place(words, text, at) {
  const before = text.slice(0, at).split('\n');
  return words.place(before.length, (before.at(-1)?.length ?? 0) + 1);
}
