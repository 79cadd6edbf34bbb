// @ts-check
/** @import { Locale } from "../pkg/check.js" */
/** @import { Study } from "./shape.js" */
/** @import { StudyWords } from "./words/en.js" */

import { make } from '../dom.js';
import { place } from '../place.js';
import { shell, to } from '../shell.js';
import { inLanguage } from '../words.js';
import { about, around } from './about.js';
import { eligibility } from './eligibility.js';
import { Letter } from './letter.js';
import { sites } from './sites.js';
import { en } from './words/en.js';
import { zh } from './words/zh-cn.js';

/** @type {Record<Locale, StudyWords>} */
const words = { en, 'zh-CN': zh };
const main = /** @type {HTMLElement} */ (document.querySelector('main'));
/** @type {Study | undefined} */
let study;
/** @type {Letter} */
let letter;
/** @type {"loading" | "unknown" | "failed" | "there"} */
let state = 'loading';

/** @param {Locale} locale */
function show(locale) {
  const said = words[locale];
  try {
    main.replaceChildren(...(study ? whole(study, locale) : notice(locale)));
    if (study) void noted(study.id, locale);
  } catch {
    // a document that is none of ours in shape: no half page
    study = undefined;
    state = 'failed';
    main.replaceChildren(...notice(locale));
  }
  return { title: (study && inLanguage(study.title, locale)) || said.title, skip: said.skip };
}

/** Notes come after the page: without them it is whole as well. @param {string} id @param {Locale} locale */
async function noted(id, locale) {
  const notes = await import('../notes/study.js').catch(() => undefined);
  if (study?.id === id && document.documentElement.lang === locale) await notes?.takeNotes(main, id, locale);
}

/** @param {Locale} locale */
function notice(locale) {
  const said = words[locale];
  if (state === 'loading') return [make('h1', {}, said.title), make('p', { role: 'status' }, said.loading)];
  if (state === 'unknown') return [make('h1', {}, said.unknown), make('p', {}, said.unknownHelp), make('p', {}, make('a', { class: 'primary', href: to('./', locale) }, said.back))];
  return [make('h1', {}, said.title), make('p', { role: 'alert' }, said.failed), make('button', { type: 'button', class: 'primary', onclick: () => void load() }, said.again)];
}

/** @param {Study} study @param {Locale} locale */
function whole(study, locale) {
  const said = words[locale];
  const shown = { study, words: said, locale, letter };
  const parts = [...about(shown), eligibility(shown), sites(shown), ...around(shown)].filter((one) => one instanceof HTMLElement);
  const check = () => make('p', {}, make('a', { class: 'primary', href: to('check.html', locale, study.id) }, said.check));
  return [
    make('h1', {}, inLanguage(study.title, locale) ?? study.id),
    check(), make('p', { class: 'hint' }, said.checkHint),
    make('h2', {}, said.steps), make('ol', { class: 'steps' }, ...said.stepsOf.map((step) => make('li', {}, step))),
    make('nav', { 'aria-labelledby': 'contents' }, make('h2', { id: 'contents' }, said.contents), make('ul', {}, ...parts.map(entry))),
    ...parts,
    make('p', { class: 'notice' }, said.decides),
    check(),
    make('p', {}, make('button', { type: 'button', class: 'secondary', onclick: () => window.print() }, said.print)),
  ];
}

/** The fragment names the trial, so the way to a part of the page is a button. @param {HTMLElement} part */
function entry(part) {
  const heading = /** @type {HTMLElement} */ (part.querySelector('h2'));
  const go = () => {
    heading.scrollIntoView();
    heading.focus({ preventScroll: true });
  };
  return make('li', {}, make('button', { type: 'button', class: 'link', onclick: go }, heading.textContent));
}

/** The trial that the address names, if it is on the site's own list; never an address to follow. */
async function load() {
  state = 'loading';
  study = undefined;
  const [, wanted = ''] = /^#([A-Za-z0-9][A-Za-z0-9-]{0,40})$/.exec(location.hash) ?? [];
  try {
    const { trials } = await json('trials/index.json');
    const known = trials.some((/** @type {{ id: string }} */ { id }) => id === wanted);
    study = known ? await json(`trials/${wanted}.json`) : undefined;
    if (study) letter = new Letter(study, main.dataset.contactEndpoint ?? '');
    state = known ? 'there' : 'unknown';
  } catch {
    state = 'failed';
  }
  refresh();
}

/** @param {string} path */
async function json(path) {
  const response = await fetch(place(path));
  if (!response.ok) throw new Error(response.statusText);
  return response.json();
}

for (const event of ['beforeprint', 'afterprint']) {
  addEventListener(event, () => main.querySelectorAll('details').forEach((details) => { details.open = event === 'beforeprint'; }));
}
addEventListener('hashchange', () => void load());
const refresh = shell(show);
void load();
