// @ts-check
/** @import { Locale } from "../pkg/check.js" */
/** @import { Listed } from "./list.js" */
/** @import { FindWords } from "./words/en.js" */

import { make } from '../dom.js';
import { agesWords, plain, terms, together } from '../terms/terms.js';
import { inLanguage } from '../words.js';
import { to } from '../shell.js';

/**
 * One trial of the list, with the ways on from it.
 * @param {Listed} trial
 * @param {FindWords} words
 * @param {Locale} locale
 */
export function card(trial, words, locale) {
  const title = inLanguage(trial.title, locale) ?? trial.id;
  const name = `trial-${trial.id}`;
  const { notStated, criteria } = terms[locale];
  const all = facts(trial, words, locale);
  const silent = together(locale, all.flatMap(([term, value]) => (value ? [] : [term])));
  return make(
    'li',
    { class: 'card' },
    make('article', { 'aria-labelledby': name },
      make('h3', { id: name }, make('a', { href: to('trial.html', locale, trial.id) }, title)),
      make('p', {}, inLanguage(trial.overview, locale)),
      make('dl', { class: 'facts' }, ...all.flatMap(([term, value]) => (value ? [make('dt', {}, term), make('dd', {}, value)] : [])),
        silent && make('dt', {}, notStated), silent && make('dd', { class: 'hint' }, silent)),
      make('p', { class: `criteria ${trial.criteria}` }, criteria[trial.criteria]),
      make('p', { class: 'ways' },
        make('a', { href: to('trial.html', locale, trial.id), 'aria-describedby': name }, words.read),
        make('a', { href: to('check.html', locale, trial.id), 'aria-describedby': name }, words.check),
      ),
    ),
  );
}

/**
 * @param {Listed} trial
 * @param {FindWords} words
 * @param {Locale} locale
 * @returns {[string, string | undefined][]}
 */
function facts(trial, words, locale) {
  const said = terms[locale];
  const all = (/** @type {Record<string, string>[]} */ texts) => together(locale, texts.map((text) => inLanguage(text, locale) ?? ''));
  return [
    [words.condition, all(trial.conditions ?? [])],
    [words.status, trial.status && plain(said.statuses, trial.status)],
    [words.phase, together(locale, (trial.phases ?? []).map((phase) => plain(said.phases, phase)))],
    [words.ages, agesWords(locale, trial.minimumAge, trial.maximumAge)],
    [words.sex, trial.sex && plain(said.sexes, trial.sex)],
    [words.country, all(trial.countries)],
    [words.number, together(locale, (trial.identifiers ?? []).map(({ value }) => value))],
  ];
}
