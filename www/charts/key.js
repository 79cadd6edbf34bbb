// @ts-check
/** @import { Subject } from "../pkg/trial_prescreen.js" */

/**
 * The key of a subject, as a trial document names its question.
 * @param {Subject} subject
 * @returns {string}
 */
export function keyOf(subject) {
  if ('concept' in subject) return subject.concept;
  if ('ratio' in subject) return `ratio:${subject.ratio.map(keyOf).join('/')}`;
  const [[kind, text]] = Object.entries(subject);
  return `${kind}:${text}`;
}
