// @ts-check
/** @import { Locale } from "../pkg/check.js" */
/** @import { Told } from "./messages.js" */

import { ids } from '../address.js';
import { make } from '../dom.js';
import { to, write } from '../shell.js';
import { TrialPrescreen } from '../trial-prescreen.js';
import { localeOf, words as site } from '../words.js';
import { HERE, PASSED, helloIn } from './messages.js';
import { words } from './words.js';

/** @typedef {Told extends infer One ? One extends Told ? Omit<One, "nonce"> : never : never} Saying */

/** How long a page around may take to say how the check is to be. */
const PATIENCE = 1_000;
const check = /** @type {TrialPrescreen} */ (document.querySelector('trial-prescreen'));
const isAlone = parent === window;
const switches = [...document.querySelectorAll('button[lang]')];
/** @type {{ nonce: string, origin: string } | undefined} the page around, once it has greeted */
let around;
let chosen = false;

/** @param {Locale} locale */
function speak(locale) {
  const { about } = words[locale];
  document.documentElement.lang = locale;
  if (isAlone) {
    document.querySelector('main')?.replaceChildren(...elsewhere(locale));
  } else {
    check.lang = locale;
    write('about', about(location.host));
  }
  for (const one of switches) one.setAttribute('aria-pressed', String(one.getAttribute('lang') === locale));
}

/**
 * Where the check is, for somebody who came here without a page around.
 * @param {Locale} locale
 */
function elsewhere(locale) {
  const { heading, body, one, several } = words[locale].alone;
  const { help, allStudies } = site[locale];
  const link = (/** @type {string} */ address, /** @type {string} */ text) => make('p', {}, make('a', { href: address }, text));
  return [
    make('h1', {}, heading),
    make('p', {}, help.emergency),
    make('p', {}, body),
    ...(ids.length > 0 ? [link(to('check.html', locale, ids.join('+')), ids.length === 1 ? one(ids[0]) : several)] : []),
    link(to('./', locale), allStudies),
  ];
}

/** @param {Saying} saying */
function tell(saying) {
  if (around) parent.postMessage({ ...saying, nonce: around.nonce }, around.origin);
}

let due = 0;
function measure() {
  clearTimeout(due);
  due = setTimeout(() => tell({ prescreen: 'size', height: Math.ceil(document.body.getBoundingClientRect().height) }), 16);
}

addEventListener('message', ({ source, origin, data }) => {
  const hello = source === parent && !isAlone && origin !== 'null' ? helloIn(data) : undefined;
  if (!hello || (around && origin !== around.origin)) return;
  around = { nonce: hello.nonce, origin };
  const { lang, ...settings } = hello.settings;
  for (const name of PASSED) {
    if (name !== 'lang' && check.getAttribute(name) !== (settings[name] ?? null)) check.toggleAttribute(name, name in settings);
    if (name in settings) check.setAttribute(name, settings[name]);
  }
  document.documentElement.dataset.theme = settings.theme ?? 'auto';
  // a language that the person chose stays
  if (!chosen) speak(localeOf(lang ?? ''));
  begin();
  measure();
  if (check.status === 'ready') tell({ prescreen: 'ready' });
});
for (const one of switches) {
  one.addEventListener('click', () => {
    chosen = true;
    speak(localeOf(one.getAttribute('lang') ?? ''));
  });
}
check.addEventListener('prescreen-ready', () => tell({ prescreen: 'ready' }));
check.addEventListener('prescreen-outcome', () => tell({ prescreen: 'outcome' }));
check.addEventListener('prescreen-contact', () => tell({ prescreen: 'contact' }));
check.addEventListener('prescreen-clear', () => tell({ prescreen: 'clear' }));
check.addEventListener('prescreen-step', (event) => tell({ prescreen: 'step', index: /** @type {CustomEvent<{ index: number }>} */ (event).detail.index }));
check.addEventListener('prescreen-error', (event) => tell({ prescreen: 'error', code: /** @type {CustomEvent<{ code: string }>} */ (event).detail.code }));
new ResizeObserver(measure).observe(document.body);
speak(localeOf(navigator.language));
if (!isAlone) {
  parent.postMessage(HERE, '*');
  setTimeout(begin, PATIENCE);
}

function begin() {
  if (!customElements.get('trial-prescreen')) customElements.define('trial-prescreen', TrialPrescreen);
}
