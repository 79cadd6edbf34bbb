// @ts-check
/** @import { View } from "../view.js" */

import { actions, button, heading, make } from '../dom.js';
import { offer } from '../share/words/offer.js';
import { openPart } from './part.js';

/**
 * Sharing answers, and keeping them, locked with a code: only where the page around is ours, as another page could read
 * along. One trial out of several is shared with the others.
 * @param {View} view
 */
export function locked(view) {
  const { locale, level, settings, session, ownPage, kept, journey } = view;
  const { noShare, noKeep } = settings;
  if (!ownPage || session.trial.part || (noShare && noKeep)) return null;
  const said = offer[locale];
  return make(
    'section',
    { class: 'tools' },
    heading(level + 1, {}, said.heading),
    make('p', {}, said.hint),
    actions(
      !noShare && button('secondary', () => openPart(view, async () => (await import('../share/share.js')).sharing()), said.share),
      !noKeep && button('secondary', () => openPart(view, async () => (await import('../share/keep.js')).keeping()), said.keep),
      !noKeep && kept && button('secondary', () => journey.go({ name: 'clear' }), said.forget),
    ),
  );
}
