// @ts-check
/** @import { Channel, Consort, Diagnostic, Fact, Log, LogAct, LogHeader, LogLayout, LogRow, Reminder, Trial, Verdict } from "../pkg/trial_prescreen.js" */
/** @import { Version } from "./versions.js" */

import { versionOf } from './versions.js';

/** @typedef {typeof import("../pkg/trial_prescreen.js")} Engine */
/** @typedef {{ who: string, role: string }} Hand  who writes */
/** @typedef {{ by: Hand, at: string }} Stamp  who writes, and when in UTC */
/** What the screen of the log shows: some of the attempts, and of what is to do. @typedef {{ header: LogHeader, versions: Version[], rows: LogRow[], from: number, reminders: Reminder[], due: number, consort: Consort, lines: number, head: string, problems: Diagnostic[] }} BookView */

/** What of a criterion is not clear; with whom, by their number; what the sponsor said. @typedef {{ person?: number, criterion: string, text: string, answer?: string }} Unclear */

/** So many attempts are shown at once. */
export const ATTEMPTS = 50;
/** So many things to do are shown. */
const DUE = 200;

/** The pre-screening log of a site for one trial. */
export class Book {
  #log;
  #versions;
  /** @type {Unclear[]} */
  #queries = [];
  /** @type {Diagnostic[]} what was found wrong with the file that it came from */
  #found;
  /** What was written of everybody last, by number, but for the moment. @type {Map<number, string>} */
  #said = new Map();

  /** @param {Log} log @param {Diagnostic[]} [found] */
  constructor(log, found = []) {
    this.#log = log;
    this.#found = found;
    const acts = log.lines().flatMap(({ event }) => (event ? [event.act] : []));
    const later = acts.flatMap((act) => ('activated' in act ? [act.activated] : []));
    acts.forEach((act) => hear(this.#queries, act));
    this.#versions = [{ version: versionOf(this.header.edition), effectiveFrom: /** @type {string | undefined} */ (undefined) }, ...later.map(({ edition, on }) => ({ version: versionOf(edition), effectiveFrom: on }))];
  }

  free() {
    this.#log.free();
  }

  get header() {
    return this.#log.header();
  }

  /** The versions of the trial that it knows, and from when on they apply; the first from the beginning. */
  get versions() {
    return this.#versions;
  }

  get queries() {
    return this.#queries;
  }

  /** How many attempts it has. */
  get attempts() {
    return this.#log.consort().attempts;
  }

  /**
   * One line more.
   * @param {LogAct} act
   * @param {Stamp} stamp
   * @returns {{ number?: number, diagnostics: Diagnostic[] }} the number is that of somebody who was written down first
   */
  write(act, { by, at }) {
    const { number, event, diagnostics } = this.#log.append({ at, by, act });
    if (event && 'activated' in event.act) this.#versions.push({ version: versionOf(event.act.activated.edition), effectiveFrom: event.act.activated.on });
    if (event) hear(this.#queries, event.act);
    const identified = event && 'identified' in event.act ? event.act.identified.person : undefined;
    return { number: identified ?? number, diagnostics };
  }

  /**
   * Somebody and where they stand; nothing where that was written last and is so still.
   * @param {{ number?: number, facts: Fact[], trial: Trial, asOf: string, channel: Channel, detail: string }} one with the number that they have already
   * @param {Stamp} stamp
   * @returns {{ number?: number, fresh: boolean, diagnostics: Diagnostic[] }}
   */
  assess({ number, facts, trial, asOf, channel, detail }, stamp) {
    const { assessment, diagnostics } = trial.assess(facts, { asOf });
    if (!assessment) return { number, fresh: false, diagnostics };
    const said = JSON.stringify({ ...assessment, asOf: '', receipt: '' });
    if (number !== undefined && this.#said.get(number) === said) return { number, fresh: false, diagnostics };
    // nobody gets a number who could not be assessed
    if (!this.versions.some(({ version }) => version.digest === assessment.trial)) return { number, fresh: false, diagnostics: this.write({ assessed: { person: number ?? 0, assessment } }, stamp).diagnostics };
    let person = number;
    if (person === undefined) {
      const identified = this.write({ identified: { on: asOf.slice(0, 10), channel, detail: detail || undefined } }, stamp);
      if (identified.number === undefined) return { fresh: false, diagnostics: identified.diagnostics };
      person = identified.number;
    }
    const written = this.write({ assessed: { person, assessment } }, stamp);
    const fresh = written.diagnostics.length === 0;
    if (fresh) this.#said.set(person, said);
    return { number: person, fresh, diagnostics: written.diagnostics };
  }

  /** The next assessment of an attempt is written whatever it says. @param {number} number */
  anew(number) {
    this.#said.delete(number);
  }

  /** An attempt as it stands. @param {number} number */
  row(number) {
    return this.#log.rows().find((row) => row.number === number);
  }

  /** @param {string} today @param {number} page @returns {BookView} */
  view(today, page) {
    const log = this.#log;
    const [rows, reminders] = [log.rows(), log.reminders(today)];
    const from = page * ATTEMPTS < rows.length ? page * ATTEMPTS : 0;
    return {
      header: log.header(), versions: this.#versions.map(({ version }) => version), rows: rows.slice(from, from + ATTEMPTS), from, reminders: reminders.slice(0, DUE), due: reminders.length, consort: log.consort(),
      lines: log.lines().length, head: log.head, problems: [...this.#found, ...log.verify()],
    };
  }

  /** @param {LogLayout} layout */
  copy(layout) {
    return this.#log.export(layout);
  }

  text() {
    return this.#log.text();
  }
}

/** What an event makes of what is not clear. @param {Unclear[]} queries @param {LogAct} act */
export function hear(queries, act) {
  if ('unclear' in act) queries.push({ ...act.unclear });
  if (!('clarified' in act)) return;
  for (const query of queries) if (query.criterion === act.clarified.criterion) query.answer ??= act.clarified.text;
}

/** The verdict on a criterion that counts in a row. @param {LogRow} row @param {string} id @returns {Verdict} */
export function verdictIn({ assessed }, id) {
  if (assessed?.failed.includes(id)) return 'fail';
  return assessed?.pending.some((pending) => pending.id === id) ? 'pending' : 'pass';
}
