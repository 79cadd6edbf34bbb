// @ts-check
/** @import { Channel, Diagnostic, Log, LogAct, LogHeader } from "../pkg/trial_prescreen.js" */
/** @import { Stamp, Unclear } from "./book.js" */
/** @import { Opened, Person } from "./people.js" */

import { Book, hear, verdictIn } from './book.js';

/** @typedef {typeof import("../pkg/trial_prescreen.js")} Engine */
/** What is not clear of a criterion, with somebody or for everybody, and what the sponsor said. @typedef {{ criterion: string, text: string, answer?: string, all: boolean }} Query */
/** What is not clear of one criterion, what was, and how many people hang on it. @typedef {{ criterion: string, item: string, people: number | undefined, texts: string[], answers: string[] }} Asked */
/** @typedef {{ asOf: string, channel: Channel, detail: string, stamp: Stamp }} Entering */

/** The logs of a site, one for each trial, and what people of the list have in them. */
export class Ledger {
  #engine;
  /** @type {Map<string, Book>} */
  #books = new Map();
  /** What is not clear for everybody, and what was said to it, that waits for a log, by trial. @type {Map<string, LogAct[]>} */
  #waiting = new Map();

  /** @param {Engine} engine */
  constructor(engine) {
    this.#engine = engine;
  }

  /** @param {string} trial */
  book(trial) {
    return this.#books.get(trial);
  }

  /**
   * A log without lines.
   * @param {Omit<LogHeader, "edition">} header
   * @param {Opened} of
   */
  begin(header, { trial, study }) {
    return this.#take(this.#engine.newLog({ ...header, edition: trial.edition() }), study.id);
  }

  /**
   * A log that was saved. That of another trial is not taken.
   * @param {Uint8Array} bytes
   * @param {string} trial
   */
  read(bytes, trial) {
    return this.#take(this.#engine.openLog(bytes), trial);
  }

  /**
   * @param {{ log?: Log, diagnostics: Diagnostic[] }} opened
   * @param {string} trial
   * @returns {{ foreign?: string, diagnostics: Diagnostic[] }}
   */
  #take({ log, diagnostics }, trial) {
    if (!log) return { diagnostics };
    const own = log.header().edition.trial;
    if (own !== trial) {
      log.free();
      return { foreign: own, diagnostics: [] };
    }
    this.#books.get(trial)?.free();
    this.#books.set(trial, new Book(log, diagnostics));
    return { diagnostics: [] };
  }

  /** @param {string} trial */
  close(trial) {
    this.#books.get(trial)?.free();
    this.#books.delete(trial);
  }

  /**
   * Somebody goes into the log of a trial, or what changed of them: where they stand as confirmed, what staff set
   * otherwise, and what waited for a number.
   * @param {Person} person
   * @param {Opened} of
   * @param {Entering} entering
   * @returns {Diagnostic[]}
   */
  enter(person, of, { asOf, channel, detail, stamp }) {
    const { id } = of.study;
    const book = this.book(id);
    if (!book) return [];
    const one = { number: person.logged.get(id), facts: person.facts('confirmed', of), trial: of.trial, asOf, channel, detail };
    const { number, fresh, diagnostics } = book.assess(one, stamp);
    if (number === undefined) return diagnostics;
    person.logged.set(id, number);
    const own = person.unwritten.filter(({ trial }) => trial === id);
    person.unwritten = person.unwritten.filter(({ trial }) => trial !== id);
    const waited = own.flatMap(({ act }) => book.write(act(number), stamp).diagnostics);
    return [...diagnostics, ...waited, ...(fresh ? this.#overrule(person, of, number, [...person.set(id).keys()], stamp) : [])];
  }

  /**
   * Something of a person goes into the log of a trial, at once or as soon as they have a number there.
   * @param {Person} person
   * @param {string} trial
   * @param {(person: number) => LogAct} act
   * @param {Stamp} stamp
   * @returns {Diagnostic[]}
   */
  write(person, trial, act, stamp) {
    const number = person.logged.get(trial);
    const book = this.book(trial);
    if (book && number !== undefined) return book.write(act(number), stamp).diagnostics;
    person.unwritten.push({ trial, act });
    return [];
  }

  /**
   * A criterion is not clear for everybody, or what it means was said: the log of a trial has it, at once or as soon as
   * there is one.
   * @param {string} trial
   * @param {LogAct} act
   * @param {Stamp} stamp
   * @returns {Diagnostic[]}
   */
  note(trial, act, stamp) {
    const book = this.book(trial);
    if (book) return book.write(act, stamp).diagnostics;
    this.#waiting.set(trial, [...(this.#waiting.get(trial) ?? []), act]);
    return [];
  }

  /**
   * The sponsor said what a criterion means.
   * @param {string} trial
   * @param {{ criterion: string, text: string }} answer
   * @param {Iterable<Person>} people
   * @param {Stamp} stamp
   */
  clarify(trial, answer, people, stamp) {
    for (const person of people) {
      // what waits for somebody's number would be written after its answer: it is written now, for everybody
      for (const one of person.unwritten.filter((one) => one.trial === trial && unclear(one.act(0))?.criterion === answer.criterion)) {
        const { criterion, text } = /** @type {{ criterion: string, text: string }} */ (unclear(one.act(0)));
        const diagnostics = this.note(trial, { unclear: { criterion, text } }, stamp);
        // what the log does not take waits on
        if (diagnostics.length > 0) return diagnostics;
        person.unwritten = person.unwritten.filter((other) => other !== one);
      }
    }
    return this.note(trial, { clarified: answer }, stamp);
  }

  /** What waited for a log of a trial goes into it. @param {string} trial @param {Stamp} stamp */
  begun(trial, stamp) {
    const waited = this.#waiting.get(trial) ?? [];
    this.#waiting.delete(trial);
    return waited.flatMap((act) => this.note(trial, act, stamp));
  }

  /** What is not clear of the criteria of a trial: what its log has, and what still waits. @param {string} trial @param {Iterable<Person>} people @returns {Query[]} */
  queries(trial, people) {
    /** @type {Unclear[]} */
    const waiting = [];
    this.#waiting.get(trial)?.forEach((act) => hear(waiting, act));
    const own = [...(this.book(trial)?.queries ?? []), ...waiting].map(({ person, criterion, text, answer }) => ({ criterion, text, answer, all: person === undefined }));
    return [...own, ...[...people].flatMap((person) => this.#unwritten(trial, person))];
  }

  /** The same of one person, and for everybody; what was answered, with whomever it came up. @param {string} trial @param {Person} person @returns {Query[]} */
  with(trial, person) {
    const number = person.logged.get(trial);
    const logged = number === undefined ? [] : this.book(trial)?.queries.filter((one) => one.person === number && one.answer === undefined) ?? [];
    return [...this.queries(trial, []).filter(({ all, answer }) => all || answer !== undefined), ...logged.map(({ criterion, text }) => ({ criterion, text, all: false })), ...this.#unwritten(trial, person)];
  }

  /** @param {string} trial @param {Person} person @returns {Query[]} */
  #unwritten(trial, { unwritten }) {
    const queries = unwritten.flatMap((one) => (one.trial === trial ? unclear(one.act(0)) ?? [] : []));
    return queries.map(({ criterion, text }) => ({ criterion, text, all: false }));
  }

  /**
   * Staff set a criterion otherwise, or take that back: of somebody who is in the log the latest assessment is written first.
   * @param {Person} person
   * @param {Opened} of
   * @param {string} criterion
   * @param {Entering} entering
   * @returns {Diagnostic[]}
   */
  overrule(person, of, criterion, entering) {
    const { id } = of.study;
    const number = person.logged.get(id);
    const book = this.book(id);
    if (!book || number === undefined) return [];
    const before = book.row(number)?.assessments;
    // an assessment takes back all that was set before it
    if (!person.set(id).has(criterion)) book.anew(number);
    const diagnostics = this.enter(person, of, entering);
    if (diagnostics.length > 0 || book.row(number)?.assessments !== before) return diagnostics;
    return this.#overrule(person, of, number, [criterion], entering.stamp);
  }

  /**
   * @param {Person} person
   * @param {Opened} of
   * @param {number} number
   * @param {string[]} criteria
   * @param {Stamp} stamp
   */
  #overrule(person, { study, trial }, number, criteria, stamp) {
    const book = this.book(study.id);
    const set = person.set(study.id);
    /** @type {Diagnostic[]} */
    const diagnostics = [];
    let why = '';
    for (const criterion of criteria) {
      const over = set.get(criterion);
      const row = book?.row(number);
      if (!book || !row || !over) continue;
      why = over.reason;
      const was = verdictIn(row, criterion);
      if (was !== over.verdict) diagnostics.push(...book.write({ overridden: { person: number, what: { criterion: { id: criterion, from: was, to: over.verdict } }, reason: why } }, stamp).diagnostics);
    }
    const row = why ? book?.row(number) : undefined;
    if (!book || !row?.assessed) return diagnostics;
    // what the criteria mean together may be otherwise too
    const to = trial.standing(study.eligibility.criteria.map(({ id }) => verdictIn(row, id)));
    const from = row.assessed.determination;
    if (to && to !== from) diagnostics.push(...book.write({ overridden: { person: number, what: { determination: { from, to } }, reason: why } }, stamp).diagnostics);
    return diagnostics;
  }
}

/** @param {LogAct} act */
const unclear = (act) => ('unclear' in act ? act.unclear : undefined);
