// @ts-check
// The screens that need the engine, and what is kept on the device of answers and of the check itself: they come with the check, after what is shown before the engine is there.
/** @import { ElementSettings } from "../element/element-settings.js" */
/** @import { Piece } from "../dom.js" */
/** @import { Screen } from "../journey.js" */
/** @import { View } from "../view.js" */

import { pick, tried } from '../after/attempt.js';
import { further } from './further.js';
import { clear, doubt, stop } from './pause.js';
import { question } from './question.js';
import { result } from './result.js';
import { review } from './review.js';

export { forget, kept } from '../kept.js';
export { watchRelease } from '../element/release.js';

/**
 * Fetches what can be opened from these screens, so that nothing is asked of a server while somebody is at the check. What
 * does not come now is tried again when it is opened.
 * @param {Pick<ElementSettings, "ownPage" | "noShare" | "noNotes" | "noKeep">} settings
 */
export async function fetchParts({ ownPage, noShare, noNotes, noKeep }) {
  await Promise.allSettled([
    import('../contact/contact.js'),
    import('../contact/told.js'),
    !noNotes && import('../notes/check.js'),
    ownPage && import('../share/open.js'),
    ownPage && !noShare && import('../share/share.js'),
    ownPage && !noKeep && import('../share/keep.js'),
    ownPage && !noKeep && import('../watch/watching.js'),
  ]);
}

/**
 * @param {View} view
 * @param {Exclude<Screen, { name: "start" | "who" }>} screen
 * @returns {Piece[] | Promise<Piece[]>}
 */
export function laterScreen(view, screen) {
  if (screen.name === 'question') return question(view, screen);
  if (screen.name === 'doubt') return doubt(view, screen);
  if (screen.name === 'stop') return stop(view, screen);
  if (screen.name === 'review') return review(view);
  if (screen.name === 'result') return result(view);
  if (screen.name === 'pick') return pick(view);
  if (screen.name === 'tried') return tried(view, screen);
  if (screen.name === 'further') return further(view, screen);
  return clear(view);
}
