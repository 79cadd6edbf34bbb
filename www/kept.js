// @ts-check
// The one check that a person asked to keep on this device: sealed with a code, until a day. Without that wish nothing
// is written, not even an empty database.

/** @typedef {{ sealed: string, until: string }} Kept */

const NAME = 'trial-prescreen';
const STORE = 'kept';
const KEY = 'check';

/**
 * The check that is kept, if any; one whose day has passed is deleted.
 * @param {string} today
 * @returns {Promise<Kept | undefined>}
 */
export async function kept(today) {
  try {
    const database = await opened(false);
    /** @type {Kept} */
    const found = await done(database.transaction(STORE).objectStore(STORE).get(KEY));
    database.close();
    if (typeof found?.sealed === 'string' && found.until >= today.slice(0, 10)) return found;
    await forget();
  } catch {
    // nothing is kept, or this browser keeps nothing
  }
  return undefined;
}

/** @param {Kept} record */
export async function keep(record) {
  const database = await opened(true);
  await done(database.transaction(STORE, 'readwrite').objectStore(STORE).put(record, KEY));
  database.close();
}

/** Deletes what is kept, and the place where it was. */
export async function forget() {
  if (typeof indexedDB === 'object') await done(indexedDB.deleteDatabase(NAME)).catch(() => {});
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
