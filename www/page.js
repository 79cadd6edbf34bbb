// @ts-check
/** @import { Locale } from "./pkg/check.js" */
/** @import { TrialPrescreen } from "./trial-prescreen.js" */

import { forgetFragment, sealed } from './address.js';
import './define.js';
import { keepOffline } from './offline.js';
import { button } from './dom.js';
import { preferred } from './shell.js';
import { isSealed } from './sealed.js';
import { localeOf, words } from './words.js';

const check = /** @type {TrialPrescreen} */ (document.querySelector('trial-prescreen'));
const switches = [...document.querySelectorAll('button[lang]')];
const release = /** @type {HTMLElement} */ (document.querySelector('.release'));
/** @type {(() => void) | undefined} takes the newer release into use */
let newer;
let kept = false;
let index = 0;

/** @param {Locale} locale */
function speak(locale) {
  const { product, skip, aboutPage, version, offline } = words[locale];
  const said = {
    product, skip, decides: aboutPage[0], advice: aboutPage[1], kept: kept && offline.kept,
    version: check.versions.engine && version(check.versions.engine),
  };
  document.documentElement.lang = locale;
  check.lang = locale;
  for (const [name, text] of Object.entries(said)) {
    const place = document.querySelector(`[data-words="${name}"]`);
    if (place) place.textContent = text || '';
  }
  for (const one of switches) one.setAttribute('aria-pressed', String(one.getAttribute('lang') === locale));
  offer();
}

for (const one of switches) {
  one.addEventListener('click', () => speak(localeOf(one.getAttribute('lang') ?? '')));
}
document.querySelector('.skip')?.addEventListener('click', (event) => {
  event.preventDefault();
  document.querySelector('main')?.focus();
});
check.addEventListener('prescreen-ready', () => {
  speak(locale());
  void keepOffline(() => {
    kept = true;
    speak(locale());
  }, (use) => {
    newer = use;
    offer();
  });
}, { once: true });
check.addEventListener('prescreen-step', (event) => {
  ({ index } = /** @type {CustomEvent<{ index: number }>} */ (event).detail);
  offer();
});
addEventListener('hashchange', () => {
  const fragment = location.hash.slice(1);
  if (!isSealed(fragment)) return;
  forgetFragment();
  check.openShared(fragment);
});
if (sealed) check.openShared(sealed);
speak(preferred());

function locale() {
  return localeOf(document.documentElement.lang);
}

/** A newer release is offered where no answer would be lost. */
function offer() {
  const { offline } = words[locale()];
  release.replaceChildren(...(newer && index === 0 ? [offline.newer, ' ', button('link', newer, offline.use)] : []));
}
