// @ts-check
/** @import { Respondent } from "../pkg/check.js" */

const RESPONDENTS = /** @type {const} */ (['patient', 'caregiver', 'staff']);
const THEMES = /** @type {const} */ (['auto', 'light', 'dark']);
const UNITS = /** @type {const} */ (['auto', 'metric', 'us']);
const STARTS = /** @type {const} */ (['intro', 'questions']);

/** What a page sets: attributes, each with a property that says the same. */
export class Settings extends HTMLElement {
  static observedAttributes = [
    'src', 'integrity', 'lang', 'respondent', 'as-of', 'heading-level', 'theme', 'units', 'start', 'own-page',
    'no-share', 'no-notes', 'no-keep', 'quick-exit', 'expose-answers', 'engine-src', 'engine-integrity', 'worker',
    'contact-endpoint',
  ];

  get src() {
    return this.getAttribute('src') ?? '';
  }

  set src(address) {
    this.#put('src', address);
  }

  get integrity() {
    return this.getAttribute('integrity') ?? '';
  }

  set integrity(digest) {
    this.#put('integrity', digest);
  }

  /** @returns {Respondent | null} */
  get respondent() {
    return RESPONDENTS.find((one) => one === this.getAttribute('respondent')) ?? null;
  }

  set respondent(respondent) {
    this.#put('respondent', respondent);
  }

  get asOf() {
    return this.getAttribute('as-of') ?? '';
  }

  set asOf(moment) {
    this.#put('as-of', moment);
  }

  get headingLevel() {
    const level = Number(this.getAttribute('heading-level') ?? 2);
    return level >= 1 && level <= 5 ? Math.floor(level) : 2;
  }

  set headingLevel(level) {
    this.#put('heading-level', String(level));
  }

  get theme() {
    return this.#oneOf('theme', THEMES);
  }

  set theme(theme) {
    this.#put('theme', theme);
  }

  get units() {
    return this.#oneOf('units', UNITS);
  }

  set units(units) {
    this.#put('units', units);
  }

  /** The attribute `start`: a method has its name. */
  get startWith() {
    return this.#oneOf('start', STARTS);
  }

  set startWith(screen) {
    this.#put('start', screen);
  }

  get ownPage() {
    return this.hasAttribute('own-page');
  }

  set ownPage(own) {
    this.toggleAttribute('own-page', own);
  }

  get noShare() {
    return this.hasAttribute('no-share');
  }

  set noShare(no) {
    this.toggleAttribute('no-share', no);
  }

  get noNotes() {
    return this.hasAttribute('no-notes');
  }

  set noNotes(no) {
    this.toggleAttribute('no-notes', no);
  }

  get noKeep() {
    return this.hasAttribute('no-keep');
  }

  set noKeep(no) {
    this.toggleAttribute('no-keep', no);
  }

  /** The whole address that a quick exit opens; nothing where it is none of the web. */
  get quickExit() {
    const given = this.getAttribute('quick-exit');
    const address = given && URL.canParse(given, document.baseURI) ? new URL(given, document.baseURI) : undefined;
    return address && /^https?:$/.test(address.protocol) ? address.href : '';
  }

  set quickExit(address) {
    this.#put('quick-exit', address);
  }

  get exposeAnswers() {
    return this.hasAttribute('expose-answers');
  }

  set exposeAnswers(expose) {
    this.toggleAttribute('expose-answers', expose);
  }

  get engineSrc() {
    return this.getAttribute('engine-src') ?? '';
  }

  set engineSrc(address) {
    this.#put('engine-src', address);
  }

  get engineIntegrity() {
    return this.getAttribute('engine-integrity') ?? '';
  }

  set engineIntegrity(digest) {
    this.#put('engine-integrity', digest);
  }

  get contactEndpoint() {
    return this.getAttribute('contact-endpoint') ?? '';
  }

  set contactEndpoint(address) {
    this.#put('contact-endpoint', address);
  }

  get worker() {
    return this.hasAttribute('worker');
  }

  set worker(worker) {
    this.toggleAttribute('worker', worker);
  }

  /** Takes up what was set before the class was there. */
  upgrade() {
    for (const name of Object.keys(this)) {
      if (!(name in Object.getPrototypeOf(this))) continue;
      const values = /** @type {Record<string, unknown>} */ (/** @type {unknown} */ (this));
      const value = values[name];
      delete values[name];
      values[name] = value;
    }
  }

  /**
   * @param {string} name
   * @param {string | null} value
   */
  #put(name, value) {
    if (value == null) this.removeAttribute(name);
    else this.setAttribute(name, value);
  }

  /**
   * One of these words, the first where it is none.
   * @template {string} Word
   * @param {string} name
   * @param {readonly Word[]} words
   */
  #oneOf(name, words) {
    return words.find((word) => word === this.getAttribute(name)) ?? words[0];
  }
}
