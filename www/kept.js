// @ts-check
// What a person asked to keep on this device: one check, sealed with a code, and notes, each until a day. Without that
// wish nothing is written, not even an empty database; when the last thing goes, the database goes with it.
/** @import { Note } from "./notes/notes.js" */

/** @typedef {{ sealed: string, until: string }} Kept */
/** @typedef {{ notes: Note[], until: string }} KeptNotes */

import { Store } from './store.js';

const place = new Store('trial-prescreen', 'kept');
export const CHECK = 'check';

/** The check that is kept, if any. @param {string} today @returns {Promise<Kept | undefined>} */
export const kept = (today) => read(CHECK, today);

/** Deletes all that is kept, and the place where it was. */
export async function forget() {
  if (typeof indexedDB === 'object') await place.drop().catch(() => {});
}

/**
 * What is kept under a key, if anything; what has passed its day is deleted.
 * @param {string} key
 * @param {string} today
 */
export async function read(key, today) {
  try {
    const found = await within((store) => store.get(key));
    if (!found || found.until >= today.slice(0, 10)) return found;
    await remove(key);
  } catch {
    // nothing is kept, or this browser keeps nothing
  }
  return undefined;
}

/** @param {string} key */
export async function remove(key) {
  const left = await within((store) => {
    store.delete(key);
    return store.count();
  });
  if (left === 0) await forget();
}

/**
 * What a request tells of the place where things are kept.
 * @template T
 * @param {(store: IDBObjectStore) => IDBRequest<T>} ask
 * @param {boolean} [make] whether the place is made where it is not there
 * @returns {Promise<T>}
 */
export function within(ask, make) {
  return place.within(ask, make);
}

/**
 * The day so many days after a moment.
 * @param {string} moment
 * @param {number} days
 */
export function dayAfter(moment, days) {
  const day = new Date(`${moment.slice(0, 10)}T00:00:00Z`);
  day.setUTCDate(day.getUTCDate() + days);
  return day.toISOString().slice(0, 10);
}
