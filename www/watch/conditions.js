// @ts-check
/** @import { TrialDocument } from "../pkg/check.js" */

/** @typedef {TrialDocument["eligibility"]["criteria"][number]} Criterion */
/** @typedef {{ before?: Criterion, now?: Criterion }} Change  one that is new has no before, one that is gone no now */

/**
 * The conditions of a study that are not what they were.
 * @param {TrialDocument} before
 * @param {TrialDocument} now
 * @returns {Change[]}
 */
export function changes(before, now) {
  const old = new Map(before.eligibility.criteria.map((criterion) => [criterion.id, criterion]));
  const present = new Set(now.eligibility.criteria.map(({ id }) => id));
  const altered = now.eligibility.criteria.flatMap((criterion) => {
    const earlier = old.get(criterion.id);
    return earlier && meaning(earlier) === meaning(criterion) ? [] : [{ before: earlier, now: criterion }];
  });
  const gone = before.eligibility.criteria.filter(({ id }) => !present.has(id));
  return [...altered, ...gone.map((criterion) => ({ before: criterion }))];
}

/** All of a condition but where it was found. @param {Criterion} criterion */
function meaning(criterion) {
  return JSON.stringify({ ...criterion, source: undefined });
}
