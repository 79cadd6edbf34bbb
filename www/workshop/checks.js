// @ts-check
/** @import { Bench } from "./bench.js" */
/** @import { Piece } from "../dom.js" */

import { make, title } from '../dom.js';
import { checks as found, looksOver } from './card.js';
import { press } from './controls.js';
import { findings } from './findings.js';

/**
 * What the lint finds in the document as it stands.
 * @param {Bench} bench
 * @returns {Piece[]}
 */
export function checks(bench) {
  const { words, locale, draft } = bench;
  const said = words.checks;
  const look = () => {
    bench.say(words.open.reading, true);
    setTimeout(() => {
      found(bench);
      bench.refresh('title');
      bench.say(said.lead);
    }, 50);
  };
  const to = (/** @type {string} */ id) => {
    bench.view = 'reading';
    bench.filter = 'all';
    bench.shown = Math.max(bench.shown, draft.eligibility.criteria.length * 2);
    bench.refresh(`card-${id}`);
  };
  const head = [title(1, said.heading), make('p', {}, said.lead)];
  if (!looksOver(bench)) return [...head, make('p', {}, said.slow), make('p', { class: 'actions' }, press('primary', look, said.run))];
  const all = found(bench);
  if (all.length === 0) return [...head, make('p', {}, said.none)];
  return [
    ...head,
    findings(words, locale, all, '', ({ path = '' }) => {
      const at = /^eligibility\.criteria\[(\d+)\]/.exec(path)?.[1];
      const criterion = at && draft.eligibility.criteria[Number(at)];
      return criterion && press('link', () => to(criterion.id), said.to(criterion.id));
    }),
  ];
}
