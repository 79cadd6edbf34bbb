// @ts-check
/** @import { Diagnostic, Fact, PlanOfAll, PlanOptions, Trial, TrialDocument } from "./pkg/check.js" */
/** @import { Asked, Opening } from "./desk.js" */
/** @import { EngineFile } from "./engine.js" */
/** @import { Piece } from "./dom.js" */
/** @import { View } from "./view.js" */

import { Desk } from './desk.js';
import { Problem, engine } from './engine.js';

/** @typedef {"version" | "complete" | "open" | "ask" | "next" | "close"} Errand */
/** @typedef {(errand: Errand, ...given: any[]) => Promise<any>} Send  takes an errand to the desk of an engine */

/** @type {Map<string, Promise<Connection>>} */
const connections = new Map();

/**
 * An engine that can be asked, the same for all elements of a page.
 * @param {EngineFile & { worker?: boolean }} [settings] in a worker, or else in this page
 * @returns {Promise<Connection>}
 */
export function connect({ worker = false, ...file } = {}) {
  const key = JSON.stringify([worker, file.src, file.integrity]);
  const there = connections.get(key);
  if (there) return there;
  const made = (worker ? apart(file) : here(file)).then(async (send) => new Connection(send, await send('version')));
  connections.set(key, made);
  made.catch(() => connections.delete(key));
  return made;
}

/**
 * @param {EngineFile} file
 * @returns {Promise<Send>}
 */
async function here(file) {
  const desk = /** @type {Record<Errand, (...given: unknown[]) => unknown>} */ (/** @type {unknown} */ (new Desk(await engine(file))));
  return async (errand, ...given) => desk[errand](...given);
}

/**
 * @param {EngineFile} file
 * @returns {Promise<Send>}
 */
async function apart(file) {
  const { hire } = await import('./hire.js').catch(() => { throw new Problem('engine'); });
  return hire(file);
}

/** An engine, and what it opens. */
export class Connection {
  #send;

  /**
   * @param {Send} send
   * @param {string} version
   */
  constructor(send, version) {
    this.#send = send;
    this.version = version;
  }

  /**
   * Once all of the engine is there; until then whoever asks for more than the first question waits.
   * @returns {Promise<void>}
   */
  complete() {
    return this.#send('complete');
  }

  /**
   * The trial in a file, and what is worth saying about it.
   * @param {Uint8Array} bytes
   * @returns {Promise<{ trial: OpenTrial, diagnostics: Diagnostic[], text: string }>}
   */
  async open(bytes) {
    /** @type {Opening} */
    const { trial, study, diagnostics } = await this.#send('open', bytes);
    const text = diagnostics.some((diagnostic) => diagnostic.span) ? new TextDecoder().decode(bytes) : '';
    if (!trial || !study) throw new Problem('document', diagnostics, text);
    return { trial: new OpenTrial(this.#send, trial, study, languagesOf(study, diagnostics)), diagnostics, text };
  }
}

/**
 * The languages in which a document has its words; translations apart that are older than what they were made from.
 * @param {TrialDocument} study
 * @param {Diagnostic[]} [diagnostics] what was said of it, once it was read
 */
function languagesOf({ title }, diagnostics = []) {
  const stale = diagnostics.flatMap(({ code, path }) => (code === 'stale-translation' ? path?.split('.')[1] : []));
  const all = Object.keys(title ?? {});
  const fresh = all.filter((language) => !stale.includes(language));
  return fresh.length > 0 ? fresh : all;
}

/**
 * A trial as a conversation sees it: one, or several as if they were one.
 * @typedef {Pick<OpenTrial, "ask" | "study" | "languages" | "free"> & { start?: (view: View) => Piece[], part?: boolean }} AnyTrial  with a first screen of its own, where it has one; part of a check of several, where it is one of them
 */

/** A trial on its way to the engine: its document can be shown, and what it is asked waits. */
export class ComingTrial {
  #there;

  /**
   * @param {TrialDocument} study
   * @param {Promise<AnyTrial>} there
   */
  constructor(study, there) {
    this.study = study;
    this.languages = languagesOf(study);
    this.#there = there;
    // whoever waits for it is told; nobody need
    there.catch(() => {});
  }

  /**
   * @template {Asked} Name
   * @param {Name} name
   * @param {Parameters<Trial[Name]>} given
   * @returns {Promise<ReturnType<Trial[Name]>>}
   */
  async ask(name, ...given) {
    return (await this.#there).ask(name, ...given);
  }

  free() {
    void this.#there.then((trial) => trial.free(), () => {});
  }
}

/** A trial that an engine has open. */
export class OpenTrial {
  #send;
  #number;

  /**
   * @param {Send} send
   * @param {number} number
   * @param {TrialDocument} study
   * @param {string[]} languages in which it can be shown
   */
  constructor(send, number, study, languages) {
    this.#send = send;
    this.#number = number;
    this.study = study;
    this.languages = languages;
  }

  /**
   * Asks the engine what the trial's method of this name tells.
   * @template {Asked} Name
   * @param {Name} name
   * @param {Parameters<Trial[Name]>} given
   * @returns {Promise<ReturnType<Trial[Name]>>}
   */
  ask(name, ...given) {
    return this.#send('ask', this.#number, name, given);
  }

  /**
   * What to ask next in the interest of this trial and of others that the same engine has open.
   * @param {OpenTrial[]} others
   * @param {Fact[]} facts
   * @param {PlanOptions} options
   * @returns {Promise<PlanOfAll>}
   */
  nextWith(others, facts, options) {
    return this.#send('next', [this, ...others].map((trial) => trial.#number), facts, options);
  }

  free() {
    void this.#send('close', this.#number).catch(() => {});
  }
}
