// @ts-check

/** A place on this device where things are kept by key. Nothing is made, not even an empty database, before something is to be kept. */
export class Store {
  #database;
  #name;

  /**
   * @param {string} database
   * @param {string} name
   */
  constructor(database, name) {
    this.#database = database;
    this.#name = name;
  }

  /**
   * What a request tells of the place.
   * @template T
   * @param {(store: IDBObjectStore) => IDBRequest<T>} ask
   * @param {boolean} [make] whether the place is made where it is not there
   * @returns {Promise<T>}
   */
  async within(ask, make = false) {
    const request = indexedDB.open(this.#database);
    request.onupgradeneeded = () => (make ? request.result.createObjectStore(this.#name) : request.transaction?.abort());
    const database = await done(request);
    try {
      return await done(ask(database.transaction(this.#name, 'readwrite').objectStore(this.#name)));
    } finally {
      database.close();
    }
  }

  /** Deletes all that is kept there, and the place. */
  async drop() {
    await done(indexedDB.deleteDatabase(this.#database));
  }
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
