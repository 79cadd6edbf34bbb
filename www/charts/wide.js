// @ts-check
/** @import { Engine } from "./judge.js" */
/** @import { Opened, People } from "./people.js" */

import { Judge, OUTCOMES, overruled, spread } from './judge.js';

/** So many trials are judged at once. */
const SOME = 32;
/** So many people of whom something was confirmed, answered or set. */
const HANDFUL = 100;

/** Where everybody stands by the record in several trials: a table is gone through once for many of them, and what several of them ask is looked at once. */
export class Wide {
  /** @param {Opened[]} trials @param {People} people */
  constructor(trials, people) {
    this.trials = trials;
    this.people = [...people];
    this.places = new Map(this.people.map(({ number }, at) => [number, at]));
    /** A byte a person, for each trial. */
    this.standings = trials.map(() => new Uint8Array(this.people.length).fill(2));
  }

  /**
   * @param {Engine} engine
   * @param {Opened[]} trials
   * @param {string} asOf
   * @param {People} people
   * @param {() => Promise<void>} pause
   */
  static async all(engine, trials, asOf, people, pause) {
    const wide = new Wide(trials, people);
    const place = (/** @type {number} */ number) => wide.places.get(number) ?? -1;
    const tables = (await people.segments(trials, pause)).map(({ packed, people: read }) => ({ packed, places: read.map((person) => (people.asRead(person) ? place(person.number) : -1)) }));
    for (let from = 0; from < trials.length; from += SOME) {
      const some = trials.slice(from, from + SOME);
      const judge = new Judge(engine, some, asOf);
      for (const { packed, places } of tables) {
        judge.table(packed, (verdicts) => some.forEach((_, at) => spread(verdicts.determinations(at), places, wide.standings[from + at])));
        await pause();
      }
      judge.free();
    }
    // what was answered may be of one trial alone
    const touched = wide.people.filter(({ touched }) => touched);
    for (const [at, of] of touched.length > 0 ? trials.entries() : []) {
      const judge = new Judge(engine, [of], asOf);
      for (let from = 0; from < touched.length; from += HANDFUL) {
        const some = touched.slice(from, from + HANDFUL);
        const whole = judge.facts(some.map((person) => person.facts('proposed', of)), (verdicts, packed) => {
          packed.free();
          return overruled(verdicts, of, some).map(({ whole }) => whole);
        });
        spread(Uint8Array.from(whole), some.map(({ number }) => place(number)), wide.standings[at]);
        await pause();
      }
      judge.free();
    }
    return wide;
  }

  /** Some of the people, with how each stands in every trial. @param {number} from @param {number} to */
  rows(from, to) {
    return this.people.slice(from, to).map(({ number, key, label, file }, at) => ({ number, key, label, file, determinations: this.standings.map((plane) => OUTCOMES[plane[from + at]]) }));
  }
}
