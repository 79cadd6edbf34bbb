// @ts-check
/** @import { Diagnostic, Fact, PlanOfAll, PlanOptions, Trial, TrialDocument, Trials } from "./pkg/check.js" */
/** @import { Engine } from "./engine.js" */

import { Problem } from './engine.js';

/** @typedef {Exclude<Extract<keyof Trial, string>, "id" | "check" | "free" | "toJSON">} Asked  what a trial can be asked: data in, data out */
/** @typedef {{ trial?: number, study?: TrialDocument, diagnostics: Diagnostic[] }} Opening */

/** Where an engine is asked. All that goes in and comes out can be sent to another thread; a trial is a number. */
export class Desk {
  #engine;
  /** @type {Map<number, Trial>} */
  #trials = new Map();
  /** @type {Map<string, Trials>} several at once, by their numbers */
  #together = new Map();
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

  /** Once the engine can do more than tell what to ask first. */
  async complete() {
    try {
      await this.#engine.complete?.();
    } catch {
      throw new Problem('engine');
    }
  }

  /**
   * @param {number} number
   * @param {Asked} name
   * @param {unknown[]} given
   * @returns {Promise<unknown>}
   */
  async ask(number, name, given) {
    if (name !== 'nextQuestion') await this.complete();
    const trial = /** @type {Record<Asked, (...given: unknown[]) => unknown>} */ (/** @type {unknown} */ (this.#trials.get(number)));
    return trial[name](...given);
  }

  /**
   * What to ask next in the interest of several trials.
   * @param {number[]} numbers
   * @param {Fact[]} facts
   * @param {PlanOptions} options
   * @returns {Promise<PlanOfAll>}
   */
  async next(numbers, facts, options) {
    await this.complete();
    const key = numbers.join();
    let trials = this.#together.get(key);
    if (!trials) {
      trials = new this.#engine.Trials();
      for (const number of numbers) trials.add(/** @type {Trial} */ (this.#trials.get(number)));
      this.#together.set(key, trials);
    }
    return trials.nextQuestion(facts, options);
  }

  /** @param {number} number */
  close(number) {
    for (const [key, trials] of this.#together) {
      if (!key.split(',').includes(String(number))) continue;
      trials.free();
      this.#together.delete(key);
    }
    this.#trials.get(number)?.free();
    this.#trials.delete(number);
  }
}
