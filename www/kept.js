// @ts-check
// What a person asked to keep on this device: one check, sealed with a code, and notes, each until a day. Without that
// wish nothing is written, not even an empty database; when the last thing goes, the database goes with it.
/** @import { Note } from "./notes/notes.js" */

/** @typedef {{ sealed: string, until: string }} Kept */
/** @typedef {{ notes: Note[], until: string }} KeptNotes */

const NAME = 'trial-prescreen';
const STORE = 'kept';
const CHECK = 'check';
const NOTES = 'notes ';

/** @param {string} today @returns {Promise<Kept | undefined>} */
export const kept = (today) => read(CHECK, today);
/** @param {Kept} record */
export const keep = (record) => write(CHECK, record);
/** @param {string} trial @param {string} today @returns {Promise<KeptNotes | undefined>} */
export const keptNotes = (trial, today) => read(NOTES + trial, today);
/** @param {string} trial @param {KeptNotes} record */
export const keepNotes = (trial, record) => write(NOTES + trial, record);
/** @param {string} trial */
export const forgetNotes = (trial) => remove(NOTES + trial);

/** Deletes all that is kept, and the place where it was. */
export async function forget() {
  if (typeof indexedDB === 'object') await done(indexedDB.deleteDatabase(NAME)).catch(() => {});
}

/**
 * What is kept under a key, if anything; what has passed its day is deleted.
 * @param {string} key
 * @param {string} today
 */
async function read(key, today) {
  try {
    const database = await opened(false);
    const found = await done(database.transaction(STORE).objectStore(STORE).get(key));
    database.close();
    if (!found || found.until >= today.slice(0, 10)) return found;
    await remove(key);
  } catch {
    // nothing is kept, or this browser keeps nothing
  }
  return undefined;
}

/**
 * @param {string} key
 * @param {Kept | KeptNotes} record
 */
async function write(key, record) {
  const database = await opened(true);
  await done(database.transaction(STORE, 'readwrite').objectStore(STORE).put(record, key));
  database.close();
}

/** @param {string} key */
async function remove(key) {
  const database = await opened(false);
  const store = database.transaction(STORE, 'readwrite').objectStore(STORE);
  await done(store.delete(key));
  const left = await done(store.count());
  database.close();
  if (left === 0) await forget();
}

/**
 * @param {boolean} make whether the database is made where it is not there
 * @returns {Promise<IDBDatabase>}
 */
function opened(make) {
  const request = indexedDB.open(NAME);
  request.onupgradeneeded = () => (make ? request.result.createObjectStore(STORE) : request.transaction?.abort());
  return done(request);
}

/**
 * @template T
 * @param {IDBRequest<T>} request
 * @returns {Promise<T>}
 */
function done(request) {
  return new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });
}
