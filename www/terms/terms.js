// @ts-check
/** @import { Locale } from "../pkg/check.js" */
/** @import { Terms } from "./en.js" */

import { entry, words } from '../words.js';
import { en } from './en.js';
import { zh } from './zh-cn.js';

/** @type {Record<Locale, Terms>} */
export const terms = { en, 'zh-CN': zh };

/**
 * A registry's code in plain words.
 * @param {Record<string, string>} table
 * @param {string} code
 */
export function plain(table, code) {
  return entry(table, code) ?? code;
}

/**
 * An age as registries write it, `18 Years`, in the language's words.
 * @param {Locale} locale
 * @param {string} age
 */
export function ageWords(locale, age) {
  const [number, unit = ''] = age.split(' ');
  const said = entry(words[locale].ageUnits, unit);
  return said ? `${number}${locale === 'en' ? ' ' : ''}${said}` : age;
}

/**
 * Between which ages a trial takes people; empty where it does not say.
 * @param {Locale} locale
 * @param {string | undefined} from
 * @param {string | undefined} to
 */
export function agesWords(locale, from, to) {
  const { between, atLeast, atMost } = words[locale].start;
  const [low, high] = [from && ageWords(locale, from), to && ageWords(locale, to)];
  if (low && high) return between(low, high);
  return low ? atLeast(low) : high ? atMost(high) : '';
}

const YEARS = /** @type {Record<string, number>} */ ({ Year: 1, Years: 1, Month: 1 / 12, Months: 1 / 12, Week: 7 / 365.25, Weeks: 7 / 365.25, Day: 1 / 365.25, Days: 1 / 365.25 });

/**
 * An age as registries write it, in years; nothing where it says none.
 * @param {string | undefined} age
 */
export function yearsOf(age) {
  const [number, unit = ''] = (age ?? '').split(' ');
  return Object.hasOwn(YEARS, unit) && /^\d+$/.test(number) ? Number(number) * YEARS[unit] : undefined;
}

/**
 * Several things side by side.
 * @param {Locale} locale
 * @param {string[]} texts
 */
export function together(locale, texts) {
  return texts.join(locale === 'en' ? ', ' : '、');
}
