// @ts-check
/** @import { FactWords } from "../pkg/trial_prescreen.js" */
/** @import { View } from "../view.js" */

import { button, make, spoken } from '../dom.js';
import { change } from '../flow.js';

/**
 * Answers in short statements, each with a way to change it.
 * @param {View} view
 * @param {FactWords[]} answers
 */
export function answerList(view, answers) {
  const { words, session } = view;
  return make(
    'dl',
    { class: 'answers', part: 'summary-list' },
    ...answers.flatMap(({ label, value, question, open }) => [
      make('dt', {}, label),
      make('dd', { class: open && 'open' }, value),
      make(
        'dd',
        { class: 'change' },
        session.questionOf(question) && button('link', () => change(view, question), words.review.change, spoken(`${words.sentence}${label}`)),
      ),
    ]),
  );
}
