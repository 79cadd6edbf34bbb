// @ts-check
/** @import { View } from "../view.js" */

import { button, heading, make, title } from '../dom.js';
import { framed } from '../view.js';
import { answerList } from './answers.js';

/** @param {View} view */
export function review(view) {
  const { words, locale, level, session, journey } = view;
  const answers = session.review(locale);
  const open = answers.filter((answer) => answer.open);
  const known = answers.filter((answer) => !answer.open);
  return framed(
    view,
    title(level, words.review.heading),
    open.length > 0 && [heading(level + 1, {}, words.review.open), make('p', { class: 'hint' }, words.review.openHint), answerList(view, open)],
    known.length > 0 && [heading(level + 1, {}, words.review.answers), answerList(view, known)],
    answers.length === 0 && make('p', {}, words.review.none),
    make('p', { class: 'actions' }, button('primary', () => journey.go({ name: 'result' }), words.review.submit)),
  );
}
