// @ts-check
// The list that a person asked to keep on this device. Without that wish nothing is written, not even an empty database.
/** @import { Published } from "./documents.js" */

/** @typedef {{ since: string, documents: Published[] }} Watched  the studies of the site as they were at that moment; nothing about the person */

import { Store } from '../store.js';
import { NAME } from './kept.js';

const place = new Store(NAME, 'list');
const KEY = 'studies';

/**
 * The list, where one is kept.
 * @returns {Promise<Watched | undefined>}
 */
export async function watched() {
  return place.within((store) => store.get(KEY)).catch(() => undefined);
}

/** @param {Watched} list */
export async function watch(list) {
  await place.within((store) => store.put(list, KEY), true);
}

/** Deletes the list, and the place where it was. */
export async function stopWatching() {
  await place.drop();
}
