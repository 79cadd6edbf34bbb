// @ts-check
/** @import { DoubtScreen } from "../journey.js" */
/** @import { View } from "../view.js" */

import { button, make, title } from '../dom.js';
import { following } from '../flow.js';
import { framed } from '../view.js';

/**
 * @param {View} view
 * @param {DoubtScreen} screen
 */
export function doubt(view, { from, facts, draft }) {
  const { words, locale, level, session, journey } = view;
  const keep = () => {
    session.keep(from.question, facts, draft);
    journey.replace(following(view, from));
  };
  return framed(
    view,
    title(level, words.doubt.heading),
    ...session.review(locale, facts).map(({ label, value }) => make('p', { class: 'lead' }, words.doubt.entered(label, value))),
    make('p', {}, words.doubt.unusual),
    make('p', { class: 'actions' }, button('primary', keep, words.doubt.keep), button('secondary', () => journey.back(), words.doubt.change)),
  );
}
