// @ts-check
/** @import { Locale } from "../pkg/check.js" */
/** @import { Piece } from "../dom.js" */

import { make } from '../dom.js';

/**
 * A part of the page under its heading; nothing where it holds nothing.
 * @param {string} id
 * @param {string} label
 * @param {...(Piece | Piece[])} contents
 */
export function part(id, label, ...contents) {
  const there = contents.flat().filter(Boolean);
  return there.length > 0 && make('section', { 'aria-labelledby': id, 'data-block': id }, make('h2', { id, tabindex: -1 }, label), ...there);
}

/**
 * Terms with what is said of each; those of which nothing is said are left out.
 * @param {[term: string, value: Piece | undefined][]} rows
 */
export function table(rows) {
  const said = rows.flatMap(([term, value]) => (value ? [make('dt', {}, term), make('dd', {}, value)] : []));
  return said.length > 0 && make('dl', { class: 'facts' }, ...said);
}

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

/**
 * A way to another site: only to an address that is https, and the site is named. Anything else stays text.
 * @param {string | undefined} address
 * @param {(host: string) => string} host
 */
export function outward(address, host) {
  const url = address !== undefined && URL.canParse(address) ? new URL(address) : undefined;
  if (url?.protocol !== 'https:' || url.username || url.password) return address;
  return make('a', { href: url.href, rel: 'noreferrer noopener external' }, url.href, host(url.host));
}
