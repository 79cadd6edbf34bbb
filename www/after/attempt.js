// @ts-check
/** @import { CriterionExplanation, FactWords } from "../pkg/check.js" */
/** @import { TriedScreen } from "../journey.js" */
/** @import { View } from "../view.js" */

import { actions, button, heading, make, spoken, title } from '../dom.js';
import { framed } from '../view.js';
import { after } from './words.js';

/**
 * Which answer to try differently.
 * @param {View} view
 */
export async function pick(view) {
  const { words, locale, level, session, journey } = view;
  const said = after[locale];
  /** @type {Map<string, FactWords>} one row a question */
  const rows = new Map();
  for (const answer of await session.review(locale)) {
    const question = session.questionOf(answer.question);
    if (question && !rows.has(question.id)) rows.set(question.id, answer);
  }
  return framed(
    view,
    title(level, said.pick),
    make('p', { class: 'notice', part: 'note' }, words.question.trying),
    make(
      'dl',
      {},
      ...[...rows].map(([id, { label, value }]) => {
        const attempt = () => {
          const question = session.questionOf(id);
          if (question) journey.go({ name: 'question', question, expected: 0, atMost: 0, returning: true, trying: true });
        };
        return make(
          'div',
          { class: 'answer', part: 'answer' },
          make('dt', {}, label),
          make('dd', {}, value),
          make('dd', { class: 'change' }, button('link', attempt, said.another, spoken(`${words.sentence}${label}`))),
        );
      }),
    ),
    actions(button('secondary', () => journey.go({ name: 'result' }), said.back)),
  );
}

/**
 * What an answer would change, if it were given.
 * @param {View} view
 * @param {TriedScreen} screen
 */
export async function tried(view, { question, facts }) {
  const { words, locale, level, session, journey } = view;
  const said = after[locale];
  const [now, then, before, instead] = await Promise.all([
    session.explain(locale),
    session.explain(locale, session.factsWith(question.id, facts)),
    session.review(locale, session.factsOf(question.id)),
    session.review(locale, facts),
  ]);
  const changed = then.criteria.filter(({ id, verdict }) => now.criteria.some((one) => one.id === id && one.verdict !== verdict));
  const part = (/** @type {string} */ text) => heading(level + 1, {}, text);
  return framed(
    view,
    title(level, said.tried),
    make('p', { class: 'notice', part: 'note' }, words.question.trying),
    make('p', { class: 'lead' }, now.outcome === then.outcome && changed.length === 0 ? said.same : then.heading),
    changed.length > 0 && [part(said.changed), make('ul', { class: 'plain' }, ...changed.map((criterion) => change(criterion, now.criteria, words.sentence)))],
    part(said.now),
    ...rows(before, said.picked),
    part(said.then),
    ...rows(instead, said.picked),
    make('p', { class: 'notice', part: 'warning' }, then.notice),
    actions(
      button('primary', () => journey.go({ name: 'result' }), said.back),
      button('secondary', () => journey.go({ name: 'pick' }), said.another),
    ),
  );
}

/**
 * @param {CriterionExplanation} criterion
 * @param {CriterionExplanation[]} before
 * @param {string} colon
 */
function change({ id, short, word, reasons }, before, colon) {
  const was = before.find((one) => one.id === id)?.word;
  return make('li', {}, make('strong', {}, short), `${colon}${was} → ${word}`, ...reasons.map((reason) => make('p', {}, reason)));
}

/**
 * @param {FactWords[]} answers
 * @param {(label: string, value: string) => string} picked
 */
function rows(answers, picked) {
  return answers.map(({ label, value }) => make('p', {}, picked(label, value)));
}
