// @ts-check
/** @import { Locale } from "./pkg/check.js" */
/** @import { TrialPrescreen } from "./trial-prescreen.js" */

import './define.js';
import { localeOf, words } from './words.js';

const check = /** @type {TrialPrescreen} */ (document.querySelector('trial-prescreen'));
const switches = [...document.querySelectorAll('button[lang]')];

/** @param {Locale} locale */
function speak(locale) {
  const { product, skip, aboutPage, version } = words[locale];
  const said = { product, skip, decides: aboutPage[0], advice: aboutPage[1], version: check.versions.engine && version(check.versions.engine) };
  document.documentElement.lang = locale;
  check.lang = locale;
  for (const [name, text] of Object.entries(said)) {
    const place = document.querySelector(`[data-words="${name}"]`);
    if (place) place.textContent = text;
  }
  for (const one of switches) one.setAttribute('aria-pressed', String(one.getAttribute('lang') === locale));
}

for (const one of switches) {
  one.addEventListener('click', () => speak(localeOf(one.getAttribute('lang') ?? '')));
}
document.querySelector('.skip')?.addEventListener('click', (event) => {
  event.preventDefault();
  document.querySelector('main')?.focus();
});
check.addEventListener('prescreen-ready', () => speak(localeOf(document.documentElement.lang)));
speak(localeOf(navigator.language));
