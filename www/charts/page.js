// @ts-check
/** @import { Diagnostic, Locale, TrialDocument } from "../pkg/trial_prescreen.js" */
/** @import { Errand, Given, Send } from "./hire.js" */
/** @import { Found } from "./intake.js" */
/** @import { ChartWords } from "./words/en.js" */
/** @import { Force } from "./versions.js" */
/** @import { Piece } from "../dom.js" */

import { make, title } from '../dom.js';
import { inLanguage, localeOf } from '../words.js';
import { press } from '../workshop/controls.js';
import { across, lookAcross } from './across.js';
import { amend } from './amend.js';
import { absent } from './applied.js';
import { chart } from './chart.js';
import { dates, lookAtDates } from './dates.js';
import { droppedFiles } from './files.js';
import { hire } from './hire.js';
import { list, theList } from './list.js';
import { log } from './log.js';
import { gaps } from './gaps.js';
import { records } from './records.js';
import { judges } from './versions.js';
import { en } from './words/en.js';
import { zh } from './words/zh-cn.js';

/** @typedef {"files" | "list" | "missing" | "dates" | "amend" | "across" | "log" | "chart"} Place */

/** @type {Record<Locale, ChartWords>} */
const words = { en, 'zh-CN': zh };
const main = /** @type {HTMLElement} */ (document.querySelector('main'));
const status = make('p', { class: 'spoken', role: 'status', 'aria-live': 'polite' });
const screen = make('div', { class: 'screen' });
const halt = make('button', { type: 'button', class: 'secondary', hidden: true, 'data-key': 'stop' });
const switches = [...document.querySelectorAll('button[lang]')];
/** So many files are handed to the worker at once. */
const HANDFUL = 50;
const SCREENS = { files: records, list, missing: gaps, dates, amend, across, log, chart };

/** What the page knows, and what its screens may ask for. */
export class Desk {
  /** @type {Locale} */
  locale = localeOf(navigator.language);
  /** @type {Place} */
  place = 'files';
  /** @type {TrialDocument | undefined} */
  study;
  /** What is wrong with a file that was chosen as a trial. @type {Diagnostic[]} */
  refused = [];
  /** How many people there are. */
  people = 0;
  /** Everybody was evaluated on this trial. */
  judged = false;
  /** By which version of the trial, and what the log says of it. @type {Force | undefined} */
  force;
  /** Something that lasts is under way. */
  waiting = false;
  #turn = 0;
  /** @type {(Found & { stopped: boolean }) | undefined} */
  taken;
  /** @type {number | undefined} */
  number;
  list = theList();
  /** @type {Record<string, any>} what a screen asked the clerk for */
  got = {};
  failed = false;
  busy = false;
  /** @type {Send} */
  send = hire(() => {
    this.failed = true;
    this.render();
  });

  get words() {
    return words[this.locale];
  }

  /** @param {string} [focus] the `data-key` of what takes the focus, or `title` */
  render(focus) {
    const pieces = this.failed ? [title(1, this.words.failed), make('p', {}, this.words.failedWhy)] : [bar(this), ...this.#screen()];
    screen.replaceChildren(...pieces.filter((piece) => piece !== false && piece != null));
    document.title = this.words.product;
    if (!focus) return;
    const target = focus === 'title' ? null : screen.querySelector(`[data-key="${CSS.escape(focus)}"]`);
    const place = !target || (target instanceof HTMLButtonElement && target.disabled) ? screen.querySelector('.title') : target;
    if (place instanceof HTMLElement) place.focus();
    if (focus === 'title') window.scrollTo(0, 0);
  }

  /** What stands below the bar: where nobody is judged as the version that applies is not open, that comes first. @returns {Piece[]} */
  #screen() {
    const away = this.place === 'files' || this.place === 'log' ? [] : absent(this, this.force);
    return away.length > 0 ? [title(1, this.words.list.heading(this.study?.id ?? '')), ...away] : SCREENS[this.place](this);
  }

  /** @param {string} text @param {boolean} [waiting] */
  say(text, waiting = false) {
    status.textContent = text;
    status.className = waiting ? 'waiting' : 'spoken';
    halt.textContent = this.words.files.stop;
    halt.hidden = !waiting;
  }

  /**
   * An errand that lasts: how far it is stands on the page, and a button that ends it.
   * @template {Errand} E
   * @param {E} errand
   * @param {Given<E>} given
   */
  async long(errand, given) {
    this.waiting = true;
    const result = await this.send(errand, given, ({ done, all }) => this.say(this.words.files.judging(done, all), true));
    this.waiting = false;
    this.say('');
    return result;
  }

  /** @param {Place} place @param {number} [number] */
  async go(place, number) {
    this.#turn += 1;
    const turn = this.#turn;
    if (place === 'chart' && !this.judged) await this.judge();
    if (place === 'chart' && !this.judged) place = 'list';
    const got = await this.#wanted(place, number);
    if (turn !== this.#turn) return;
    this.place = place;
    this.number = number;
    this.got = got;
    this.render('title');
  }

  /** What a screen shows. @param {Place} place @param {number} [number] @returns {Promise<Record<string, any>>} */
  async #wanted(place, number) {
    if (place !== 'log' && this.force && !judges(this.force)) return {};
    if (place === 'chart' && number !== undefined) return this.send('person', { number, locale: this.locale });
    if (place === 'list') return { page: await this.send('page', this.list) };
    if (place === 'missing') return { missing: await this.long('missing', undefined) };
    if (place === 'dates') return { calendar: await lookAtDates(this) };
    if (place === 'across') return { across: await lookAcross(this) };
    if (place === 'log') return { book: await this.send('book', { page: 0 }), kept: await this.send('kept', undefined) };
    return {};
  }

  /** The list as it is wanted now. @param {string} [focus] */
  async turn(focus) {
    const page = await this.send('page', this.list);
    if (this.place !== 'list') return;
    this.got = { page };
    this.render(focus);
    if (!page) return;
    this.list.page = page.page;
    this.say(this.words.list.caption(page.found === 0 ? 0 : page.from + 1, page.from + page.rows.length, page.found));
  }

  /** Everything of one person, as it is now; false where somebody went elsewhere meanwhile. @param {number} number @param {string} [question] to ask instead of the next one */
  async look(number, question) {
    const turn = this.#turn;
    const got = await this.send('person', { number, locale: this.locale, question });
    if (turn !== this.#turn) return false;
    this.got = got;
    return true;
  }

  /** Everybody anew: the trial or the people are others. The dates follow behind. */
  async judge() {
    if (!this.study) return;
    const { people, judged, study, force } = await this.long('list', undefined);
    this.study = study;
    this.force = force;
    this.people = people;
    this.judged = judged;
    if (judged && people > 0) void this.#date();
  }

  /** The dates of everybody, while the page is used. */
  async #date() {
    const told = (/** @type {string} */ text) => {
      for (const place of screen.querySelectorAll('[data-key="dated"]')) place.textContent = text;
    };
    const dated = await this.send('dates', undefined, ({ done, all }) => told(this.words.list.dating(done, all)));
    if (!dated || dated.done < this.people) return;
    told(this.words.list.near);
    const own = document.activeElement instanceof HTMLElement ? document.activeElement.dataset.key : undefined;
    const timed = [this.list.sort, this.list.show].some((one) => ['again', 'until', 'near'].includes(one));
    if (this.place === 'list' && timed && own !== 'search') await this.turn(own);
    if (this.place !== 'dates') return;
    this.got = { calendar: await lookAtDates(this) };
    this.render(own);
  }

  /** @param {Uint8Array} bytes */
  async openTrial(bytes) {
    const { study, diagnostics } = await this.send('open', { bytes, choose: true });
    this.refused = study ? [] : diagnostics;
    if (study) {
      this.study = study;
      this.list = theList();
    }
    await this.judge();
    if (this.place === 'files' || !study) this.render(study ? undefined : 'refused');
    else await this.go(this.place === 'chart' ? 'list' : this.place);
  }

  /** @param {File[]} files */
  async take(files) {
    if (files.length === 0 || this.busy) return;
    const said = this.words.files;
    this.busy = true;
    this.place = 'files';
    this.say(said.reading(0, files.length), true);
    this.render();
    for (let from = 0; from < files.length; from += HANDFUL) await this.send('give', files.slice(from, from + HANDFUL));
    this.taken = await this.send('take', undefined, ({ done, all }) => this.say(said.reading(Math.min(done + 1, all), all), true));
    this.busy = false;
    await this.judge();
    this.render('taken');
    this.say(this.taken.stopped ? said.stopped : said.taken(this.taken));
  }

  /** @param {number[]} [numbers] */
  async forget(numbers) {
    await this.send('remove', numbers);
    this.taken = undefined;
    await this.judge();
    this.render('title');
    this.say(this.words.files.cleared);
  }
}

/** @param {Desk} desk @returns {Piece} */
function bar(desk) {
  const { views, viewsLabel } = desk.words;
  const { study, locale } = desk;
  const name = study && `${study.id}${desk.words.colon}${inLanguage(study.title, locale) ?? ''}`;
  return make('div', { class: 'bar' },
    make('nav', { 'aria-label': viewsLabel },
      ...Object.entries(views).map(([view, label]) =>
        press('view', () => void desk.go(/** @type {Place} */ (view)), label, {
          'aria-current': (view === desk.place || (view === 'list' && desk.place === 'chart')) && 'page',
          disabled: view !== 'files' && !(study && (view === 'log' || desk.people > 0)), 'data-key': `view-${view}`,
        }))),
    name && make('p', { class: 'small' }, name));
}

const desk = new Desk();

/** @param {Locale} next */
async function speak(next) {
  desk.locale = next;
  const said = words[next];
  document.documentElement.lang = next;
  for (const name of /** @type {const} */ (['product', 'skip', 'about', 'stays', 'back'])) {
    const place = document.querySelector(`[data-words="${name}"]`);
    if (place) place.textContent = said[name];
  }
  for (const one of switches) one.setAttribute('aria-pressed', String(one.getAttribute('lang') === next));
  if (desk.place === 'chart' && desk.number !== undefined) await desk.look(desk.number);
  desk.say('');
  desk.render();
}

for (const one of switches) {
  one.addEventListener('click', () => void speak(localeOf(one.getAttribute('lang') ?? '')));
}
document.querySelector('.skip')?.addEventListener('click', (event) => {
  event.preventDefault();
  main.focus();
});
addEventListener('beforeunload', (event) => {
  if (desk.people > 0) event.preventDefault();
});
// what breaks down is said, and nothing goes on as if it had not
addEventListener('unhandledrejection', () => {
  desk.failed = true;
  desk.render('title');
});
addEventListener('dragover', (event) => event.preventDefault());
addEventListener('drop', async (event) => {
  event.preventDefault();
  if (event.dataTransfer) await desk.take(await droppedFiles(event.dataTransfer));
});
halt.addEventListener('click', () => void desk.send('stop', undefined));
main.append(status, halt, screen);
// a task of its own: what was loaded was one already
setTimeout(() => void speak(desk.locale));
