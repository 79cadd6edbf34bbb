// @ts-check
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
 * A way to another site: only to an address that is https, and the site is named. Anything else stays text.
 * @param {string | undefined} address
 * @param {(host: string) => string} host
 */
export function outward(address, host) {
  const url = address !== undefined && URL.canParse(address) ? new URL(address) : undefined;
  if (url?.protocol !== 'https:' || url.username || url.password) return address;
  return make('a', { href: url.href, rel: 'noreferrer noopener external' }, url.href, host(url.host));
}
