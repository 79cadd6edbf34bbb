// @ts-check
/** @import { FactWords } from "../pkg/check.js" */
/** @import { View } from "../view.js" */

import { actions, button, heading, make, spoken, title } from '../dom.js';
import { change } from '../flow.js';
import { framed } from '../view.js';
import { locked } from './locked.js';

/** @param {View} view */
export async function review(view) {
  const { words, locale, level, session, journey } = view;
  const answers = await session.review(locale);
  const open = answers.filter((answer) => answer.open);
  const known = answers.filter((answer) => !answer.open);
  return framed(
    view,
    title(level, words.review.heading),
    open.length > 0 && [
      heading(level + 1, {}, words.review.open),
      make('p', { class: 'hint' }, words.review.openHint),
      make('dl', { part: 'summary-list' }, ...answerRows(view, open)),
    ],
    known.length > 0 && [heading(level + 1, {}, words.review.answers), make('dl', { part: 'summary-list' }, ...answerRows(view, known))],
    answers.length === 0 && make('p', {}, words.review.none),
    actions(button('primary', () => journey.go({ name: 'result' }), words.review.submit)),
    answers.length > 0 && locked(view),
  );
}

/**
 * Answers in short statements, each with a way to change it.
 * @param {View} view
 * @param {FactWords[]} answers
 */
export function answerRows(view, answers) {
  const { words, session } = view;
  return answers.map(({ label, value, question, open }) =>
    make(
      'div',
      { class: 'answer', part: 'answer' },
      make('dt', {}, label),
      make('dd', { class: open && 'open' }, value),
      session.questionOf(question) &&
        make('dd', { class: 'change' }, button('link', () => change(view, question), words.review.change, spoken(`${words.sentence}${label}`))),
    ),
  );
}
