// @ts-check
/** @import { Diagnostic, Trial, TrialDocument } from "./pkg/check.js" */
/** @import { Engine } from "./engine.js" */

/** @typedef {Exclude<Extract<keyof Trial, string>, "id" | "check" | "free" | "toJSON">} Asked  what a trial can be asked: data in, data out */
/** @typedef {{ trial?: number, study?: TrialDocument, diagnostics: Diagnostic[] }} Opening */

/** Where an engine is asked. All that goes in and comes out can be sent to another thread; a trial is a number. */
export class Desk {
  #engine;
  /** @type {Map<number, Trial>} */
  #trials = new Map();
  #opened = 0;

  /** @param {Engine} engine */
  constructor(engine) {
    this.#engine = engine;
  }

  version() {
    return this.#engine.version();
  }

  /**
   * @param {Uint8Array} bytes
   * @returns {Opening}
   */
  open(bytes) {
    const { trial, diagnostics } = this.#engine.readTrial(bytes);
    if (!trial) return { diagnostics };
    this.#opened += 1;
    this.#trials.set(this.#opened, trial);
    return { trial: this.#opened, study: trial.toJSON(), diagnostics };
  }

  /**
   * @param {number} number
   * @param {Asked} name
   * @param {unknown[]} given
   * @returns {unknown}
   */
  ask(number, name, given) {
    const trial = /** @type {Record<Asked, (...given: unknown[]) => unknown>} */ (/** @type {unknown} */ (this.#trials.get(number)));
    return trial[name](...given);
  }

  /** @param {number} number */
  close(number) {
    this.#trials.get(number)?.free();
    this.#trials.delete(number);
  }
}
