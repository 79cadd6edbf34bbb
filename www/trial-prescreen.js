// @ts-check
/** @import { Locale, Respondent } from "./pkg/check.js" */
/** @import { OpenTrial } from "./connect.js" */
/** @import { Screen } from "./journey.js" */
/** @import { Opened, View } from "./view.js" */
/** @import { Piece } from "./dom.js" */

import { now } from './clock.js';
import { connect } from './connect.js';
import { make } from './dom.js';
import { Problem, fetched } from './engine.js';
import { Journey } from './journey.js';
import { Session } from './session.js';
import { sheet } from './style.js';
import { localeOf, words } from './words.js';
import { clear, doubt, stop } from './screens/pause.js';
import { problem } from './screens/problem.js';
import { question } from './screens/question.js';
import { result } from './screens/result.js';
import { review } from './screens/review.js';
import { opening, start, who } from './screens/start.js';

const RESPONDENTS = /** @type {const} */ (['patient', 'caregiver', 'staff']);
const PATIENCE = 15_000;

/**
 * A pre-screening check for one trial. It keeps answers in memory and tells its page none of them.
 *
 * @attr {string} src - address of the trial document
 * @prop {string} trialDocument - the document itself, where it is at hand: then nothing is fetched
 * @attr {string} lang - language; the nearest ancestor's where absent
 * @attr {"patient"|"caregiver"|"staff"} respondent - who answers; asked where absent
 * @attr {string} as-of - the moment to judge from; now where absent
 * @attr {number} heading-level - level of each screen's heading, 2 where absent
 * @attr {boolean} own-page - the page around belongs to the check: it may use history, title and scrolling
 * @fires prescreen-ready - engine and trial are loaded
 * @fires prescreen-step - another screen is shown: its number in `detail.index`
 * @fires prescreen-outcome - the result is shown; the detail is empty
 * @fires prescreen-error - the check cannot run: why in `detail.code`
 * @fires prescreen-clear - all answers were deleted
 * @slot contact - a telephone number or address, shown as help
 * @slot fallback - shown where the check cannot run
 */
export class TrialPrescreen extends HTMLElement {
  static observedAttributes = ['src', 'lang', 'heading-level', 'respondent', 'own-page'];

  #screen = make('div', { class: 'screen' });
  #status = make('p', { class: 'spoken', role: 'status', 'aria-live': 'polite' });
  #root = make('div', { class: 'root', part: 'root' }, this.#status, this.#screen);
  #journey = new Journey(() => this.#hold(), () => void this.#arrived(), () => this.ownPage);
  /** @type {Session | undefined} */
  #session;
  /** @type {Problem | undefined} */
  #problem;
  /** @type {Opened | undefined} */
  #opened;
  #version = '';
  #document = '';
  #cleared = false;
  #request = 0;
  #turn = 0;
  #busy = false;
  /** @type {Screen | undefined} the one that stands there now */
  #shown;

  constructor() {
    super();
    const shadow = this.attachShadow({ mode: 'open' });
    shadow.adoptedStyleSheets = [sheet()];
    shadow.append(this.#root);
  }

  connectedCallback() {
    for (const name of /** @type {const} */ (['src', 'trialDocument', 'respondent', 'asOf', 'headingLevel', 'ownPage'])) this.#upgrade(name);
    window.addEventListener('popstate', this.#onHistory);
    window.addEventListener('beforeprint', this.#onPrint);
    if (this.ownPage) history.replaceState({ step: 0 }, '');
    if (!this.#session) void this.#load();
  }

  disconnectedCallback() {
    window.removeEventListener('popstate', this.#onHistory);
    window.removeEventListener('beforeprint', this.#onPrint);
  }

  /**
   * @param {string} name
   * @param {string | null} before
   * @param {string | null} after
   */
  attributeChangedCallback(name, before, after) {
    // what stands there when the class arrives is loaded once, when the element is connected
    if (this.#request === 0 || !this.isConnected || before === after) return;
    if (name === 'src') {
      void this.#load();
    } else {
      this.#hold();
      void this.#render();
    }
  }

  get src() {
    return this.getAttribute('src') ?? '';
  }

  set src(address) {
    this.setAttribute('src', address);
  }

  get trialDocument() {
    return this.#document;
  }

  set trialDocument(text) {
    this.#document = text;
    if (this.isConnected) void this.#load();
  }

  /** @returns {Respondent | null} */
  get respondent() {
    return RESPONDENTS.find((one) => one === this.getAttribute('respondent')) ?? null;
  }

  set respondent(respondent) {
    if (respondent) this.setAttribute('respondent', respondent);
    else this.removeAttribute('respondent');
  }

  get asOf() {
    return this.getAttribute('as-of') ?? '';
  }

  set asOf(moment) {
    this.setAttribute('as-of', moment);
  }

  get headingLevel() {
    const level = Number(this.getAttribute('heading-level') ?? 2);
    return level >= 1 && level <= 4 ? Math.floor(level) : 2;
  }

  set headingLevel(level) {
    this.setAttribute('heading-level', String(level));
  }

  get ownPage() {
    return this.hasAttribute('own-page');
  }

  set ownPage(own) {
    this.toggleAttribute('own-page', own);
  }

  /** The versions in use; empty until they are loaded. */
  get versions() {
    return { engine: this.#version };
  }

  /** @param {"src" | "trialDocument" | "respondent" | "asOf" | "headingLevel" | "ownPage"} name set before the class was there */
  #upgrade(name) {
    if (!Object.hasOwn(this, name)) return;
    const value = /** @type {never} */ (this[name]);
    delete (/** @type {Partial<TrialPrescreen>} */ (this)[name]);
    this[name] = value;
  }

  /** @returns {Locale} */
  get #locale() {
    return localeOf(this.closest('[lang]')?.getAttribute('lang') ?? document.documentElement.lang);
  }

  async #load() {
    const request = (this.#request += 1);
    this.#problem = undefined;
    this.#session = undefined;
    void this.#render();
    this.#announce(words[this.#locale].start.loading);
    const slow = setTimeout(() => this.#announce(words[this.#locale].start.slow, true), PATIENCE);
    try {
      const file = this.#document ? new TextEncoder().encode(this.#document) : fetched(this.src);
      const [engine, bytes] = await Promise.all([connect(), file]);
      const { trial } = await engine.open(bytes);
      if (request !== this.#request) return trial.free();
      this.#version = engine.version;
      this.#begin(trial);
      this.#announce('');
      await this.#render();
      this.#tell('prescreen-ready');
    } catch (cause) {
      if (request === this.#request) this.#fail(cause);
    } finally {
      clearTimeout(slow);
    }
  }

  /** @param {OpenTrial} trial */
  #begin(trial) {
    this.#session?.trial.free();
    this.#session = new Session(trial, () => this.asOf || now(), (cause) => this.#fail(cause));
    this.#journey.forget();
  }

  /**
   * A file that the person chose takes the place of the trial, if it is one.
   * @param {File} file
   */
  async #open(file) {
    try {
      const bytes = await file.arrayBuffer().catch(() => { throw new Problem('document'); });
      const { trial, ...found } = await (await connect()).open(new Uint8Array(bytes));
      this.#begin(trial);
      this.#opened = { ...found, name: file.name, accepted: true };
    } catch (cause) {
      if (!(cause instanceof Problem)) return this.#fail(cause);
      this.#opened = { diagnostics: cause.diagnostics, text: cause.text, name: file.name, accepted: false };
    }
    await this.#render();
    const { start } = words[this.#locale];
    this.#announce((this.#opened.accepted ? start.opened : start.refused)(file.name));
    if (this.#opened.accepted) this.#focus();
  }

  /** @returns {View} */
  #view(/** @type {Session} */ session) {
    const locale = this.#locale;
    const { respondent } = this;
    if (respondent) session.respondent = respondent;
    return {
      words: words[locale],
      locale,
      level: this.headingLevel,
      session,
      journey: this.#journey,
      ownPage: this.ownPage,
      askWho: !respondent,
      opened: this.#opened,
      notice: this.#cleared ? words[locale].start.cleared : '',
      act: (deed) => void this.#act(deed),
      refresh: () => void this.#render().then(() => this.#focus()),
      clear: () => void this.#clear(),
      open: (file) => void this.#open(file),
    };
  }

  /**
   * One thing at a time: what is pressed while the engine still works does nothing.
   * @param {() => Promise<void>} deed
   */
  async #act(deed) {
    if (this.#busy) return;
    this.#busy = true;
    try {
      await deed();
    } catch (cause) {
      this.#fail(cause);
    } finally {
      this.#busy = false;
    }
  }

  /** Shows the screen as it now is, unless another one is to be shown before this one is done. */
  async #render() {
    const turn = (this.#turn += 1);
    const locale = this.#locale;
    this.#root.lang = locale;
    try {
      const pieces = await this.#pieces(locale);
      if (turn === this.#turn) this.#fill(pieces);
    } catch (cause) {
      if (turn === this.#turn) this.#fail(cause);
    }
  }

  /** @param {Locale} locale @returns {Piece[] | Promise<Piece[]>} */
  #pieces(locale) {
    if (this.#problem) return this.#broken(locale, this.#problem);
    if (!this.#session) return [...opening(words[locale], this.headingLevel), make('p', { class: 'loading' }, words[locale].start.loading)];
    return screenOf(this.#view(this.#session), this.#journey.current);
  }

  /** @param {Locale} locale @param {Problem} cause */
  #broken(locale, cause) {
    return problem(words[locale], this.headingLevel, cause, () => this.#again());
  }

  /** @param {Piece[]} pieces */
  #fill(pieces) {
    this.#shown = this.#journey.current;
    this.#screen.replaceChildren(...pieces.filter((piece) => piece !== false && piece != null));
    if (this.ownPage) document.title = (this.#summary ? words[this.#locale].errorTitle : '') + words[this.#locale].product;
  }

  get #summary() {
    return /** @type {HTMLElement | null} */ (this.#screen.querySelector('.summary'));
  }

  /** What stands in the form stays with its screen. */
  #hold() {
    const form = this.#screen.querySelector('form');
    const screen = this.#journey.current;
    if (form && screen === this.#shown && (screen.name === 'question' || screen.name === 'who')) screen.draft = new FormData(form);
  }

  async #arrived() {
    if (this.#journey.index > 0) this.#cleared = false;
    await this.#render();
    this.#focus();
    this.#tell('prescreen-step', { index: this.#journey.index });
    if (this.#journey.current.name === 'result' && !this.#problem) this.#tell('prescreen-outcome');
  }

  #focus() {
    if (this.ownPage) window.scrollTo(0, 0);
    const target = this.#summary ?? this.#screen.querySelector('.title');
    if (target instanceof HTMLElement) target.focus({ preventScroll: this.ownPage && !this.#summary });
  }

  async #clear() {
    this.#session?.clear();
    this.#journey.forget();
    this.#cleared = true;
    await this.#arrived();
    this.#announce(words[this.#locale].start.cleared);
    this.#tell('prescreen-clear');
  }

  /** @param {unknown} cause */
  #fail(cause) {
    if (this.#problem) return;
    this.#problem = cause instanceof Problem ? cause : new Problem('failure');
    this.#turn += 1;
    this.#fill(this.#broken(this.#locale, this.#problem));
    this.#focus();
    this.#tell('prescreen-error', { code: this.#problem.diagnostics[0]?.code ?? this.#problem.kind });
  }

  /** A module that failed to load stays failed until the page is loaded again. */
  #again() {
    if (this.ownPage) location.reload();
    else void this.#load();
  }

  /**
   * @param {string} text
   * @param {boolean} [visible]
   */
  #announce(text, visible = false) {
    this.#status.textContent = text;
    this.#status.className = visible ? 'notice' : 'spoken';
  }

  /**
   * @param {string} name
   * @param {{ index?: number, code?: string }} [detail]
   */
  #tell(name, detail = {}) {
    this.dispatchEvent(new CustomEvent(name, { bubbles: true, composed: true, detail }));
  }

  #onHistory = (/** @type {PopStateEvent} */ event) => {
    const { step } = event.state ?? {};
    if (this.ownPage && this.#session && step !== undefined) this.#journey.arrive(step);
  };

  #onPrint = () => {
    for (const details of this.#screen.querySelectorAll('details')) details.open = true;
  };
}

/**
 * @param {View} view
 * @param {Screen} screen
 * @returns {Piece[] | Promise<Piece[]>}
 */
function screenOf(view, screen) {
  if (screen.name === 'start') return start(view);
  if (screen.name === 'who') return who(view, screen);
  if (screen.name === 'question') return question(view, screen);
  if (screen.name === 'doubt') return doubt(view, screen);
  if (screen.name === 'stop') return stop(view, screen);
  if (screen.name === 'review') return review(view);
  if (screen.name === 'result') return result(view);
  return clear(view);
}
