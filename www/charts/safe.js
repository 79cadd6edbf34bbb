// @ts-check
// Logs that somebody asked to keep on this device, each locked with a key that is made of a code. Without that wish
// nothing is written, not even an empty database; when the last one goes, the database goes with it.

import { Store } from '../store.js';

/** @typedef {{ salt: Uint8Array<ArrayBuffer>, iv: Uint8Array<ArrayBuffer>, locked: ArrayBuffer }} Locked */

const place = new Store('trial-prescreen-logs', 'kept');

export class Safe {
  /** By the trial of the log. @type {Map<string, { key: CryptoKey, salt: Uint8Array<ArrayBuffer> }>} */
  #keys = new Map();

  /** @param {string} trial */
  keeps(trial) {
    return this.#keys.has(trial);
  }

  /**
   * A log is kept from now on.
   * @param {string} trial
   * @param {{ key: CryptoKey, salt: Uint8Array<ArrayBuffer> }} lock
   * @param {string} text
   */
  async keep(trial, lock, text) {
    this.#keys.set(trial, lock);
    await this.save(trial, text);
  }

  /** It is kept as it is now, where it is kept. @param {string} trial @param {string} text */
  async save(trial, text) {
    const lock = this.#keys.get(trial);
    if (!lock) return;
    const iv = crypto.getRandomValues(new Uint8Array(12));
    const locked = await crypto.subtle.encrypt({ name: 'AES-GCM', iv, additionalData: named(trial) }, lock.key, new TextEncoder().encode(text));
    await place.within((store) => store.put({ salt: lock.salt, iv, locked }, trial), true);
  }

  /** The salt of the one that is kept, if any. @param {string} trial @returns {Promise<Uint8Array<ArrayBuffer> | undefined>} */
  async salt(trial) {
    try {
      return (await place.within((store) => /** @type {IDBRequest<Locked | undefined>} */ (store.get(trial))))?.salt;
    } catch {
      // nothing is kept, or this browser keeps nothing
      return undefined;
    }
  }

  /**
   * What is kept; nothing where the key is another one, or it was changed.
   * @param {string} trial
   * @param {CryptoKey} key
   */
  async open(trial, key) {
    const kept = await place.within((store) => /** @type {IDBRequest<Locked>} */ (store.get(trial)));
    try {
      const { salt, iv, locked } = kept;
      const text = await crypto.subtle.decrypt({ name: 'AES-GCM', iv, additionalData: named(trial) }, key, locked);
      this.#keys.set(trial, { key, salt });
      return new Uint8Array(text);
    } catch {
      return undefined;
    }
  }

  /** It is kept no longer. @param {string} trial */
  async wipe(trial) {
    this.#keys.delete(trial);
    const left = await place.within((store) => {
      store.delete(trial);
      return store.count();
    });
    if (left === 0) await place.drop();
  }
}

/** @param {string} trial */
function named(trial) {
  return new TextEncoder().encode(`trial-prescreen log ${trial}`);
}
