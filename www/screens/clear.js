// @ts-check
/** @import { View } from "../view.js" */

import { button, make, title } from '../dom.js';

/** @param {View} view */
export function clear(view) {
  const { words, level, journey } = view;
  return [
    title(level, words.clear.heading),
    make('p', {}, words.clear.body),
    make('p', { class: 'actions' }, button('primary', () => view.clear(), words.clear.yes), button('secondary', () => journey.back(), words.clear.no)),
  ];
}
