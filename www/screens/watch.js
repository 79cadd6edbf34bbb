// @ts-check
/** @import { View } from "../view.js" */

import { button } from '../dom.js';
import { engineOf } from '../element/loading.js';
import { openPart } from './part.js';

/**
 * The way to be told of other studies: on pages of ours alone, where something may be kept.
 * @param {View} view
 */
export function watchButton(view) {
  const { words, settings, session, ownPage } = view;
  const load = async () => new (await import('../watch/watching.js')).Watching(() => engineOf(settings), session).first;
  return ownPage && !settings.noKeep && button('secondary', () => openPart(view, load), words.result.watch);
}
