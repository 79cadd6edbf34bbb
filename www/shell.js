// @ts-check
/** @import { Locale } from "./pkg/check.js" */

import { button } from './dom.js';
import { keepOffline, watchKept } from './offline.js';
import { news } from './watch/kept.js';
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

/**
 * What stands around every page: its languages, the way to its main part, the way to all studies, the notes at its end,
 * and a newer release of the site or news of its studies, which are offered where nothing would be lost.
 * @param {(locale: Locale) => { title?: string, skip: string }} show fills the page in this language
 * @param {{ ready?: Promise<unknown>, busy?: () => boolean, told?: typeof news }} [page] when it has all that it needs; whether something would be lost; what it says of news
 * @returns {() => void} shows the page anew, in the language that it has
 */
export function shell(show, { ready = Promise.resolve(), busy = () => false, told = news } = {}) {
  const switches = [...document.querySelectorAll('.languages button[lang]')];
  const main = /** @type {HTMLElement} */ (document.querySelector('main'));
  const release = /** @type {HTMLElement} */ (document.querySelector('.release'));
  const back = document.querySelector('header .back');
  /** @type {(() => void) | undefined} takes the newer release into use */
  let newer;
  /** @type {Awaited<ReturnType<typeof news>>} */
  let line;
  let kept = false;
  const offer = () => {
    const { offline } = words[locale()];
    write('kept', kept ? offline.kept : '');
    const said = newer ? [offline.newer, ' ', button('link', newer, offline.use)] : (line?.(locale()) ?? []);
    release.replaceChildren(...(busy() ? [] : said));
  };
  /** @param {Locale} locale */
  const speak = (locale) => {
    const { product, aboutPage, allStudies } = words[locale];
    document.documentElement.lang = locale;
    const { title, skip } = show(locale);
    if (title) document.title = `${title} · ${product}`;
    for (const [name, text] of Object.entries({ product, skip, decides: aboutPage[0], advice: aboutPage[1], all: allStudies })) write(name, text);
    back?.setAttribute('href', to('./', locale));
    for (const one of switches) one.setAttribute('aria-pressed', String(one.getAttribute('lang') === locale));
    offer();
  };
  for (const one of switches) one.addEventListener('click', () => speak(localeOf(one.getAttribute('lang') ?? '')));
  document.querySelector('.skip')?.addEventListener('click', (event) => {
    event.preventDefault();
    main.focus();
  });
  speak(localeOf(new URLSearchParams(location.search).get('lang') ?? navigator.language));
  void ready.then(keepOffline).then(() => watchKept([], () => {
    kept = true;
    offer();
  }, (use) => {
    newer = use;
    offer();
  }));
  void ready.then(told).then((found) => {
    line = found;
    offer();
  });
  return () => speak(locale());
}

function locale() {
  return localeOf(document.documentElement.lang);
}

/**
 * @param {string} name
 * @param {string} text
 */
export function write(name, text) {
  const place = document.querySelector(`[data-words="${name}"]`);
  if (place) place.textContent = text;
}
