// @ts-check
/** @import { Criterion, Expression } from "../pkg/trial_prescreen.js" */
/** @import { Bench } from "./bench.js" */

/** @type {WeakMap<object, Map<string, string>>} */
const known = new WeakMap();

/**
 * An expression in words, or that it has none: then its source says what it asks.
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
  const { judgement } = /** @type {Record<string, any>} */ (expression);
  const text = judgement?.text ?? (engine.print(expression, { language, category }) ?? words.wordless);
  said.set(key, text);
  return text;
}
