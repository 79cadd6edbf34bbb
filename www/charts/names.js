// @ts-check
/** @import { Desk } from "./page.js" */

import { inLanguage } from '../words.js';

/** What something is called. @param {Desk} desk @param {string} key */
export function nameOf({ study, locale }, key) {
  const { questions = {} } = /** @type {{ questions?: Record<string, { text?: Record<string, { short?: string }> }> }} */ (study);
  const short = Object.hasOwn(questions, key) ? inLanguage(questions[key].text, locale)?.short : undefined;
  if (short) return short;
  const [, id = ''] = /^(?:judgement|unread):(.*)$/.exec(key) ?? [];
  const criterion = study?.eligibility.criteria.find((one) => one.id === id);
  return inLanguage(criterion?.text, locale)?.short || key.replace(/^text:/, '');
}
