// @ts-check
/** @import { Channel, Diagnostic, Fact, Log, LogAct, LogHeader, LogLayout, LogRow, Reminder, Trial } from "../pkg/trial_prescreen.js" */

/** @typedef {typeof import("../pkg/trial_prescreen.js")} Engine */
/** @typedef {{ who: string, role: string }} Hand  who writes */
/** What the screen of the log shows. @typedef {{ header: LogHeader, rows: LogRow[], reminders: Reminder[], lines: number, head: string, problems: Diagnostic[] }} BookView */

/** The pre-screening log of a site. It is written in memory, and leaves as a file alone. */
export class Book {
  #engine;
  /** @type {Log | undefined} */
  #log;
  /** @type {Diagnostic[]} what was found wrong with the file that it came from */
  #found = [];
  /** What was written of everybody last, by number, but for the moment. @type {Map<number, string>} */
  #said = new Map();

  /** @param {Engine} engine */
  constructor(engine) {
    this.#engine = engine;
  }

  get open() {
    return this.#log !== undefined;
  }

  /**
   * @param {Omit<LogHeader, "edition">} header
   * @param {Trial} trial
   * @returns {Diagnostic[]}
   */
  begin(header, trial) {
    return this.#take(this.#engine.newLog({ ...header, edition: trial.edition() }));
  }

  /** @param {Uint8Array} bytes @returns {Diagnostic[]} */
  read(bytes) {
    return this.#take(this.#engine.openLog(bytes));
  }

  /** @param {{ log?: Log, diagnostics: Diagnostic[] }} opened */
  #take({ log, diagnostics }) {
    if (log) {
      this.#log?.free();
      this.#log = log;
      this.#found = diagnostics;
      this.#said.clear();
    }
    return log ? [] : diagnostics;
  }

  /**
   * One line more.
   * @param {LogAct} act
   * @param {Hand} by
   * @param {string} at in UTC
   * @returns {{ number?: number, diagnostics: Diagnostic[] }} the number is that of somebody who was written down first
   */
  write(act, by, at) {
    if (!this.#log) return { diagnostics: [] };
    const { number, event, diagnostics } = this.#log.append({ at, by, act });
    const identified = event && 'identified' in event.act ? event.act.identified.person : undefined;
    return { number: identified ?? number, diagnostics };
  }

  /**
   * Somebody and where they stand; nothing where that was written last and is so still.
   * @param {{ number?: number, facts: Fact[], trial: Trial, asOf: string, on: string, channel: Channel }} one with the number that they have already
   * @param {Hand} by
   * @param {string} at
   * @returns {{ number?: number, diagnostics: Diagnostic[] }}
   */
  assess({ number, facts, trial, asOf, on, channel }, by, at) {
    const { assessment, diagnostics } = trial.assess(facts, { asOf });
    if (!assessment) return { number, diagnostics };
    const said = JSON.stringify({ ...assessment, asOf: '', receipt: '' });
    if (number !== undefined && this.#said.get(number) === said) return { number, diagnostics };
    let person = number;
    if (person === undefined) {
      const identified = this.write({ identified: { on, channel } }, by, at);
      if (identified.number === undefined) return identified;
      person = identified.number;
    }
    const written = this.write({ assessed: { person, assessment } }, by, at);
    if (written.diagnostics.length === 0) this.#said.set(person, said);
    return { number: person, diagnostics: written.diagnostics };
  }

  /** @param {string} today @returns {BookView | undefined} */
  view(today) {
    const log = this.#log;
    if (!log) return undefined;
    return { header: log.header(), rows: log.rows(), reminders: log.reminders(today), lines: log.lines().length, head: log.head, problems: [...this.#found, ...log.verify()] };
  }

  /** @param {LogLayout} layout */
  copy(layout) {
    return this.#log?.export(layout);
  }

  text() {
    return this.#log?.text();
  }
}
