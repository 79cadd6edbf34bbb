// @ts-check
/** @import { Locale } from "./pkg/check.js" */

import { keepOffline } from './offline.js';
import { localeOf, words } from './words.js';

/**
 * The address of a page of this site, in this language.
 * @param {string} page
 * @param {Locale} locale
 * @param {string} [id] a trial's, or several joined by `+`
 */
export function to(page, locale, id = '') {
  const own = localeOf(navigator.language) === locale ? '' : `?lang=${locale}`;
  return `${page}${own}${id && `#${id}`}`;
}

/** The language that the address asks for, or else the browser. */
export function preferred() {
  return localeOf(new URLSearchParams(location.search).get('lang') ?? navigator.language);
}

/**
 * What stands around a page that only shows: its languages, the way to its main part, the notes at its end.
 * @param {(locale: Locale) => { title: string, skip: string }} show fills the page in this language
 * @returns {() => void} shows the page anew, in the language that it has
 */
export function shell(show) {
  const switches = [...document.querySelectorAll('.languages button[lang]')];
  const main = /** @type {HTMLElement} */ (document.querySelector('main'));
  let kept = false;
  const note = () => write('kept', kept ? words[localeOf(document.documentElement.lang)].offline.kept : '');
  /** @param {Locale} locale */
  const speak = (locale) => {
    const { product, aboutPage } = words[locale];
    document.documentElement.lang = locale;
    const { title, skip } = show(locale);
    document.title = `${title} · ${product}`;
    for (const [name, text] of Object.entries({ product, skip, decides: aboutPage[0], advice: aboutPage[1] })) write(name, text);
    note();
    for (const one of switches) one.setAttribute('aria-pressed', String(one.getAttribute('lang') === locale));
  };
  for (const one of switches) one.addEventListener('click', () => speak(localeOf(one.getAttribute('lang') ?? '')));
  document.querySelector('.skip')?.addEventListener('click', (event) => {
    event.preventDefault();
    main.focus();
  });
  const refresh = () => speak(localeOf(document.documentElement.lang));
  speak(preferred());
  void keepOffline(() => {
    kept = true;
    note();
  }, () => {});
  return refresh;
}

/**
 * @param {string} name
 * @param {string} text
 */
function write(name, text) {
  const place = document.querySelector(`[data-words="${name}"]`);
  if (place) place.textContent = text;
}
