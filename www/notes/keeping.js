// @ts-check
/** @import { Note } from "./notes.js" */

import { now } from '../clock.js';
import { forgetNotes, keepNotes, keptNotes } from '../kept.js';

const DAYS = 90;

/** The notes on one trial, in memory, and on the device where that is asked for. */
export class Keeping {
  kept = false;
  #trial;

  /** @param {string} trial */
  constructor(trial) {
    this.#trial = trial;
  }

  /** The notes that were kept before. @returns {Promise<Note[]>} */
  async before() {
    const found = await keptNotes(this.#trial, now());
    this.kept = Boolean(found);
    return found?.notes ?? [];
  }

  /** Writes them again, where they are kept. @param {Note[]} notes */
  async changed(notes) {
    if (this.kept) await keepNotes(this.#trial, { notes, until: until() });
  }

  /**
   * Keeps them from now on, or no longer.
   * @param {boolean} keep
   * @param {Note[]} notes
   */
  async set(keep, notes) {
    if (keep) await keepNotes(this.#trial, { notes, until: until() });
    else await forgetNotes(this.#trial);
    this.kept = keep;
  }
}

function until() {
  const day = new Date(`${now().slice(0, 10)}T00:00:00Z`);
  day.setUTCDate(day.getUTCDate() + DAYS);
  return day.toISOString().slice(0, 10);
}
