// @ts-check
/** @import { FurtherScreen } from "../journey.js" */
/** @import { Place } from "../view.js" */

import { make, title } from '../dom.js';

/**
 * Loads a part and shows its first screen. Where it does not come, that is said, and everything else stays as it is.
 * @param {Place} place
 * @param {() => Promise<FurtherScreen>} load
 */
export function openPart({ act, journey }, load) {
  act(async () => journey.go(await load().catch(() => MISSING)));
}

/** @type {FurtherScreen<Place>} */
export const MISSING = { name: 'further', show: ({ words, level }) => [title(level, words.further.missing), make('p', {}, words.further.still)] };
