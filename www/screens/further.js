// @ts-check
/** @import { FurtherScreen } from "../journey.js" */
/** @import { View } from "../view.js" */

import { framed } from '../view.js';

/**
 * @param {View} view
 * @param {FurtherScreen} screen
 */
export async function further(view, screen) {
  return framed(view, ...(await screen.show(view)));
}
