// @ts-check
/** @import { Diagnostic } from "./pkg/check.js" */
/** @import { View } from "./view.js" */
/** @import { QuestionScreen, Screen } from "./journey.js" */

/**
 * The screen that follows.
 * @param {View} view
 * @param {QuestionScreen} [from] the question that was answered
 * @returns {Promise<Screen>}
 */
export async function following({ session, journey, locale }, from) {
  const plan = await session.plan();
  const before = session.settled;
  session.settled = plan.stopped === 'determined';
  if (from && session.settled && !before && !session.goOn && (await session.explain(locale)).outcome === 'not-now') {
    return { name: 'stop', question: from.question };
  }
  const { ahead } = journey;
  if (!from?.returning && ahead?.name === 'question' && session.has(ahead.question.id)) return ahead;
  if (!plan.question) return { name: 'review' };
  return { name: 'question', question: plan.question, expected: plan.expected, atMost: plan.atMost, returning: from?.returning };
}

/**
 * What is said where the form leaves open what the engine must be told.
 * @param {string} path
 * @returns {Diagnostic}
 */
export function missing(path) {
  return { code: 'no-answer', path, severity: 'error', message: '', help: '' };
}

/**
 * Opens the question that has this item, to change its answer.
 * @param {View} view
 * @param {string} key
 */
export function change({ session, journey }, key) {
  const question = session.questionOf(key);
  if (question) journey.go({ name: 'question', question, expected: 0, atMost: 0, returning: true });
}
