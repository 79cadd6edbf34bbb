// @ts-check
/** @import { Diagnostic } from "./pkg/check.js" */
/** @import { View } from "./view.js" */
/** @import { QuestionScreen, Screen } from "./journey.js" */

import { answerIn } from './fields/field.js';
import { offsetsIn } from './fields/onset.js';

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
 * Hands what the form says to the engine, and goes where that leads.
 * @param {View} view
 * @param {QuestionScreen} screen
 * @param {FormData} draft
 */
export async function submit(view, screen, draft) {
  const { session, journey } = view;
  session.withdraw(screen.question.id);
  const answer = answerIn(screen.question, draft);
  const { facts, diagnostics } = answer ? await session.read(screen.question.id, answer) : { facts: [], diagnostics: [missing('')] };
  screen.draft = draft;
  screen.offsets = answer && 'onset' in answer ? offsetsIn(draft) : [];
  screen.errors = diagnostics.filter(({ severity }) => severity === 'error');
  if (screen.offsets.length > 1 && !screen.offsets.includes(String(draft.get('offset')))) screen.errors.push(missing('offset'));
  if (screen.errors.length > 0) return view.refresh();
  if (diagnostics.some(({ code }) => code === 'implausible-value')) return journey.go({ name: 'doubt', from: screen, facts, draft });
  session.keep(screen.question, facts, draft);
  journey.go(await following(view, screen));
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
