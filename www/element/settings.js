// @ts-check
/** @import { Respondent } from "../pkg/check.js" */

const RESPONDENTS = /** @type {const} */ (['patient', 'caregiver', 'staff']);
const THEMES = /** @type {const} */ (['auto', 'light', 'dark']);
const UNITS = /** @type {const} */ (['auto', 'metric', 'us']);
const STARTS = /** @type {const} */ (['intro', 'questions']);

/** What a page sets of a check, be it an element of its own or in a frame: attributes, each with a property that says the same. */
export class Settings extends HTMLElement {
  get src() {
    return this.getAttribute('src') ?? '';
  }

  set src(address) {
    this.put('src', address);
  }

  /** @returns {Respondent | null} */
  get respondent() {
    return RESPONDENTS.find((one) => one === this.getAttribute('respondent')) ?? null;
  }

  set respondent(respondent) {
    this.put('respondent', respondent);
  }

  get theme() {
    return this.oneOf('theme', THEMES);
  }

  set theme(theme) {
    this.put('theme', theme);
  }

  get units() {
    return this.oneOf('units', UNITS);
  }

  set units(units) {
    this.put('units', units);
  }

  /** The attribute `start`: a method has its name. */
  get startWith() {
    return this.oneOf('start', STARTS);
  }

  set startWith(screen) {
    this.put('start', screen);
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
   * @protected
   * @param {string} name
   * @param {string | null} value
   */
  put(name, value) {
    if (value == null) this.removeAttribute(name);
    else this.setAttribute(name, value);
  }

  /**
   * One of these words, the first where it is none.
   * @protected
   * @template {string} Word
   * @param {string} name
   * @param {readonly Word[]} words
   */
  oneOf(name, words) {
    return words.find((word) => word === this.getAttribute(name)) ?? words[0];
  }
}
