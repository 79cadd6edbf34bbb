// @ts-check
/** @import { View } from "./view.js" */
/** @import { QuestionScreen } from "./journey.js" */

import { answerIn } from './fields/field.js';
import { offsetsIn } from './fields/onset.js';
import { following, missing } from './flow.js';

/**
 * Hands what the form says to the engine, and goes where that leads. What is only tried is not kept.
 * @param {View} view
 * @param {QuestionScreen} screen
 * @param {FormData} draft
 */
export async function submit(view, screen, draft) {
  const { session, journey } = view;
  if (!screen.trying) session.withdraw(screen.question.id);
  const answer = answerIn(screen.question, draft);
  const { facts, diagnostics } = answer ? await session.read(screen.question.id, answer) : { facts: [], diagnostics: [missing('')] };
  screen.draft = draft;
  screen.offsets = answer && 'onset' in answer ? offsetsIn(draft) : [];
  screen.errors = diagnostics.filter(({ severity }) => severity === 'error');
  if (screen.offsets.length > 1 && !screen.offsets.includes(String(draft.get('offset')))) screen.errors.push(missing('offset'));
  if (screen.errors.length > 0) return view.refresh();
  if (screen.trying) return journey.go({ name: 'tried', question: screen.question, facts });
  if (diagnostics.some(({ code }) => code === 'implausible-value')) return journey.go({ name: 'doubt', from: screen, facts, draft });
  session.keep(screen.question, facts, draft);
  journey.go(await following(view, screen));
}
