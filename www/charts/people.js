// @ts-check
/** @import { Chart, Fact, LeftOver, LogAct, Packed, Proposal, Trial, TrialDocument, Verdict } from "../pkg/trial_prescreen.js" */
/** @import { Version } from "./versions.js" */

import { keyOf } from './key.js';

/** @typedef {"proposed" | "accepted" | "rejected"} Stand */
/** @typedef {Proposal & { stand: Stand }} Standing  a proposal, and what staff made of it */
/** @typedef {{ facts: Fact[], on: string, trial: string }} Answered */
/** @typedef {{ old: Fact, new: Fact | undefined, reason: string }} Correction  what was put right; both values are kept */
/** What is known of a person is judged in two ways. @typedef {"proposed" | "confirmed"} Basis */
/** @typedef {{ trial: Trial, study: TrialDocument, version: Version, asked: Set<string> }} Opened  a trial, and what it asks about */
/** @typedef {Pick<Chart, "proposals" | "left" | "contradictions">} Held */
/** What reads the row of a table: all of it, birth and sex alone, or what staff call the person. @typedef {{ proposals: () => Proposal[], face: () => Fact[], label: () => string }} Row */

/** More facts are not looked at at once; the newest come first. */
export const MOST = 1800;

/** One person. What staff answered stands beside what the record says; both are kept. */
export class Person {
  /** @type {Standing[] | undefined} */
  #proposals;
  /** @type {Row | undefined} */
  #row;
  /** Birth and sex, as they were read. @type {{ born: string | undefined, sex: string | undefined } | undefined} */
  #seen;
  /** @type {string | undefined} */
  #label;
  /** @type {LeftOver[]} */
  left = [];
  /** @type {string[][]} */
  contradictions = [];
  /** By question. @type {Map<string, Answered>} */
  answered = new Map();
  /** By trial, and by criterion. @type {Map<string, Map<string, { verdict: Verdict, reason: string }>>} */
  overrides = new Map();
  /** @type {Correction[]} */
  corrections = [];
  /** @type {string[]} */
  notes = [];
  /** The number in the log of a trial. @type {Map<string, number>} */
  logged = new Map();
  /** What is to be written into the log of a trial once they have a number there. @type {{ trial: string, act: (person: number) => LogAct }[]} */
  unwritten = [];
  /** Somebody has looked at what is known of them: it is no longer only what was read. */
  touched = false;

  /**
   * @param {number} number sequential, and no name
   * @param {string} file
   * @param {string} key what the file calls the person
   * @param {Held | Row} held
   */
  constructor(number, file, key, held) {
    this.number = number;
    this.file = file;
    this.key = key;
    if ('face' in held) this.#row = held;
    else {
      this.#proposals = held.proposals.map((proposal) => ({ ...proposal, stand: 'proposed' }));
      this.left = held.left;
      this.contradictions = held.contradictions;
    }
  }

  /** What staff know them by. It may be a name: no log, no copy and no file has it. */
  get label() {
    this.#label ??= this.#row?.label() ?? '';
    return this.#label;
  }

  get proposals() {
    this.#proposals ??= this.#row?.proposals().map((proposal) => ({ ...proposal, stand: /** @type {const} */ ('proposed') })) ?? [];
    return this.#proposals;
  }

  /** Proposals that a trial asks about and somebody must look at. @param {Set<string>} asked */
  doubts(asked) {
    // what a table says has no doubts
    return this.#proposals?.filter(({ fact, stand, doubts }) => stand === 'proposed' && doubts.length > 0 && asked.has(keyOf(fact.subject))).length ?? 0;
  }

  /** Age in completed years, 90 standing for more too, and sex, as far as they are not denied. @param {string} asOf */
  shown(asOf) {
    if (this.#seen === undefined || this.touched) {
      const facts = this.#proposals?.filter(({ stand }) => stand !== 'rejected').map(({ fact }) => fact) ?? this.#row?.face() ?? [];
      const said = (/** @type {string} */ id) => facts.find(({ subject }) => keyOf(subject) === id)?.value;
      const [born, sex] = [said('birth-date'), said('sex')];
      this.#seen = { born: typeof born === 'object' && 'date' in born ? String(born.date) : undefined, sex: typeof sex === 'object' && 'code' in sex ? sex.code : undefined };
    }
    const { born, sex } = this.#seen;
    return { age: born === undefined ? undefined : years(born, asOf), sex };
  }

  /** What staff set of a trial otherwise than evaluated. @param {string} trial @returns {Map<string, { verdict: Verdict, reason: string }>} */
  set(trial) {
    const own = this.overrides.get(trial) ?? new Map();
    this.overrides.set(trial, own);
    return own;
  }

  /**
   * What is taken as known: what was accepted and answered, and if so wanted what the record says plainly.
   * @param {Basis} basis
   * @param {{ study: { id: string }, asked: Set<string> }} of
   * @returns {Fact[]}
   */
  facts(basis, { study, asked }) {
    const counts = (/** @type {Standing} */ { fact, stand, doubts }) =>
      asked.has(keyOf(fact.subject)) && (stand === 'accepted' || (basis === 'proposed' && stand === 'proposed' && doubts.length === 0));
    const said = basis === 'confirmed' && !this.touched ? [] : this.proposals.filter(counts).map(({ fact }) => fact);
    const newest = said.length > MOST ? said.sort((a, b) => (dayOf(b) > dayOf(a) ? 1 : -1)).slice(0, MOST) : said;
    return [...newest, ...this.answers(study.id)];
  }

  /**
   * What staff answered. A judgement, and a sentence asked as it stands, are those of one trial alone.
   * @param {string} id of the trial
   */
  answers(id) {
    const counts = (/** @type {string} */ of, /** @type {Fact} */ { subject }) => of === id || !('judgement' in subject || 'unread' in subject);
    return [...this.answered.values()].flatMap(({ facts, trial }) => facts.filter((fact) => counts(trial, fact)));
  }
}

/** People of whom what was read stands in one table, row by row. @typedef {{ packed: Packed, people: Person[] }} Segment */

/** Everybody of the list. */
export class People {
  #engine;
  /** @type {Map<number, Person>} */
  #all = new Map();
  #count = 0;
  /** Tables as they were read. @type {Segment[]} */
  #tables = [];
  /** What records say, packed. @type {Segment[]} */
  #records = [];
  /** Those of whom it is not packed yet. @type {Person[]} */
  #loose = [];
  /** What the packed ones are asked about. @type {Set<string>} */
  #asked = new Set();

  /** @param {typeof import("../pkg/trial_prescreen.js")} engine */
  constructor(engine) {
    this.#engine = engine;
  }

  get size() {
    return this.#all.size;
  }

  [Symbol.iterator]() {
    return this.#all.values();
  }

  /** @param {number} number */
  get(number) {
    const person = this.#all.get(number);
    if (!person) throw new Error('nobody has this number');
    return person;
  }

  /** @param {string} file @param {Chart} chart */
  add(file, chart) {
    const person = new Person((this.#count += 1), file, chart.key, chart);
    this.#all.set(person.number, person);
    this.#loose.push(person);
  }

  /**
   * Somebody for each row.
   * @param {string} file
   * @param {Packed} packed
   * @param {Packed} faces birth and sex of the same rows
   * @param {(row: number) => string} label what staff call them
   */
  addTable(file, packed, faces, label) {
    const people = Array.from({ length: packed.people }, (_, row) => {
      const origin = { resource: file, path: '', line: row + 2, span: { start: 0, end: 0 } };
      const proposals = () => packed.facts(row).map((fact, at) => ({ fact: { ...fact, id: `t${at + 1}`, source: /** @type {const} */ ('record') }, origin, said: keyOf(fact.subject), doubts: [] }));
      return new Person((this.#count += 1), file, String(row + 1), { proposals, face: () => faces.facts(row), label: () => label(row) });
    });
    for (const person of people) this.#all.set(person.number, person);
    this.#tables.push({ packed, people });
  }

  /** @param {number[]} [numbers] all without */
  remove(numbers) {
    for (const number of numbers ?? [...this.#all.keys()]) this.#all.delete(number);
    if (this.#all.size > 0) return;
    [this.#tables, this.#records, this.#loose] = [[], [], []];
  }

  /** @param {Person} person what was read of them is all that is known, and they are still in the list */
  asRead(person) {
    return !person.touched && this.#all.get(person.number) === person;
  }

  /**
   * What was read of everybody, packed for these trials. It holds also what was read of those who were touched or
   * removed since.
   * @param {Opened[]} trials
   * @param {() => Promise<void>} pause
   * @returns {Promise<Segment[]>}
   */
  async segments(trials, pause) {
    const asked = new Set(trials.flatMap(({ asked }) => [...asked]));
    if ([...asked].some((key) => !this.#asked.has(key))) {
      for (const key of asked) this.#asked.add(key);
      this.#loose = [...this.#records.flatMap(({ people }) => people), ...this.#loose];
      // the standings that somebody looks at still read the old ones, which go with them
      this.#records = [];
    }
    const loose = this.#loose.filter((person) => this.asRead(person));
    if (loose.length > 0) this.#records.push(await this.#packed(loose, pause));
    this.#loose = [];
    return [...this.#tables, ...this.#records];
  }

  /**
   * The same of those alone of whom what was read is all that is known.
   * @param {Opened[]} trials
   * @param {() => Promise<void>} pause
   */
  async pure(trials, pause) {
    const of = async (/** @type {Segment} */ segment) => {
      const left = segment.people.filter((person) => this.asRead(person));
      return left.length === segment.people.length ? segment : this.#packed(left, pause);
    };
    const segments = await this.segments(trials, pause);
    const pure = [];
    for (const segment of segments) pure.push(await of(segment));
    this.#tables = pure.slice(0, this.#tables.length);
    this.#records = pure.slice(this.#tables.length);
    return pure;
  }

  /** @param {Person[]} people @param {() => Promise<void>} pause @returns {Promise<Segment>} */
  async #packed(people, pause) {
    const table = new this.#engine.Table();
    for (const person of people) {
      table.add(person.facts('proposed', { study: { id: '' }, asked: this.#asked }));
      await pause();
    }
    const packed = table.pack();
    table.free();
    return { packed, people };
  }
}

/** @param {Fact} fact */
function dayOf({ on, during }) {
  return String(on ?? during?.from ?? '');
}

/** Completed years, nobody being older than 90 here. @param {string} born @param {string} asOf */
function years(born, asOf) {
  const [year, month = 12, day = 31] = born.slice(0, 10).split('-').map(Number);
  const [thisYear, thisMonth, today] = asOf.slice(0, 10).split('-').map(Number);
  if (!year) return undefined;
  const before = thisMonth < month || (thisMonth === month && today < day);
  return Math.min(Math.max(thisYear - year - (before ? 1 : 0), 0), 90);
}
