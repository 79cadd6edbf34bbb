// @ts-check
/** @import { Outlook, Packed } from "../pkg/trial_prescreen.js" */
/** @import { Engine } from "./judge.js" */
/** @import { Basis, Opened, People, Person } from "./people.js" */

import { Judge, OUTCOMES, overruled, spread } from './judge.js';
import { keyOf } from './key.js';

/** So many people are looked at for dates before others have a turn. */
const SLICE = 16;

/** Where everybody stands in one trial: planes of a batch, reasons only where somebody looks. */
export class Standings {
  /** Where a person stands in what follows. @type {Map<number, number>} */
  #places;
  /** Where what was read of a person stands. @type {{ packed: Packed, row: number }[]} */
  #rows = [];
  #judge;
  /** What time would change, as far as it was worked out. @type {(Outlook | undefined)[]} */
  outlooks;
  /** How many of these there are. */
  dated = 0;

  /**
   * @param {Engine} engine
   * @param {Opened} of
   * @param {string} asOf
   * @param {Person[]} people
   */
  constructor(engine, of, asOf, people) {
    this.of = of;
    this.asOf = asOf;
    this.people = people;
    this.#places = new Map(people.map(({ number }, at) => [number, at]));
    this.proposed = new Uint8Array(people.length).fill(2);
    this.confirmed = new Uint8Array(people.length).fill(2);
    /** By criterion, as proposed. */
    this.criteria = of.study.eligibility.criteria.map(() => new Uint8Array(people.length).fill(2));
    this.outlooks = new Array(people.length);
    this.#judge = new Judge(engine, [of], asOf);
  }

  /**
   * Where everybody stands.
   * @param {Engine} engine
   * @param {Opened} of
   * @param {Opened[]} trials every one that is open
   * @param {string} asOf
   * @param {People} people
   * @param {() => Promise<void>} pause
   */
  static async all(engine, of, trials, asOf, people, pause) {
    const standings = new Standings(engine, of, asOf, [...people]);
    standings.confirmed.fill(standings.#nothing());
    for (const { packed, people: read } of await people.segments(trials, pause)) {
      standings.#take(packed, read.map((person) => (people.asRead(person) ? person : undefined)));
      await pause();
    }
    const touched = standings.people.filter(({ touched }) => touched);
    for (let from = 0; from < touched.length; from += 100) {
      standings.#judgeAgain(touched.slice(from, from + 100));
      await pause();
    }
    return standings;
  }

  /** @param {number} number */
  place(number) {
    return this.#places.get(number) ?? -1;
  }

  /** One person anew. @param {Person} person */
  again(person) {
    this.#judgeAgain([person]);
  }

  /** The determination of somebody of whom nothing is known. */
  #nothing() {
    return this.#judge.facts([[]], (verdicts, packed) => {
      packed.free();
      return verdicts.determinations(0)[0];
    });
  }

  /** What a table says by itself of those who stand in its rows. @param {Packed} packed @param {(Person | undefined)[]} rows */
  #take(packed, rows) {
    const places = rows.map((person) => (person ? this.place(person.number) : -1));
    this.#judge.table(packed, (verdicts) => {
      spread(verdicts.determinations(0), places, this.proposed);
      this.criteria.forEach((plane, at) => spread(verdicts.criterion(0, at), places, plane));
    });
    places.forEach((place, row) => {
      if (place >= 0) this.#rows[place] = { packed, row };
    });
  }

  /** Those of whom something was confirmed, answered or set. @param {Person[]} people */
  #judgeAgain(people) {
    const facts = (/** @type {Basis} */ basis) => people.map((person) => person.facts(basis, this.of));
    const places = people.map(({ number }) => this.place(number));
    this.#judge.facts(facts('proposed'), (verdicts, packed) => {
      overruled(verdicts, this.of, people).forEach(({ whole, criteria }, row) => {
        const place = places[row];
        this.proposed[place] = whole;
        this.criteria.forEach((plane, at) => { plane[place] = criteria[at]; });
        this.#rows[place] = { packed, row };
        if (this.outlooks[place]) this.dated -= 1;
        this.outlooks[place] = undefined;
      });
    });
    this.#judge.facts(facts('confirmed'), (verdicts, packed) => {
      packed.free();
      overruled(verdicts, this.of, people).forEach(({ whole }, row) => { this.confirmed[places[row]] = whole; });
    });
  }

  /**
   * When it is worth looking again, for everybody of whom it is not worked out yet.
   * @param {() => Promise<void>} pause
   * @param {(progress: { done: number, all: number }) => void} tell
   */
  async date(pause, tell) {
    for (let at = 0; at < this.people.length; at += 1) {
      if (this.outlooks[at]) continue;
      const { packed } = this.#rows[at];
      const places = [];
      for (let next = at; next < this.people.length && places.length < SLICE; next += 1) {
        if (!this.outlooks[next] && this.#rows[next].packed === packed) places.push(next);
      }
      this.#look(packed, places);
      // what is sorted by is at hand when somebody wants it
      for (const place of places) this.people[place].shown(this.asOf);
      tell({ done: this.dated, all: this.people.length });
      await pause();
    }
  }

  /** @param {Packed} packed @param {number[]} places */
  #look(packed, places) {
    const found = this.#judge.outlook(packed, places.map((place) => this.#rows[place].row));
    places.forEach((place, at) => {
      // of what staff set otherwise nothing is known of time
      const set = this.people[place].overrides.get(this.of.study.id)?.size ?? 0;
      this.outlooks[place] = set > 0 ? {} : found[at];
      this.dated += 1;
    });
  }

  /** What time, or a little, would change for somebody. @param {number} place */
  outlook(place) {
    if (!this.outlooks[place]) this.#look(this.#rows[place].packed, [place]);
    return this.outlooks[place] ?? {};
  }

  /** What would close the criteria that are open, one for each, in the protocol's order; of nobody who is ruled out. @param {number} place */
  missing(place) {
    if (OUTCOMES[this.proposed[place]] !== 'undetermined') return [];
    const { criteria } = this.of.trial.evaluate(this.people[place].facts('proposed', this.of), { asOf: this.asOf });
    return [...new Set(criteria.flatMap(({ verdict, gaps: [gap] }) => (verdict === 'pending' && gap ? [keyOf(gap.subject)] : [])))];
  }
}
