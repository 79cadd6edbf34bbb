// @ts-check
/** @import { Outcome, TrialDocument } from "./pkg/check.js" */
/** @import { Detail } from "./element/conversation.js" */
/** @import { Entered } from "./element/entered.js" */

import { Conversation } from './element/conversation.js';
import { draftsOf, enteredIn } from './element/entered.js';
import { engineOf, laterScreens, openTrial } from './element/loading.js';
import { ElementSettings } from './element/element-settings.js';
import { Stage } from './element/stage.js';
import { isBeingThemed } from './element/surroundings.js';
import { Problem } from './engine.js';
import { LONGEST_SEALED, isSealed } from './sealed.js';
import { change } from './flow.js';
import { begin } from './screens/start.js';
import { sheet } from './style.js';
import { words } from './words.js';

const PATIENCE = 15_000;
const OFFLINE = ['offline'];
const RELOADING = ['src', 'integrity', 'engine-src', 'engine-integrity', 'worker'];

/** @typedef {"idle" | "loading" | "ready" | "error"} Status */

/**
 * A pre-screening check for one trial. It keeps answers in memory and tells its page none of them, unless
 * `expose-answers` is set: then the person is told first.
 *
 * @attr {string} src - address of the trial document; several of this site with spaces between, for one check of all
 * @attr {string} integrity - digest of the trial document, `sha384-…`; another document is refused. Needed where it is another site's
 * @attr {string} lang - language; the nearest ancestor's where absent
 * @attr {"patient"|"caregiver"|"staff"} respondent - who answers; asked where absent
 * @attr {string} as-of - the moment to judge from; now where absent
 * @attr {number} heading-level - level of each screen's heading, 1 to 5; 2 where absent
 * @attr {"auto"|"light"|"dark"} theme - light or dark; the page's where absent
 * @attr {"auto"|"metric"|"us"} units - which units of a result come first; the document's order where absent
 * @attr {"intro"|"questions"} start - the first screen; with `questions` the page itself says what the start screen says
 * @attr {boolean} no-share - nothing can be shared
 * @attr {boolean} no-notes - no notes can be taken
 * @attr {boolean} no-keep - nothing can be kept on the device
 * @attr {string} quick-exit - address of a harmless page: a button on every screen deletes the answers and goes there
 * @attr {boolean} expose-answers - the page may read answers and outcome, and the person is told so
 * @attr {string} engine-src - address of the engine's WebAssembly, with `check_later.wasm` beside it; the one beside this module where absent
 * @attr {string} engine-integrity - digest of the engine, `sha384-…`
 * @attr {string} contact-endpoint - address of this very site that takes messages to the study as JSON; without it people send them on themselves
 * @attr {boolean} worker - the engine runs in a worker, for pages whose policy has no `wasm-unsafe-eval`
 * @attr {boolean} own-page - the page around belongs to the check: it may use history, title and scrolling
 * @prop {TrialDocument | string | null} trial - the document itself, where it is at hand: then nothing is fetched
 * @prop {Entered | undefined} answers - what was entered; readable with `expose-answers` alone. Set, it fills in forms for the person to confirm
 * @prop {Outcome | null} outcome - what the result screen said; readable with `expose-answers` alone
 * @prop {object} versions - of the engine and of the trial; empty until they are loaded
 * @prop {Promise<void>} ready - fulfilled once the check can be used
 * @prop {"idle"|"loading"|"ready"|"error"} status - how far it is
 * @method start - goes on from the start screen
 * @method openShared - asks for the code of a sealed check, shows what is in it, and goes on with it. Only on our own page
 * @method reset - deletes all answers and shows the start screen
 * @method goTo - opens a question that was asked before, by its id or one of its items; tells whether there is one
 * @method print - prints the page with everything unfolded
 * @method exportRecord - a file of what was answered, as `json`, `csv` or `fhir` (a QuestionnaireResponse); nothing without `expose-answers`
 * @fires prescreen-ready - engine and trial are loaded
 * @fires prescreen-step - another screen is shown: its number in `detail.index`
 * @fires prescreen-outcome - the result is shown; the detail is empty, or has `outcome` with `expose-answers`
 * @fires prescreen-contact - somebody wants to reach the study; cancelable, where the page has its own way
 * @fires prescreen-share - a link for sharing was made; the page is told nothing of it
 * @fires prescreen-update-available - the page's service worker, which keeps the check, has something newer waiting
 * @fires prescreen-error - the check cannot run: why in `detail.code`
 * @fires prescreen-clear - all answers were deleted
 * @slot header - at the top of every screen
 * @slot contact - a telephone number or address, shown as help
 * @slot privacy-note - what the page has to say about what it records, on the start screen
 * @slot after-result - below the result
 * @slot fallback - shown where the check cannot run
 * @csspart root - all of it
 * @csspart heading - the heading of a screen
 * @csspart caption - the line above a question
 * @csspart question - a question with its fields
 * @csspart hint - what helps to answer
 * @csspart options - choices
 * @csspart option - one choice
 * @csspart control - its radio button or checkbox
 * @csspart input - a text field or list
 * @csspart unit - the unit beside a field
 * @csspart button - every button
 * @csspart primary - the button that goes on
 * @csspart secondary - another button
 * @csspart link - a button that looks like a link
 * @csspart back - the way back
 * @csspart emergency - what to do in an emergency
 * @csspart error-summary - the errors of a screen
 * @csspart error - one error at its field
 * @csspart result - the outcome
 * @csspart criterion - a condition of the study and its reasons
 * @csspart state - whether it is met, in a word
 * @csspart summary-list - a list of answers
 * @csspart answer - one answer with its way to change it
 * @csspart note - a remark that stands out
 * @csspart warning - what everybody must know beside a result
 * @csspart trial - one of several trials that are asked for at once
 * @csspart message - a message to the study as it will be sent
 * @csspart help - the help at the foot of a screen
 * @cssstate loading
 * @cssstate ready
 * @cssstate error
 * @cssstate offline - the page's service worker keeps the page, the engine and the trial
 * @cssstate patient
 * @cssstate caregiver
 * @cssstate staff
 * @cssstate kept
 * @cssprop --prescreen-font - font family
 * @cssprop --prescreen-font-size - size of text
 * @cssprop --prescreen-line-height - height of a line
 * @cssprop --prescreen-space - space below paragraphs, lists and fields
 * @cssprop --prescreen-measure - width of a line
 * @cssprop --prescreen-radius - roundness of corners
 * @cssprop --prescreen-target - least height of what can be pressed
 * @cssprop --prescreen-text - text
 * @cssprop --prescreen-muted - text that matters less
 * @cssprop --prescreen-background - background
 * @cssprop --prescreen-soft - background of what stands out
 * @cssprop --prescreen-line - outlines of fields
 * @cssprop --prescreen-hair - lines between things
 * @cssprop --prescreen-accent - links, buttons and what is chosen
 * @cssprop --prescreen-on-accent - text on that
 * @cssprop --prescreen-alert - emergencies and errors
 * @cssprop --prescreen-focus - the ring around what has the focus
 */
export class TrialPrescreen extends ElementSettings {
  #stage = new Stage();
  #internals = this.attachInternals();
  #conversation = new Conversation(this, this.#stage, {
    tell: (name, detail) => this.#tell(name, detail),
    changed: () => this.#changed(),
    again: () => this.#again(),
    open: (file) => void this.#open(file),
    load: (address) => this.#enter(address),
  });
  /** @type {TrialDocument | string | null} */
  #trial = null;
  /** @type {Map<string, FormData>} */
  #prefilled = new Map();
  /** @type {Status} */
  #status = 'idle';
  /** @type {PromiseWithResolvers<void>} */
  #ready = Promise.withResolvers();
  #engine = '';
  #sealed = '';
  #due = false;
  #request = 0;
  /** The trial on its way. @type {Promise<void>} */
  #loading = Promise.resolve();

  constructor() {
    super();
    const shadow = this.attachShadow({ mode: 'open' });
    shadow.adoptedStyleSheets = [sheet()];
    shadow.append(this.#stage.root);
  }

  connectedCallback() {
    this.upgrade();
    window.addEventListener('popstate', this.#onHistory);
    window.addEventListener('beforeprint', this.#onPrint);
    if (this.ownPage) history.replaceState({ step: 0 }, '');
    if (!this.#conversation.session) this.#reload();
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
    if (RELOADING.includes(name)) return this.#reload();
    this.#conversation.hold();
    void this.#conversation.render();
  }

  get trial() {
    return this.#trial;
  }

  set trial(document) {
    this.#trial = document;
    if (this.isConnected) this.#reload();
  }

  /** @returns {Entered | undefined} */
  get answers() {
    const { session, told } = this.#conversation;
    return this.exposeAnswers && told && session ? enteredIn(session.drafts) : undefined;
  }

  set answers(entered) {
    this.#prefilled = draftsOf(entered);
    this.#conversation.session?.prefill(this.#prefilled);
  }

  /** @returns {Outcome | null} */
  get outcome() {
    return this.exposeAnswers ? this.#conversation.outcome : null;
  }

  get versions() {
    const study = this.#conversation.session?.study;
    return { engine: this.#engine, trial: study && { id: study.id, ...study.version } };
  }

  /** @returns {Promise<void>} */
  get ready() {
    return this.#ready.promise;
  }

  get status() {
    return this.#status;
  }

  async start() {
    await this.ready;
    if (this.#conversation.isAtStart) await this.#conversation.atTheWishOf('page', begin);
  }

  async reset() {
    await this.#conversation.atTheWishOf('page', () => this.#conversation.clear());
  }

  /** @param {string} sealed the text of a link's fragment, or of a file */
  openShared(sealed) {
    if (!this.ownPage) return;
    this.#sealed = sealed;
    this.#reload();
  }

  /** @param {string} address of the trial of a check that was opened */
  #enter(address) {
    this.src = address;
    this.#reload();
  }

  /** @param {string} id */
  goTo(id) {
    const found = Boolean(this.#conversation.session?.questionOf(id));
    if (found) void this.#conversation.atTheWishOf('page', async (view) => change(view, id));
    return found;
  }

  /**
   * @param {import("./element/record.js").Format} format
   * @returns {Promise<Blob | undefined>}
   */
  async exportRecord(format) {
    const { session, told, locale } = this.#conversation;
    if (!this.exposeAnswers || !told || !session) return undefined;
    const { recordIn } = await import('./element/record.js');
    return recordIn(format, session, locale);
  }

  print() {
    this.#stage.unfold();
    window.print();
  }

  /** Loads once for all that is set together. */
  #reload() {
    if (this.#due) return;
    this.#due = true;
    queueMicrotask(() => {
      this.#due = false;
      this.#loading = this.#load();
    });
  }

  async #load() {
    const request = (this.#request += 1);
    const current = () => request === this.#request;
    const conversation = this.#conversation;
    conversation.empty();
    if (this.#sealed) {
      const sealed = this.#sealed;
      this.#sealed = '';
      return conversation.admit(sealed);
    }
    this.#become('loading');
    this.#mark(OFFLINE, undefined);
    void conversation.render();
    this.#stage.announce(words[conversation.locale].start.loading);
    const slow = setTimeout(() => this.#stage.announce(words[conversation.locale].start.slow, true), PATIENCE);
    try {
      const { study, whole } = await openTrial(this, this.#trial);
      if (study && current()) await conversation.preview(study, whole);
      const { trial, later, version, complete } = await whole;
      if (!current()) return trial.free();
      this.#engine = version;
      void conversation.completing(complete);
      const shown = conversation.arrivedAt(trial);
      if (!shown) conversation.begin(trial, later);
      conversation.session?.prefill(this.#prefilled);
      this.#stage.announce('');
      if (!shown) await conversation.render();
      await conversation.arriving();
      if (this.startWith === 'questions' && !this.exposeAnswers && conversation.isAtStart) await conversation.atTheWishOf('loading', begin);
      if (isBeingThemed(this)) await this.#lookOver();
      if (conversation.problem) return;
      this.#become('ready');
      this.#tell('prescreen-ready');
      void later.watchRelease(this, this.#trial, () => current() && this.#mark(OFFLINE, 'offline'), () => current() && this.#tell('prescreen-update-available'));
      void later.fetchParts(this);
    } catch (cause) {
      if (current()) conversation.fail(cause);
    } finally {
      clearTimeout(slow);
    }
  }

  /** For those who work on the page around. */
  async #lookOver() {
    const { warnOfContrast } = await import('./element/contrast.js');
    warnOfContrast(this.#stage.root);
  }

  /**
   * A file that the person chose takes the place of the trial, if it is one; also of one that is still on its way.
   * @param {File} file
   */
  async #open(file) {
    const conversation = this.#conversation;
    try {
      const bytes = new Uint8Array(await file.arrayBuffer().catch(() => { throw new Problem('document'); }));
      const text = new TextDecoder().decode(bytes.subarray(0, LONGEST_SEALED + 1));
      if (isSealed(text)) return await conversation.admit(text.trim());
      await this.#loading;
      const engine = await engineOf(this);
      const { trial, ...found } = await engine.open(bytes);
      conversation.begin(trial, await laterScreens());
      void conversation.completing(engine.complete());
      conversation.opened = { ...found, name: file.name, accepted: true };
    } catch (cause) {
      if (!(cause instanceof Problem)) return conversation.fail(cause);
      conversation.opened = { diagnostics: cause.diagnostics, text: cause.text, name: file.name, accepted: false };
    }
    await conversation.render();
    const { accepted, name } = conversation.opened;
    const { start } = words[conversation.locale];
    this.#stage.announce((accepted ? start.opened : start.refused)(name));
    if (accepted) conversation.focus();
  }

  /** @param {Status} status */
  #become(status) {
    if (status === this.#status) return;
    if (status === 'loading' && this.#status !== 'idle') this.#ready = Promise.withResolvers();
    if (status === 'ready') this.#ready.resolve();
    if (status === 'error') this.#ready.reject(this.#conversation.problem);
    // who does not wait for it need not hear that it failed
    this.#ready.promise.catch(() => {});
    this.#status = status;
    this.#mark(['loading', 'ready', 'error'], status);
  }

  #changed() {
    const { problem, session, isKept } = this.#conversation;
    if (problem) this.#become('error');
    this.#mark(['patient', 'caregiver', 'staff'], session?.respondent);
    this.#mark(['kept'], isKept ? 'kept' : undefined);
  }

  /**
   * Puts the element in one of these states.
   * @param {string[]} states
   * @param {string | undefined} state
   */
  #mark(states, state) {
    for (const one of states) this.#internals.states.delete(one);
    if (state) this.#internals.states.add(state);
  }

  /** A module that failed to load stays failed until the page is loaded again. */
  #again() {
    if (this.ownPage) location.reload();
    else this.#reload();
  }

  /**
   * @param {string} name
   * @param {Detail} [detail]
   */
  #tell(name, detail = {}) {
    return this.dispatchEvent(new CustomEvent(name, { bubbles: true, composed: true, cancelable: name === 'prescreen-contact', detail }));
  }

  #onHistory = (/** @type {PopStateEvent} */ event) => {
    const { step } = event.state ?? {};
    if (this.ownPage && this.#conversation.session && step !== undefined) this.#conversation.arrive(step);
  };

  #onPrint = () => this.#stage.unfold();
}
