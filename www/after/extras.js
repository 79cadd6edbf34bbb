// @ts-check
/** @import { Explanation } from "../pkg/check.js" */
/** @import { View } from "../view.js" */

import { now } from '../clock.js';
import { button, heading, list, make } from '../dom.js';
import { save } from '../save.js';
import { calendarFile } from './calendar.js';
import { after } from './words.js';

/**
 * The dates of a result, and a way to put them into a calendar.
 * @param {View} view
 * @param {Explanation} found
 */
export async function dates(view, found) {
  const { words, locale, level, session } = view;
  if (found.dates.length === 0) return null;
  const { id } = session.study;
  const said = after[locale];
  const { until, from } = await session.evaluate();
  const entries = [
    until && { id: `${id}-until-${until}@trial-prescreen`, at: until, summary: said.until(id), description: said.about },
    from && { id: `${id}-from-${from}@trial-prescreen`, at: from, summary: said.from(id), description: said.about },
  ].filter((entry) => entry !== undefined && entry !== '');
  const write = () => save(said.calendarFile(id), 'text/calendar', calendarFile(entries, now()));
  return [
    heading(level + 1, {}, words.result.dates),
    list(found.dates) || '',
    entries.length > 0 && make('p', { class: 'tools' }, button('link', write, said.calendar)),
  ];
}

/**
 * What stands in the way and how far off it is, where something speaks against it.
 * @param {View} view
 * @param {Explanation} found
 */
export async function otherwise({ locale, level, session }, found) {
  if (found.outcome !== 'not-now') return null;
  const { criteria, near } = await session.otherwise(locale);
  const sentences = near.length > 0 ? near : criteria.flatMap((criterion) => criterion.sentences);
  if (sentences.length === 0) return null;
  return [heading(level + 1, {}, after[locale].otherwise), list(sentences) || ''];
}

/** @param {View} view a result that has answers to try differently */
export function attempt({ locale, level, journey }) {
  const said = after[locale];
  return make(
    'div',
    { class: 'tools' },
    heading(level + 1, {}, said.attempt),
    make('p', {}, said.attemptHint),
    make('p', {}, button('secondary', () => journey.go({ name: 'pick' }), said.another)),
  );
}

/**
 * The digests by which anyone can check later what was evaluated, and what came out.
 * @param {View} view
 */
export async function receipt({ words, locale, session }) {
  const { receipt } = await session.receipt();
  if (!receipt) return null;
  const said = after[locale];
  const rows = { [said.digest]: receipt.digest, [said.answersDigest]: receipt.facts, [said.trialDigest]: receipt.trial };
  return make(
    'details',
    { class: 'part receipt' },
    make('summary', {}, said.receipt),
    make('p', {}, said.receiptHint),
    ...Object.entries(rows).map(([label, digest]) => make('p', { class: 'small' }, `${label}${words.sentence}`, make('code', {}, digest))),
  );
}
