// @ts-check
/** @import { Channel, Trial } from "../pkg/trial_prescreen.js" */
/** @import { Hand } from "./book.js" */
/** @import { Opened } from "./people.js" */
/** @import { Asked } from "./ledger.js" */
/** @import { Tell } from "./turns.js" */
/** @import { Force } from "./versions.js" */

import { keyOf } from './key.js';
import { Ledger } from './ledger.js';
import { People } from './people.js';
import { Safe } from './safe.js';
import { Turns } from './turns.js';
import { inForce, judges, versionOf } from './versions.js';

/** What those who keep charts and those who write logs work with. */
export class Room {
  /** Every version of a trial that was opened, by its digest. @type {Map<string, Opened>} */
  #versions = new Map();
  /** Of every trial the version that people are judged by, by the trial's id. @type {Map<string, Opened>} */
  trials = new Map();
  /** The trial that the list is of. */
  #chosen = '';
  /** The moment everyone is judged from. */
  asOf = '';
  turns = new Turns();
  /** Who writes into the logs. @type {Hand} */
  hand = { who: '', role: '' };

  /**
   * @param {typeof import("../pkg/trial_prescreen.js")} engine
   * @param {typeof import("../pkg/seal.js")} seal
   */
  constructor(engine, seal) {
    this.engine = engine;
    this.people = new People(engine);
    this.ledger = new Ledger(engine);
    this.safe = new Safe(seal);
  }

  get own() {
    const own = this.trials.get(this.#chosen);
    if (!own) throw new Error('no trial is open');
    return own;
  }

  /**
   * A version of a trial takes the place of the one that people were judged by.
   * @param {Trial} trial
   * @param {boolean} choose the list is of it from now on
   */
  take(trial, choose) {
    const opened = openedTrial(trial);
    this.#versions.set(opened.version.digest, opened);
    this.trials.set(trial.id, opened);
    if (choose) this.#chosen = trial.id;
    return opened;
  }

  /** What the log of a trial says of the version of it that is open. @param {Opened} opened @returns {Force} */
  force({ study, version }) {
    const book = this.ledger.book(study.id);
    return { version, log: book && inForce(this.engine, book, version.digest, this.today) };
  }

  /** Where a log knows the version that is open, that one takes its place which applies at the site today, if it was opened. */
  settle() {
    for (const opened of this.trials.values()) {
      const { log } = this.force(opened);
      const applying = log?.known && log.applies && this.#versions.get(log.applies.digest);
      if (applying) this.trials.set(applying.study.id, applying);
    }
  }

  /** The trials that anybody may be judged by today. */
  get judging() {
    return [...this.trials.values()].filter((one) => judges(this.force(one)));
  }

  /** Who writes, and the moment in UTC and to the minute. */
  get stamp() {
    return { by: this.hand, at: `${new Date(this.asOf).toISOString().slice(0, 16)}Z` };
  }

  /** @param {{ channel: Channel, detail: string }} given */
  entering(given) {
    return { ...given, asOf: this.asOf, stamp: this.stamp };
  }

  /** The log of the trial of the list is kept as it is now, where it is kept on this device. */
  async save() {
    const { id } = this.own.study;
    const book = this.ledger.book(id);
    if (book && this.safe.keeps(id)) await this.safe.save(id, book.text());
  }

  /**
   * What the sponsor is to be asked of the trial of the list, by criterion in the protocol's order.
   * @param {(at: number) => number | undefined} hanging  how many people hang on the criterion at a place
   * @returns {Asked[]}
   */
  asked(hanging) {
    const { study } = this.own;
    const { criteria } = study.eligibility;
    const queries = this.ledger.queries(study.id, this.people);
    const known = criteria.map(({ id }, at) => ({ id, at }));
    // another version may have had it
    const others = [...new Set(queries.map(({ criterion }) => criterion))].filter((id) => !criteria.some((one) => one.id === id));
    return [...known, ...others.map((id) => ({ id, at: -1 }))].flatMap(({ id, at }) => {
      const own = queries.filter(({ criterion }) => criterion === id);
      const texts = own.flatMap(({ text, answer }) => (answer === undefined ? [text] : []));
      const answers = [...new Set(own.flatMap(({ answer }) => answer ?? []))];
      return own.length > 0 ? [{ criterion: id, item: criteria[at]?.source.item || id, people: at < 0 ? undefined : hanging(at), texts, answers }] : [];
    });
  }

  get today() {
    return this.asOf.slice(0, 10);
  }

  /** @param {"judging" | "dating"} what @param {Tell} [tell] */
  pause(what, tell) {
    return this.turns.pause(what, this.people.size, tell);
  }
}

/** @param {Trial} trial @returns {Opened} */
export function openedTrial(trial) {
  return { trial, study: trial.toJSON(), version: versionOf(trial.edition()), asked: new Map(trial.subjects().map((subject) => [keyOf(subject), subject])) };
}
