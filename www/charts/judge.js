// @ts-check
/** @import { Batch, Fact, Outlook, Packed, Verdicts } from "../pkg/trial_prescreen.js" */
/** @import { Opened, Person } from "./people.js" */

/** @typedef {typeof import("../pkg/trial_prescreen.js")} Engine */

/** What the bytes of a batch mean. */
export const OUTCOMES = /** @type {const} */ (['eligible', 'ineligible', 'undetermined']);
/** The same of a criterion. */
export const VERDICTS = /** @type {const} */ (['pass', 'fail', 'pending']);

/** Judges many people at once, on one trial or on several. Free it. */
export class Judge {
  #engine;
  /** @type {Batch} */
  #batch;

  /** @param {Engine} engine @param {Opened[]} trials @param {string} asOf */
  constructor(engine, trials, asOf) {
    this.#engine = engine;
    this.#batch = new engine.Batch({ asOf });
    for (const { trial } of trials) this.#batch.add(trial);
  }

  free() {
    this.#batch.free();
  }

  /**
   * The verdicts on everybody of a table; where they are too many at once nobody's are taken for any.
   * @template T
   * @param {Packed} packed
   * @param {(verdicts: Verdicts) => T} use
   */
  table(packed, use) {
    const verdicts = this.#batch.run(packed);
    if (verdicts.people !== packed.people) throw new Error('too many people at once');
    const used = use(verdicts);
    verdicts.free();
    return used;
  }

  /**
   * The same on people of whom these facts are known.
   * @template T
   * @param {Fact[][]} everybody
   * @param {(verdicts: Verdicts, packed: Packed) => T} use
   */
  facts(everybody, use) {
    const table = new this.#engine.Table();
    for (const facts of everybody) table.add(facts);
    const packed = table.pack();
    table.free();
    return this.table(packed, (verdicts) => use(verdicts, packed));
  }

  /** What time, or a little, would change in the first trial for people in rows of a table. @param {Packed} packed @param {number[]} rows @returns {Outlook[]} */
  outlook(packed, rows) {
    return this.#batch.outlook(packed, 0, Uint32Array.from(rows));
  }
}

/**
 * Bytes of the rows of a table to where their people stand; of rows without anybody to nowhere.
 * @param {Uint8Array} from
 * @param {number[]} places
 * @param {Uint8Array} to
 */
export function spread(from, places, to) {
  for (let row = 0; row < places.length; row += 1) if (places[row] >= 0) to[places[row]] = from[row];
}

/**
 * What came out on the one trial of a judge, with what staff set over it.
 * @param {Verdicts} verdicts
 * @param {Opened} of
 * @param {Person[]} people in the order of the rows
 */
export function overruled(verdicts, { study, trial }, people) {
  const determinations = verdicts.determinations(0);
  const planes = study.eligibility.criteria.map((_, at) => verdicts.criterion(0, at));
  return people.map((person, row) => {
    const set = person.overrides.get(study.id);
    const criteria = planes.map((plane, at) => {
      const over = set?.get(study.eligibility.criteria[at].id);
      return over ? VERDICTS.indexOf(over.verdict) : plane[row];
    });
    const determination = set && set.size > 0 ? trial.standing(criteria.map((byte) => VERDICTS[byte])) : undefined;
    return { whole: determination ? OUTCOMES.indexOf(determination) : determinations[row], criteria };
  });
}
