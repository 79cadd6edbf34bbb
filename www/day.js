// @ts-check
/** @import { Locale } from "./pkg/check.js" */

/**
 * A date as people write it, as precise as it is known.
 * @param {Locale} locale
 * @param {string | undefined} date
 */
export function dateWords(locale, date) {
  const [, year, month, day] = /^(\d{4})(?:-(\d{2}))?(?:-(\d{2}))?/.exec(date ?? '') ?? [];
  if (!year) return date ?? '';
  const at = new Date(Date.UTC(Number(year), Number(month ?? 1) - 1, Number(day ?? 1)));
  /** @type {Intl.DateTimeFormatOptions} */
  const precision = { year: 'numeric', ...(month && { month: 'long' }), ...(day && { day: 'numeric' }), timeZone: 'UTC' };
  return new Intl.DateTimeFormat(locale === 'en' ? 'en-GB' : locale, precision).format(at);
}
