// @ts-check
/** @import { Locale } from "../pkg/check.js" */
/** @import { FieldWords } from "./words/en.js" */

import { entry } from '../words.js';
import { en } from './words/en.js';
import { zh } from './words/zh-cn.js';

/** @type {Record<Locale, FieldWords>} */
export const fieldWords = { en, 'zh-CN': zh };

/**
 * What to say about a problem with an answer.
 * @param {Locale} locale
 * @param {string} code
 * @param {string} path
 */
export function errorWords(locale, code, path) {
  const field = path.split('.').at(-1)?.replace(/\[\d+\]$/, '') ?? '';
  const { errors } = fieldWords[locale];
  return entry(errors, `${code} ${field}`) ?? entry(errors, code) ?? errors.other;
}

/**
 * A unit as people see it; none for a score.
 * @param {Locale} locale
 * @param {string} unit
 */
export function unitWords(locale, unit) {
  return /^\{.*\}$/.test(unit) ? '' : (entry(fieldWords[locale].units, unit) ?? unit);
}
