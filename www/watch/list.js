// @ts-check
// The list that a person asked to keep on this device. Without that wish nothing is written, not even an empty database.
/** @import { Published } from "./documents.js" */

/** @typedef {{ since: string, documents: Published[] }} Watched  the studies of the site as they were at that moment; nothing about the person */

import { NAME } from './kept.js';

const STORE = 'list';
const KEY = 'studies';

/**
 * The list, where one is kept.
 * @returns {Promise<Watched | undefined>}
 */
export async function watched() {
  try {
    const database = await opened(false);
    const found = await done(database.transaction(STORE).objectStore(STORE).get(KEY));
    database.close();
    return found;
  } catch {
    return undefined;
  }
}

/** @param {Watched} list */
export async function watch(list) {
  const database = await opened(true);
  await done(database.transaction(STORE, 'readwrite').objectStore(STORE).put(list, KEY));
  database.close();
}

/** Deletes the list, and the place where it was. */
export async function stopWatching() {
  await done(indexedDB.deleteDatabase(NAME));
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
