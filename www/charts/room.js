// @ts-check
/** @import { Channel, Trial } from "../pkg/trial_prescreen.js" */
/** @import { Hand } from "./book.js" */
/** @import { Opened } from "./people.js" */
/** @import { Tell } from "./turns.js" */

import { keyOf } from './key.js';
import { Ledger } from './ledger.js';
import { People } from './people.js';
import { Safe } from './safe.js';
import { Turns } from './turns.js';

/** What those who keep charts and those who write logs work with. */
export class Room {
  /** Every trial that was opened, by its id. @type {Map<string, Opened>} */
  trials = new Map();
  /** The one that the list is of. @type {Opened | undefined} */
  chosen;
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
    if (!this.chosen) throw new Error('no trial is open');
    return this.chosen;
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
  return { trial, study: trial.toJSON(), asked: new Set(trial.subjects().map(keyOf)) };
}
