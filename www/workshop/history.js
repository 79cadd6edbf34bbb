// @ts-check

/**
 * The states that a thing has gone through, each with what was done to reach it. Nothing is changed in place, so every
 * step can be taken back and taken again.
 * @template T
 */
export class History {
  /** @type {{ state: T, what: string }[]} */
  #steps;
  #at = 0;
  /** @type {T | undefined} the state that was last saved, or opened */
  #safe;

  /** @param {T} state */
  constructor(state) {
    this.#steps = [{ state, what: '' }];
    this.#safe = state;
  }

  get state() {
    return this.#steps[this.#at].state;
  }

  /** The state that everything began with. */
  get first() {
    return this.#steps[0].state;
  }

  /** What would be taken back; nothing at the beginning. */
  get undoes() {
    return this.#at > 0 ? this.#steps[this.#at].what : undefined;
  }

  /** What would be done again; nothing at the end. */
  get redoes() {
    return this.#steps.at(this.#at + 1)?.what;
  }

  /** Something would be lost with the page. */
  get unsaved() {
    return this.state !== this.#safe;
  }

  /**
   * @param {string} what in the words of the person
   * @param {T} state
   */
  go(what, state) {
    this.#steps.splice(this.#at + 1, Infinity, { state, what });
    this.#at += 1;
  }

  undo() {
    this.#at = Math.max(this.#at - 1, 0);
  }

  redo() {
    this.#at = Math.min(this.#at + 1, this.#steps.length - 1);
  }

  saved() {
    this.#safe = this.state;
  }

  /** What was taken in from outside and kept nowhere is not safe yet. */
  unsafe() {
    this.#safe = undefined;
  }
}
