// @ts-check
/** @import { Locale } from "./pkg/check.js" */
/** @import { Words } from "./words/en.js" */

import { en } from './words/en.js';
import { zh } from './words/zh-cn.js';

/** @type {Record<Locale, Words>} */
export const words = { en, 'zh-CN': zh };

/**
 * The language of the words for a language tag.
 * @param {string} tag
 * @returns {Locale}
 */
export function localeOf(tag) {
  return /^zh\b/i.test(tag) ? 'zh-CN' : 'en';
}

/**
 * The language in which something is shown: the one that is wanted, or else the other, where that alone is there.
 * @param {Locale} wanted
 * @param {string[]} languages
 */
export function shownIn(wanted, languages) {
  const other = wanted === 'en' ? 'zh-CN' : 'en';
  return !languages.includes(wanted) && languages.includes(other) ? other : wanted;
}

/**
 * The words in this language, or else in English, or else in whichever there are.
 * @template T
 * @param {Record<string, T> | undefined} localized
 * @param {Locale} locale
 * @returns {T | undefined}
 */
export function inLanguage(localized, locale) {
  return localized && (localized[locale] ?? localized.en ?? Object.values(localized)[0]);
}

/**
 * An entry of a table whose keys come from a document.
 * @param {Record<string, string> | undefined} table
 * @param {string} key
 */
export function entry(table, key) {
  return table && Object.hasOwn(table, key) ? table[key] : undefined;
}
