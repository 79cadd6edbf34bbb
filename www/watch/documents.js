// @ts-check
import { fetched } from '../engine.js';
import { place } from '../place.js';

/** @typedef {{ id: string, title: Record<string, string>, digest: string, text: string }} Published  a study's document as the site has it, and its SHA-256 */

/**
 * All studies of this site as they are now.
 * @returns {Promise<Published[]>}
 */
export async function published() {
  /** @type {{ trials: { id: string, title: Record<string, string> }[] }} */
  const { trials } = JSON.parse(text(await fetched(place('trials/index.json').href)));
  return Promise.all(trials.map(async ({ id, title }) => {
    const bytes = await fetched(place(`trials/${id}.json`).href);
    return { id, title, digest: await digest(bytes), text: text(bytes) };
  }));
}

/** @param {Uint8Array} bytes */
function text(bytes) {
  return new TextDecoder().decode(bytes);
}

/** @param {Uint8Array<ArrayBuffer>} bytes */
async function digest(bytes) {
  return Array.from(new Uint8Array(await crypto.subtle.digest('SHA-256', bytes)), (byte) => byte.toString(16).padStart(2, '0')).join('');
}

/**
 * What became of the studies.
 * @param {Published[]} before
 * @param {Published[]} now
 */
export function compared(before, now) {
  const earlier = new Map(before.map((document) => [document.id, document]));
  const present = new Set(now.map(({ id }) => id));
  return {
    fresh: now.filter(({ id }) => !earlier.has(id)),
    changed: now.flatMap((document) => {
      const old = earlier.get(document.id);
      return old && old.digest !== document.digest ? [{ before: old, now: document }] : [];
    }),
    gone: before.filter(({ id }) => !present.has(id)),
  };
}
