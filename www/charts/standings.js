// @ts-check
/** @import { Batch, Outlook, Packed, Verdicts } from "../pkg/trial_prescreen.js" */
/** @import { Basis, Opened, People, Person } from "./people.js" */

import { keyOf } from './key.js';

/** @typedef {typeof import("../pkg/trial_prescreen.js")} Engine */

/** What the bytes of a batch mean. */
export const OUTCOMES = /** @type {const} */ (['eligible', 'ineligible', 'undetermined']);
/** The same of a criterion. */
export const VERDICTS = /** @type {const} */ (['pass', 'fail', 'pending']);

/** So many people are looked at for dates before others have a turn. */
const SLICE = 16;

/** Where everybody stands in one trial: planes of a batch, reasons only where somebody looks. */
export class Standings {
  #engine;
  /** Where a person stands in what follows. @type {Map<number, number>} */
  #places;
  /** Where what was read of a person stands. @type {{ packed: Packed, row: number }[]} */
  #rows = [];
  /** @type {Batch} */
  #batch;
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
    this.#engine = engine;
    this.of = of;
    this.asOf = asOf;
    this.people = people;
    this.#places = new Map(people.map(({ number }, at) => [number, at]));
    this.proposed = new Uint8Array(people.length).fill(2);
    this.confirmed = new Uint8Array(people.length).fill(2);
    /** By criterion, as proposed. */
    this.criteria = of.study.eligibility.criteria.map(() => new Uint8Array(people.length).fill(2));
    this.outlooks = new Array(people.length);
    this.#batch = new engine.Batch({ asOf });
    this.#batch.add(of.trial);
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
      standings.#judge(touched.slice(from, from + 100));
      await pause();
    }
    return standings;
  }

  free() {
    this.#batch.free();
  }

  /** @param {number} number */
  place(number) {
    return this.#places.get(number) ?? -1;
  }

  /** One person anew. @param {Person} person */
  again(person) {
    this.#judge([person]);
  }

  /** The determination of somebody of whom nothing is known. */
  #nothing() {
    return this.#run([[]], (verdicts) => verdicts.determinations(0)[0]);
  }

  /**
   * @template T
   * @param {import("../pkg/trial_prescreen.js").Fact[][]} everybody
   * @param {(verdicts: Verdicts, packed: Packed) => T} use
   */
  #run(everybody, use) {
    const table = new this.#engine.Table();
    for (const facts of everybody) table.add(facts);
    const packed = table.pack();
    table.free();
    const verdicts = this.#verdicts(packed);
    const used = use(verdicts, packed);
    verdicts.free();
    return used;
  }

  /** The verdicts of everybody of a table; where they are too many at once nobody's are taken for any. @param {Packed} packed */
  #verdicts(packed) {
    const verdicts = this.#batch.run(packed);
    if (verdicts.people !== packed.people) throw new Error('too many people at once');
    return verdicts;
  }

  /** What a table says by itself of those who stand in its rows. @param {Packed} packed @param {(Person | undefined)[]} rows */
  #take(packed, rows) {
    const verdicts = this.#verdicts(packed);
    const places = rows.map((person) => (person ? this.place(person.number) : -1));
    this.#spread(verdicts.determinations(0), places, this.proposed);
    this.criteria.forEach((plane, at) => this.#spread(verdicts.criterion(0, at), places, plane));
    places.forEach((place, row) => {
      if (place >= 0) this.#rows[place] = { packed, row };
    });
    verdicts.free();
  }

  /** @param {Uint8Array} from @param {number[]} places @param {Uint8Array} to */
  #spread(from, places, to) {
    places.forEach((place, row) => {
      if (place >= 0) to[place] = from[row];
    });
  }

  /** Those of whom something was confirmed, answered or set. @param {Person[]} people */
  #judge(people) {
    const facts = (/** @type {Basis} */ basis) => people.map((person) => person.facts(basis, this.of));
    this.#run(facts('proposed'), (verdicts, packed) => {
      this.#overruled(people, verdicts, this.proposed, this.criteria);
      people.forEach(({ number }, row) => {
        const place = this.place(number);
        this.#rows[place] = { packed, row };
        if (this.outlooks[place]) this.dated -= 1;
        this.outlooks[place] = undefined;
      });
    });
    this.#run(facts('confirmed'), (verdicts) => this.#overruled(people, verdicts, this.confirmed));
  }

  /**
   * What came out, with what staff set over it.
   * @param {Person[]} people
   * @param {Verdicts} verdicts
   * @param {Uint8Array} whole
   * @param {Uint8Array[]} [criteria]
   */
  #overruled(people, verdicts, whole, criteria) {
    const { study, trial } = this.of;
    const determinations = verdicts.determinations(0);
    const planes = this.criteria.map((_, at) => verdicts.criterion(0, at));
    people.forEach((person, row) => {
      const place = this.place(person.number);
      const set = person.overrides.get(study.id);
      const own = planes.map((plane, at) => {
        const over = set?.get(study.eligibility.criteria[at].id);
        return over ? VERDICTS.indexOf(over.verdict) : plane[row];
      });
      const determination = set && set.size > 0 ? trial.standing(own.map((byte) => VERDICTS[byte])) : undefined;
      whole[place] = determination ? OUTCOMES.indexOf(determination) : determinations[row];
      criteria?.forEach((plane, at) => { plane[place] = own[at]; });
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
    const found = this.#batch.outlook(packed, 0, Uint32Array.from(places, (place) => this.#rows[place].row));
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
