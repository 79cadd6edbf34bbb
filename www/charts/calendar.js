// @ts-check
/** @import { Outlook } from "../pkg/trial_prescreen.js" */
/** @import { Standings } from "./standings.js" */

import { OUTCOMES } from './judge.js';

/** What a day brings. @typedef {"again" | "gone" | "expires"} Turn */
/** @typedef {{ day: string, turn: Turn, numbers: number[] }} Line  those whom it brings it to */

/** More lines are not shown. */
const MOST = 400;

/**
 * What is known of days to come, the first first: who may be tried again, who is possible no longer, and of whom some
 * verdict gets out of date.
 * @param {Standings} standings
 * @param {number} days so many from the moment that is judged from; all for 0
 * @returns {Line[]}
 */
export function lines({ people, outlooks, proposed, asOf }, days) {
  const today = asOf.slice(0, 10);
  const last = days > 0 ? new Date(Date.parse(`${today}T00:00:00Z`) + days * 86_400_000).toISOString().slice(0, 10) : '9999';
  /** @type {Map<string, Line>} */
  const all = new Map();
  people.forEach(({ number }, place) => {
    const outlook = outlooks[place];
    for (const [turn, moment] of outlook ? turns(outlook, OUTCOMES[proposed[place]]) : []) {
      const day = moment.slice(0, 10);
      if (day < today || day > last) continue;
      const key = `${day} ${turn}`;
      const line = all.get(key) ?? { day, turn, numbers: [] };
      line.numbers.push(number);
      all.set(key, line);
    }
  });
  return [...all.values()].sort((a, b) => (a.day === b.day ? (a.turn < b.turn ? -1 : 1) : a.day < b.day ? -1 : 1)).slice(0, MOST);
}

/** @param {Outlook} outlook @param {typeof OUTCOMES[number]} outcome @returns {[Turn, string][]} */
function turns({ callBack, possibleUntil, from, then, expires }, outcome) {
  /** @type {[Turn, string | undefined][]} */
  const turns = outcome === 'ineligible'
    ? [['again', callBack ?? (then && then !== 'ineligible' ? from : undefined)]]
    : [['gone', possibleUntil], ['expires', expires === possibleUntil ? undefined : expires]];
  return /** @type {[Turn, string][]} */ (turns.filter(([, moment]) => moment));
}
