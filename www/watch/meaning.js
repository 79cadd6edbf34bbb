// @ts-check
/** @import { Place } from "../view.js" */
/** @import { Person } from "./outcomes.js" */
/** @import { Pair } from "./report.js" */

import { heading, list, make } from '../dom.js';
import { inLanguage } from '../words.js';
import { meant, turned } from './outcomes.js';
import { words } from './words.js';

/**
 * For which studies a person's answers lead to another result than before, and why.
 * @param {Place} place
 * @param {Pair[]} pairs
 * @param {string} since
 * @param {Person} person
 */
export async function meaning({ locale, level }, pairs, since, person) {
  const said = words[locale].report;
  const items = (await Promise.all(pairs.map((pair) => one(pair, since, person, locale)))).filter((item) => item !== undefined);
  return [
    heading(level + 1, {}, said.you),
    items.length > 0 && make('ul', { class: 'plain' }, ...items),
    items.length < pairs.length && make('p', {}, items.length > 0 ? said.sameOutcome : said.allSame),
    make('p', { class: 'notice', part: 'warning' }, said.decides),
  ];
}

/**
 * @param {Pair} pair
 * @param {string} since
 * @param {Person} person
 * @param {import("../pkg/check.js").Locale} locale
 */
async function one({ id, before, now }, since, person, locale) {
  const said = words[locale].report;
  if (!now) return undefined;
  const name = make('strong', {}, inLanguage(now.study.title, locale) ?? id);
  if (!before) return make('li', { 'data-outcome': id }, name, make('p', {}, said.first((await meant(now, person, locale)).heading)));
  const turn = await turned(before, now, since, person, locale);
  return turn && make('li', { 'data-outcome': id, 'data-cause': turn.cause }, name,
    make('p', {}, said.turned(turn.before.heading, turn.now.heading)),
    make('p', {}, said.causes[turn.cause]),
    list(turn.reasons.flatMap(({ short, word, reasons }) => [`${short}: ${word}`, ...reasons])));
}
