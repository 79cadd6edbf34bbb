// @ts-check
/** @import { Locale } from "../pkg/trial_prescreen.js" */
/** @import { Screen, View } from "./bench.js" */
/** @import { Words } from "./words/en.js" */
/** @import { Piece } from "../dom.js" */

import '../define.js';
import { make, title } from '../dom.js';
import { laterScreens } from '../element/loading.js';
import { provide } from '../engine.js';
import { place } from '../place.js';
import { localeOf } from '../words.js';
import { attempt } from './attempt.js';
import { Bench } from './bench.js';
import { checks } from './checks.js';
import { compare } from './compare.js';
import { press } from './controls.js';
import { open } from './open.js';
import { reading } from './reading.js';
import { termList } from './subject.js';
import { en } from './words/en.js';
import { zh } from './words/zh-cn.js';

/** @type {Record<Locale, Words>} */
const words = { en, 'zh-CN': zh };
/** @type {Record<View, Screen>} */
const SCREENS = { open, reading, checks, attempt, compare };
const main = /** @type {HTMLElement} */ (document.querySelector('main'));
const status = make('p', { class: 'spoken', role: 'status', 'aria-live': 'polite' });
const screen = make('div', { class: 'screen' });
const switches = [...document.querySelectorAll('button[lang]')];
/** @type {Locale} */
let locale = localeOf(navigator.language);
/** @type {Bench | undefined} */
let bench;
let failed = false;

/** @param {string} [focus] */
function render(focus) {
  const said = words[locale];
  screen.replaceChildren(...pieces(said).filter((piece) => piece !== false && piece != null));
  document.title = (screen.querySelector('.summary') ? `${said.severity.error}${said.colon}` : '') + said.product;
  if (!focus) return;
  const target = focus === 'title' ? screen.querySelector('.title') : screen.querySelector(`[data-key="${CSS.escape(focus)}"]`);
  // what is not shown any more, or can do nothing more, leaves the focus to the heading
  const place = !target || (target instanceof HTMLButtonElement && target.disabled) ? screen.querySelector('.title') : target;
  if (place instanceof HTMLElement) place.focus();
  if (focus === 'title') window.scrollTo(0, 0);
}

/** @param {Words} said @returns {Piece[]} */
function pieces(said) {
  if (failed) return [title(1, said.failed), make('p', {}, said.failedWhy)];
  if (!bench) return [make('p', { class: 'loading' }, said.loading)];
  if (!bench.history) return open(bench);
  return [bar(bench, said), ...SCREENS[bench.view](bench), termList(bench)];
}

/**
 * What can be done with the document as a whole, and the ways to look at it.
 * @param {Bench} bench
 * @param {Words} said
 */
function bar(bench, said) {
  const { history, view } = bench;
  const { bar, views } = said;
  const { undoes, redoes, unsaved } = history ?? {};
  return make(
    'div',
    { class: 'bar' },
    make(
      'nav',
      { 'aria-label': bar.label },
      ...Object.entries(views).map(([name, label]) =>
        press('view', () => bench.go(/** @type {View} */ (name)), label, { 'aria-current': name === view && 'page', 'data-key': `view-${name}` })),
    ),
    make(
      'div',
      { class: 'tools' },
      press('secondary', () => bench.undo(), bar.undo, { disabled: undoes === undefined, title: undoes === undefined ? null : bar.undoWhat(undoes), 'data-key': 'undo' }),
      press('secondary', () => bench.redo(), bar.redo, { disabled: redoes === undefined, title: redoes === undefined ? null : bar.redoWhat(redoes), 'data-key': 'redo' }),
      press('secondary', () => bench.save(), bar.save, { 'data-key': 'save' }),
      make('span', { class: 'small' }, unsaved ? bar.unsaved : bar.safe),
    ),
  );
}

/** @param {Locale} next */
function speak(next) {
  locale = next;
  const said = words[locale];
  document.documentElement.lang = locale;
  const texts = { product: said.product, skip: said.skip, about: said.about[0], stays: said.about[1], back: said.back, version: bench && said.version(bench.engine.version()) };
  for (const [name, text] of Object.entries(texts)) {
    const place = document.querySelector(`[data-words="${name}"]`);
    if (place) place.textContent = text ?? '';
  }
  for (const one of switches) one.setAttribute('aria-pressed', String(one.getAttribute('lang') === locale));
  render();
}

async function load() {
  try {
    // what a check that is tried here can open comes with the page
    const parts = laterScreens().then(({ fetchParts }) => fetchParts({ ownPage: false, noShare: false, noNotes: false, noKeep: false }));
    const [engine] = await Promise.all([import('../pkg/trial_prescreen.js'), parts]);
    await engine.default({ module_or_path: place('pkg/trial_prescreen_bg.wasm') });
    provide(engine);
    bench = new Bench(engine, () => ({ words: words[locale], locale }), render, (text, waiting) => {
      status.textContent = text;
      status.className = waiting ? 'waiting' : 'spoken';
    });
  } catch {
    failed = true;
  }
  speak(locale);
}

for (const one of switches) {
  one.addEventListener('click', () => speak(localeOf(one.getAttribute('lang') ?? '')));
}
document.querySelector('.skip')?.addEventListener('click', (event) => {
  event.preventDefault();
  main.focus();
});
addEventListener('beforeunload', (event) => {
  if (bench?.history?.unsaved || (bench?.edits.size ?? 0) > 0) event.preventDefault();
});
// a file that is dropped beside the field must not take the place of the page
addEventListener('dragover', (event) => event.preventDefault());
addEventListener('drop', (event) => event.preventDefault());
addEventListener('keydown', (event) => {
  const typing = event.target instanceof Element && event.target.closest('input, textarea, select');
  if (typing || !(event.ctrlKey || event.metaKey) || event.key.toLowerCase() !== 'z') return;
  event.preventDefault();
  if (event.shiftKey) bench?.redo();
  else bench?.undo();
});
addEventListener('beforeprint', () => {
  for (const details of screen.querySelectorAll('details')) details.open = true;
});
main.append(status, screen);
speak(locale);
void load();
