// @ts-check
/** @import { Note } from "./notes.js" */

import { now } from '../clock.js';
import { dayAfter, read, remove, within } from '../kept.js';

const DAYS = 90;

/** The notes on one trial, in memory, and on the device where that is asked for. */
export class Keeping {
  kept = false;
  #key;

  /** @param {string} trial */
  constructor(trial) {
    this.#key = `notes ${trial}`;
  }

  /** The notes that were kept before. @returns {Promise<Note[]>} */
  async before() {
    const found = await read(this.#key, now());
    this.kept = Boolean(found);
    return found?.notes ?? [];
  }

  /** Writes them again, where they are kept. @param {Note[]} notes */
  async changed(notes) {
    if (this.kept) await this.#write(notes);
  }

  /**
   * Keeps them from now on, or no longer.
   * @param {boolean} keep
   * @param {Note[]} notes
   */
  async set(keep, notes) {
    if (keep) await this.#write(notes);
    else await remove(this.#key);
    this.kept = keep;
  }

  /** @param {Note[]} notes */
  async #write(notes) {
    await within((store) => store.put({ notes, until: dayAfter(now(), DAYS) }, this.#key), true);
  }
}
