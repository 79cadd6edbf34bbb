// @ts-check
/** @import { Diagnostic, Fact, Question } from "./pkg/check.js" */
/** @import { Piece } from "./dom.js" */
/** @import { Place, View } from "./view.js" */

/**
 * @typedef {object} QuestionScreen
 * @property {"question"} name
 * @property {Question} question
 * @property {number} expected  about how many questions are to be expected, this one included
 * @property {number} atMost  how many questions can still come, this one included
 * @property {boolean} [returning]  opened to change an answer
 * @property {boolean} [trying]  opened to try an answer that is not kept
 * @property {FormData} [draft]  what stands in the form
 * @property {Diagnostic[]} [errors]
 * @property {string[]} [offsets]  the choice that a clock change leaves
 */
/** @typedef {{ name: "doubt", from: QuestionScreen, facts: Fact[], draft: FormData }} DoubtScreen */
/** @typedef {{ name: "who", draft?: FormData, errors?: Diagnostic[] }} WhoScreen */
/** @typedef {{ name: "stop", question: Question }} StopScreen */
/** @typedef {{ name: "tried", question: Question, facts: Fact[] }} TriedScreen  the result, if a question were answered so */
/** @typedef {{ name: "start" | "review" | "result" | "pick" | "clear" }} PlainScreen */
/**
 * A screen of a part that is loaded once somebody asks for it; of a `Place` where it needs no check around it.
 * @template {Place} [V=View]
 * @typedef {object} FurtherScreen
 * @property {"further"} name
 * @property {(view: V) => Piece[] | Promise<Piece[]>} show
 * @property {FormData} [draft]  what stands in the form
 */
/** @typedef {FurtherScreen | QuestionScreen | DoubtScreen | WhoScreen | StopScreen | TriedScreen | PlainScreen} Screen */

/** The screens gone through, and the way back. Addresses and history entries hold a number and nothing else. */
export class Journey {
  /** @type {Screen[]} */
  #screens;
  #at = 0;
  #first;
  #leave;
  #show;
  #inHistory;

  /**
   * @param {() => void} leave called before another screen is shown
   * @param {() => void} show
   * @param {() => boolean} inHistory whether the browser's own Back belongs to the check
   * @param {Screen} [first]
   */
  constructor(leave, show, inHistory, first = { name: 'start' }) {
    this.#first = first;
    this.#screens = [first];
    this.#leave = leave;
    this.#show = show;
    this.#inHistory = inHistory;
  }

  /** @returns {Screen} */
  get current() {
    return this.#screens[this.#at];
  }

  get index() {
    return this.#at;
  }

  /** The screen that was ahead when the person went back. */
  get ahead() {
    return this.#screens.at(this.#at + 1);
  }

  /** What was ahead no longer holds. */
  turn() {
    this.#screens.length = this.#at + 1;
  }

  /** @param {Screen} screen */
  go(screen) {
    this.#leave();
    if (screen !== this.ahead) this.#screens.splice(this.#at + 1, Infinity, screen);
    this.#at += 1;
    if (this.#inHistory()) history.pushState({ step: this.#at }, '');
    this.#show();
  }

  /**
   * Another screen in the place of this one.
   * @param {Screen} screen
   */
  replace(screen) {
    this.#screens.splice(this.#at, Infinity, screen);
    this.#show();
  }

  back() {
    if (this.#inHistory()) history.back();
    else this.arrive(this.#at - 1);
  }

  /**
   * At a screen gone through before.
   * @param {unknown} step
   */
  arrive(step) {
    this.#leave();
    this.#at = typeof step === 'number' ? Math.min(Math.max(step, 0), this.#screens.length - 1) : 0;
    this.#show();
  }

  forget() {
    this.#screens = [this.#first];
    this.#at = 0;
    if (this.#inHistory()) history.replaceState({ step: 0 }, '');
  }
}
