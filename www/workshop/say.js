// @ts-check
/** @import { Criterion, Expression } from "../pkg/trial_prescreen.js" */
/** @import { Bench } from "./bench.js" */

import { partsOf } from './document.js';

/** @type {WeakMap<object, Map<string, string>>} */
const known = new WeakMap();

/**
 * An expression in words. A group that no words say to the full is said part by part, and such a leaf as the document
 * has it.
 * @param {Bench} bench
 * @param {Expression} expression
 * @param {Criterion["category"]} category
 * @returns {string}
 */
export function inWords(bench, expression, category) {
  const { engine, locale, words } = bench;
  const said = known.get(expression) ?? new Map();
  known.set(expression, said);
  const key = `${locale} ${category}`;
  const before = said.get(key);
  if (before !== undefined) return before;
  const language = locale === 'en' ? 'en' : 'zh';
  const [[kind, body]] = Object.entries(/** @type {Record<string, any>} */ (expression));
  const parts = () => partsOf(expression)?.map((part) => inWords(bench, part, category)).join('; ');
  const group = () => partsOf(expression) && `${/** @type {Record<string, string>} */ (words.edit.kinds)[kind]}${words.colon}(${parts()})`;
  const text = kind === 'judgement' ? body.text : (engine.print(expression, { language, category }) ?? group() ?? JSON.stringify(expression));
  said.set(key, text);
  return text;
}
