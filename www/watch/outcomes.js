// @ts-check
/** @import { Explanation, Fact, Locale, Respondent } from "../pkg/check.js" */
/** @import { OpenTrial } from "../connect.js" */
/** @import { Session } from "../session.js" */

/** @typedef {{ facts: Fact[], respondent: Respondent, given: string, asOf: string }} Person  what is known about one person, in memory: when it was said, and now */
/** @typedef {"document" | "time"} Cause */
/** @typedef {{ before: Explanation, now: Explanation, cause: Cause, reasons: { short: string, word: string, reasons: string[] }[] }} Turn */

/**
 * The person whose answers a check has; nobody where it has none.
 * @param {Session} session
 * @returns {Person | undefined}
 */
export function personIn({ facts, respondent, answered, asOf }) {
  if (facts.length === 0) return undefined;
  return { facts, respondent, asOf, given: answered.map(([, , moment]) => moment).reduce(later) };
}

/**
 * What a person's answers mean now, where that is not what they meant: judged by the old document at the old moment, by
 * the old one now, and by the new one now.
 * @param {OpenTrial} before
 * @param {OpenTrial} now
 * @param {string} since
 * @param {Person} person
 * @param {Locale} locale
 * @returns {Promise<Turn | undefined>} nothing where the outcome is the same
 */
export async function turned(before, now, since, person, locale) {
  const [then, meanwhile, present] = await Promise.all([
    meant(before, person, locale, later(since, person.given)), meant(before, person, locale), meant(now, person, locale),
  ]);
  if (then.outcome === present.outcome) return undefined;
  const cause = meanwhile.outcome === present.outcome ? 'time' : 'document';
  const verdicts = new Map(then.criteria.map(({ id, verdict }) => [id, verdict]));
  const reasons = present.criteria.filter(({ id, verdict }) => verdict !== (verdicts.get(id) ?? 'pass'));
  return { before: then, now: present, cause, reasons: reasons.map(({ short, word, reasons }) => ({ short, word, reasons })) };
}

/** The later of two moments: before somebody said anything, nothing was meant by it. @param {string} one @param {string} other */
function later(one, other) {
  return Date.parse(other) > Date.parse(one) ? other : one;
}

/**
 * @param {OpenTrial} trial
 * @param {Person} person
 * @param {Locale} locale
 * @param {string} [asOf]
 */
export function meant(trial, { facts, respondent, asOf: now }, locale, asOf = now) {
  return trial.ask('explain', facts, { asOf, locale, respondent, audience: respondent === 'staff' ? 'staff' : 'person' });
}
