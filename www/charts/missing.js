// @ts-check
/** @import { Evaluation } from "../pkg/trial_prescreen.js" */

/**
 * One thing that somebody could find out.
 * @typedef {object} Missing
 * @property {string} key  of the question, or of the subject where nothing asks for it
 * @property {number} people  of whom it is missing, or there and not good enough
 * @property {number} alone  for whom nothing else is missing
 * @property {Record<string, number>} kinds  how it is missing: absent, stale, …
 * @property {string[]} criteria
 */

/**
 * What is missing in how many of the people whom nothing rules out. Where a criterion can be settled by several things,
 * each of them counts, the first to ask for alone as what is missing.
 * @param {Evaluation[]} evaluations
 * @returns {{ missing: Missing[], open: number }} the most often missing first
 */
export function missing(evaluations) {
  /** @type {Map<string, Missing>} */
  const all = new Map();
  let open = 0;
  for (const { determination, criteria } of evaluations) {
    if (determination !== 'undetermined') continue;
    open += 1;
    /** @type {Map<string, Set<string>>} */
    const own = new Map();
    for (const { id, verdict, gaps } of criteria) {
      const [gap] = gaps;
      if (verdict !== 'pending' || !gap) continue;
      const key = gap.asks[0] ?? id;
      const one = all.get(key) ?? { key, people: 0, alone: 0, kinds: {}, criteria: [] };
      all.set(key, one);
      one.kinds[gap.kind] = (one.kinds[gap.kind] ?? 0) + 1;
      if (!one.criteria.includes(id)) one.criteria.push(id);
      own.set(key, (own.get(key) ?? new Set()).add(id));
    }
    for (const key of own.keys()) {
      const one = /** @type {Missing} */ (all.get(key));
      one.people += 1;
      if (own.size === 1) one.alone += 1;
    }
  }
  return { missing: [...all.values()].sort((a, b) => b.people - a.people || (a.key < b.key ? -1 : 1)), open };
}
