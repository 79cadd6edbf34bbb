// @ts-check
/** @import { Chart, Fact, LogAct, MedicalRecord, Outline, Packed, Proposal, Subject, Table, Trial, TrialDocument, Verdict } from "../pkg/trial_prescreen.js" */
/** @import { Version } from "./versions.js" */

import { keyOf } from './key.js';

/** @typedef {"proposed" | "accepted" | "rejected"} Stand */
/** @typedef {Proposal & { stand: Stand }} Standing  a proposal, and what staff made of it */
/** @typedef {{ facts: Fact[], on: string, trial: string }} Answered */
/** @typedef {{ old: Fact, new: Fact | undefined, reason: string }} Correction  what was put right; both values are kept */
/** What is known of a person is judged in two ways. @typedef {"proposed" | "confirmed"} Basis */
/** What trials ask about, by its key. @typedef {Map<string, Subject>} Asked */
/** @typedef {{ trial: Trial, study: TrialDocument, version: Version, asked: Asked }} Opened  a trial, and what it asks about */
/** @typedef {Pick<Chart, "proposals" | "left" | "contradictions">} Held */
/**
 * What was read of somebody. It stays where it was read, and is made for whoever asks.
 * @typedef {object} Source
 * @property {() => Held} held  all of it, for somebody who opens the person
 * @property {(asked: Asked) => Fact[]} plain  what it says plainly of some subjects
 * @property {(table: Table, asked: Asked) => void} pack  the same as a row of a table that is about these subjects
 * @property {(asked: Asked) => number} doubts  how many proposals somebody must look at
 * @property {() => Fact[]} face  birth and sex
 * @property {() => string} label  what staff call the person
 * @property {() => void} leave  the person is no longer in the list
 */

/** What a list shows of everybody. @type {Subject[]} */
export const FACE = [{ concept: 'birth-date' }, { concept: 'sex' }];
/** More facts are not looked at at once; the newest come first. */
export const MOST = 1800;

/** One person. What staff answered stands beside what the record says; both are kept. */
export class Person {
  #source;
  /** Once somebody has opened them. @type {{ proposals: Standing[] } & Pick<Held, "left" | "contradictions"> | undefined} */
  #held;
  /** Birth and sex, as they were read. @type {{ born: string | undefined, sex: string | undefined } | undefined} */
  #seen;
  /** @type {string | undefined} */
  #label;
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
   * @param {Source} source
   */
  constructor(number, file, key, source) {
    this.number = number;
    this.file = file;
    this.key = key;
    this.#source = source;
  }

  /** What staff know them by. It may be a name: no log, no copy and no file has it. */
  get label() {
    this.#label ??= this.#source.label();
    return this.#label;
  }

  /** Everything that was read of them, and what staff made of each proposal. */
  get held() {
    if (!this.#held) {
      const { proposals, left, contradictions } = this.#source.held();
      this.#held = { proposals: proposals.map((proposal) => ({ ...proposal, stand: 'proposed' })), left, contradictions };
    }
    return this.#held;
  }

  /** Proposals that a trial asks about and somebody must look at. @param {Asked} asked */
  doubts(asked) {
    const { proposals } = this.#held ?? {};
    return proposals ? proposals.filter(({ fact, stand, doubts }) => stand === 'proposed' && doubts.length > 0 && asked.has(keyOf(fact.subject))).length : this.#source.doubts(asked);
  }

  /** What was read of them becomes a row of a table. @param {Table} table @param {Asked} asked */
  pack(table, asked) {
    this.#source.pack(table, asked);
  }

  leave() {
    this.#source.leave();
  }

  /** Age in completed years, 90 standing for more too, and sex, as far as they are not denied. @param {string} asOf */
  shown(asOf) {
    if (this.#seen === undefined || this.touched) {
      const facts = this.#held?.proposals.filter(({ stand }) => stand !== 'rejected').map(({ fact }) => fact) ?? this.#source.face();
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
   * @param {{ study: { id: string }, asked: Asked }} of
   * @returns {Fact[]}
   */
  facts(basis, { study, asked }) {
    return [...newest(this.#said(basis, asked)), ...this.answers(study.id)];
  }

  /** @param {Basis} basis @param {Asked} asked @returns {Fact[]} */
  #said(basis, asked) {
    if (!this.touched) return basis === 'confirmed' ? [] : this.#source.plain(asked);
    const counts = (/** @type {Standing} */ { fact, stand, doubts }) =>
      asked.has(keyOf(fact.subject)) && (stand === 'accepted' || (basis === 'proposed' && stand === 'proposed' && doubts.length === 0));
    return this.held.proposals.filter(counts).map(({ fact }) => fact);
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
  /** What the packed ones are asked about. @type {Asked} */
  #asked = new Map();

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

  /** @param {string} file @param {string} key @param {Source} source */
  #add(file, key, source) {
    const person = new Person((this.#count += 1), file, key, source);
    this.#all.set(person.number, person);
    return person;
  }

  /**
   * Everybody of a record, which is freed with the last of them.
   * @param {string} file
   * @param {MedicalRecord} record
   * @returns {Outline[]}
   */
  addRecord(file, record) {
    const outlines = record.outline(FACE);
    let here = outlines.length;
    const leave = () => {
      here -= 1;
      if (here === 0) record.free();
    };
    outlines.forEach(({ key, proposals, facts, doubtful }, at) => {
      const plain = (/** @type {Asked} */ asked) => record.plain(at, [...asked.values()]);
      const person = this.#add(file, key, {
        held: () => record.chart(at) ?? { proposals: [], left: [], contradictions: [] },
        plain,
        pack: (table, asked) => {
          if (proposals > MOST) table.add(newest(plain(asked)));
          else table.addRecord(record, at);
        },
        doubts: (asked) => doubtful.reduce((sum, [subject, count]) => sum + (asked.has(keyOf(subject)) ? count : 0), 0),
        face: () => facts,
        label: () => '',
        leave,
      });
      this.#loose.push(person);
    });
    if (here === 0) record.free();
    return outlines;
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
      const facts = () => packed.facts(row).map((fact, at) => ({ ...fact, id: `t${at + 1}`, source: /** @type {const} */ ('record') }));
      const plain = (/** @type {Asked} */ asked) => facts().filter(({ subject }) => asked.has(keyOf(subject)));
      return this.#add(file, String(row + 1), {
        held: () => ({ proposals: facts().map((fact) => ({ fact, origin, said: keyOf(fact.subject), doubts: [] })), left: [], contradictions: [] }),
        plain,
        pack: (table, asked) => table.add(plain(asked)),
        // what a table says has no doubts
        doubts: () => 0,
        face: () => faces.facts(row),
        label: () => label(row),
        leave: () => {},
      });
    });
    this.#tables.push({ packed, people });
  }

  /** @param {number[]} [numbers] all without */
  remove(numbers) {
    for (const number of numbers ?? [...this.#all.keys()]) {
      this.#all.get(number)?.leave();
      this.#all.delete(number);
    }
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
    const asked = trials.flatMap(({ asked }) => [...asked]);
    if (asked.some(([key]) => !this.#asked.has(key))) {
      for (const [key, subject] of asked) this.#asked.set(key, subject);
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
    const table = new this.#engine.Table([...this.#asked.values()]);
    for (const person of people) {
      person.pack(table, this.#asked);
      await pause();
    }
    const packed = table.pack();
    table.free();
    return { packed, people };
  }
}

/** So many facts as are looked at. @param {Fact[]} facts */
function newest(facts) {
  return facts.length > MOST ? facts.sort((a, b) => (dayOf(b) > dayOf(a) ? 1 : -1)).slice(0, MOST) : facts;
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
