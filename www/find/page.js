// @ts-check
/** @import { Locale } from "../pkg/check.js" */
/** @import { Listed, Wanted } from "./list.js" */
/** @import { FindWords } from "./words/en.js" */

import { make } from '../dom.js';
import { place } from '../place.js';
import { shell, to } from '../shell.js';
import { localeOf } from '../words.js';
import { card } from './card.js';
import { form, wantedIn } from './form.js';
import { ANYTHING, fitting } from './list.js';
import { en } from './words/en.js';
import { zh } from './words/zh-cn.js';

/** @type {Record<Locale, FindWords>} */
const words = { en, 'zh-CN': zh };
const main = /** @type {HTMLElement} */ (document.querySelector('main'));
const count = make('p', { class: 'count', role: 'status' });
const found = make('div', {});
const which = make('section', { class: 'which', 'aria-labelledby': 'which' });
/** @type {Listed[] | undefined} */
let trials;
let failed = false;
/** @type {Wanted} */
let wanted = { ...ANYTHING };

/** @param {Locale} locale */
function show(locale) {
  const said = words[locale];
  const head = [make('h1', {}, said.title), make('p', { class: 'lead' }, said.lead), make('p', {}, said.private)];
  if (failed) {
    main.replaceChildren(...head, make('p', { role: 'alert' }, said.failed), make('button', { type: 'button', class: 'primary', onclick: () => void load() }, said.again));
  } else if (!trials) {
    main.replaceChildren(...head, make('p', { role: 'status' }, said.loading));
  } else {
    main.replaceChildren(
      ...head, which,
      form(trials, wanted, said, locale, change, clear),
      make('h2', { id: 'studies', tabindex: -1 }, said.list), count, found,
      make('p', { class: 'ways' }, make('a', { href: to('watch.html', locale) }, said.watch)), make('p', { class: 'notice' }, said.decides),
    );
    list(locale, trials);
  }
  return { title: said.title, skip: said.skip };
}

/** @param {Locale} locale @param {Listed[]} trials */
function list(locale, trials) {
  const said = words[locale];
  const left = fitting(trials, wanted);
  const unsure = left.filter((one) => one.unsure).length;
  count.textContent = `${said.count(left.length, trials.length)}${unsure > 0 ? `${locale === 'en' ? '. ' : '。'}${said.unsure(unsure)}` : ''}`;
  found.replaceChildren(left.length > 0
    ? make('ul', { class: 'cards', 'aria-labelledby': 'studies' }, ...left.map(({ trial }) => card(trial, said, locale)))
    : make('div', { class: 'empty' },
      make('h3', {}, said.empty), make('p', {}, said.emptyHelp),
      make('button', { type: 'button', class: 'primary', onclick: () => clear() }, said.showAll)));
  const ids = left.map(({ trial }) => trial.id).join('+');
  which.hidden = left.length === 0;
  which.replaceChildren(
    make('h2', { id: 'which' }, said.which), make('p', {}, said.whichText),
    make('p', {}, make('a', { class: 'primary', href: to('check.html', locale, ids) }, said.whichButton(left.length))));
}

function locale() {
  return localeOf(document.documentElement.lang);
}

/** @param {FormData} data */
function change(data) {
  wanted = wantedIn(data);
  if (trials) list(locale(), trials);
}

function clear() {
  wanted = { ...ANYTHING };
  refresh();
  /** @type {HTMLElement | null} */ (main.querySelector('#studies'))?.focus();
}

async function load() {
  failed = false;
  try {
    const response = await fetch(place('trials/index.json'));
    if (!response.ok) throw new Error(response.statusText);
    trials = (await response.json()).trials;
  } catch {
    failed = true;
  }
  refresh();
}

const refresh = shell(show);
void load();
