// @ts-check
/** @import { Locale } from "../pkg/check.js" */

import { COLOURS } from '../style.js';
import { localeOf } from '../words.js';

/**
 * The language of the nearest ancestor that has one, out of every shadow root.
 * @param {Element} element
 * @returns {Locale}
 */
export function localeAround(element) {
  /** @type {Element | undefined} */
  let place = element;
  while (place) {
    const named = place.closest('[lang]');
    if (named) return localeOf(named.getAttribute('lang') ?? '');
    const root = place.getRootNode();
    place = root instanceof ShadowRoot ? root.host : undefined;
  }
  return localeOf(document.documentElement.lang);
}

/**
 * Whether an address is of the site that the page is of.
 * @param {string} address
 */
export function isOfThisSite(address) {
  return URL.canParse(address, document.baseURI) && new URL(address, document.baseURI).origin === location.origin;
}

/**
 * Whether the page gives the element colours of its own and is still being worked on: this very device serves it.
 * @param {Element} element
 */
export function isBeingThemed(element) {
  if (!/^(localhost|127(\.\d+){3}|\[::1\])$/.test(location.hostname)) return false;
  const style = getComputedStyle(element);
  return Object.keys(COLOURS).some((name) => style.getPropertyValue(`--prescreen-${name}`) !== '');
}
