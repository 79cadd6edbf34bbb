// @ts-check
// Logs that somebody asked to keep on this device, each locked with a key that is made of a code. Without that wish
// nothing is written, not even an empty database; when the last one goes, the database goes with it.

import { Store } from '../store.js';

/** @typedef {typeof import("../pkg/seal.js")} Seal */
/** @typedef {{ salt: Uint8Array<ArrayBuffer>, iv: Uint8Array<ArrayBuffer>, locked: ArrayBuffer }} Locked */

const place = new Store('trial-prescreen-logs', 'kept');

export class Safe {
  #seal;
  /** By the trial of the log. @type {Map<string, { key: CryptoKey, salt: Uint8Array<ArrayBuffer> }>} */
  #keys = new Map();

  /** @param {Seal} seal */
  constructor(seal) {
    this.#seal = seal;
  }

  /** @param {string} trial */
  keeps(trial) {
    return this.#keys.has(trial);
  }

  /** Whether there is one from before. @param {string} trial */
  async has(trial) {
    return (await this.#kept(trial)) !== undefined;
  }

  /** @param {string} trial @returns {Promise<Locked | undefined>} */
  async #kept(trial) {
    // nothing is kept, or this browser keeps nothing
    return place.within((store) => store.get(trial)).catch(() => undefined);
  }

  /**
   * A log is kept from now on, and this is the code that opens it; none where this browser keeps nothing.
   * @param {string} trial
   * @param {string} text
   */
  async keep(trial, text) {
    const code = this.#seal.newCode(random(10)) ?? '';
    const salt = random(16);
    const key = await this.#key(code, salt);
    if (!key) return undefined;
    this.#keys.set(trial, { key, salt });
    try {
      await this.save(trial, text);
      return code;
    } catch {
      this.#keys.delete(trial);
      return undefined;
    }
  }

  /** It is kept as it is now, where it is kept. @param {string} trial @param {string} text */
  async save(trial, text) {
    const lock = this.#keys.get(trial);
    if (!lock) return;
    const iv = random(12);
    const locked = await crypto.subtle.encrypt({ name: 'AES-GCM', iv, additionalData: named(trial) }, lock.key, new TextEncoder().encode(text));
    await place.within((store) => store.put({ salt: lock.salt, iv, locked }, trial), true);
  }

  /**
   * What is kept; nothing where the code is another one, or it was changed.
   * @param {string} trial
   * @param {string} code
   */
  async open(trial, code) {
    const kept = await this.#kept(trial);
    const key = kept && (await this.#key(code, kept.salt));
    if (!kept || !key) return undefined;
    try {
      const text = await crypto.subtle.decrypt({ name: 'AES-GCM', iv: kept.iv, additionalData: named(trial) }, key, kept.locked);
      this.#keys.set(trial, { key, salt: kept.salt });
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

  /** Nothing where the code is none. @param {string} code @param {Uint8Array<ArrayBuffer>} salt */
  async #key(code, salt) {
    const bytes = this.#seal.keyOf(code, salt);
    return bytes && crypto.subtle.importKey('raw', bytes, 'AES-GCM', false, ['encrypt', 'decrypt']);
  }
}

/** @param {number} length */
function random(length) {
  return crypto.getRandomValues(new Uint8Array(length));
}

/** @param {string} trial */
function named(trial) {
  return new TextEncoder().encode(`trial-prescreen log ${trial}`);
}
