// @ts-check
/** @import { Connection } from "../connect.js" */
/** @import { FurtherScreen } from "../journey.js" */
/** @import { Place } from "../view.js" */
/** @import { Session } from "../session.js" */
/** @import { Published } from "./documents.js" */
/** @import { Person } from "./outcomes.js" */

import { now } from '../clock.js';
import { published } from './documents.js';
import { personIn } from './outcomes.js';
import { stopWatching, watch, watched } from './list.js';
import { offer, stopped } from './offer.js';
import { report, unloaded } from './report.js';

/** The list of studies that somebody wants to be told about: offered, looked at, and deleted. */
export class Watching {
  /** @type {FurtherScreen<Place>} */
  first = { name: 'further', show: async (place) => {
    const list = await watched();
    if (!list) return offer(place, this);
    const current = await published().catch(() => undefined);
    return current ? report(place, this, list, current) : unloaded(place, this);
  } };
  /** @type {FurtherScreen<Place>} */
  stopped = { name: 'further', show: (place) => stopped(place, this) };
  /** The list was kept just now. */
  begun = false;
  /** What was asked for could not be done. */
  failed = false;

  /** @type {Person | undefined} whose answers were kept and have been opened */
  unlocked;
  /** Why they could not be opened. */
  wrong = '';
  #session;

  /**
   * @param {() => Promise<Connection>} engine
   * @param {Session} [session] the check that was done just now
   */
  constructor(engine, session) {
    this.engine = engine;
    this.#session = session;
  }

  /** @returns {Person | undefined} whose answers are at hand */
  get person() {
    return (this.#session && personIn(this.#session)) ?? this.unlocked;
  }

  get errors() {
    return new Map(this.wrong ? [['code', this.wrong]] : []);
  }

  /** Keeps the studies as the site has them now. */
  async begin() {
    this.begun = await this.#done(async () => this.#keep(await published()));
  }

  /**
   * What was shown has been read.
   * @param {Published[]} documents
   */
  async read(documents) {
    await this.#done(() => this.#keep(documents));
  }

  async stop() {
    await this.#done(stopWatching);
  }

  /** @param {Published[]} documents */
  #keep(documents) {
    return watch({ since: now(), documents });
  }

  /** @param {() => Promise<void>} deed */
  async #done(deed) {
    this.failed = !(await deed().then(() => true, () => false));
    return !this.failed;
  }
}
