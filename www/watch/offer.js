// @ts-check
/** @import { Place } from "../view.js" */
/** @import { Watching } from "./watching.js" */

import { actions, button, list, make, title } from '../dom.js';
import { words } from './words.js';

/**
 * Asks whether a list is wanted.
 * @param {Place} place
 * @param {Watching} watching
 */
export function offer({ locale, level, act, refresh }, watching) {
  const said = words[locale].offer;
  const begin = () => act(async () => {
    await watching.begin();
    refresh();
  });
  return [
    title(level, said.heading),
    watching.failed && make('p', { class: 'notice', part: 'note' }, said.failed),
    make('p', { class: 'lead' }, said.lead),
    list([said.keeps, said.asks, said.seen]),
    actions(button('primary', begin, said.button)),
  ];
}

/**
 * The list is gone, or could not be deleted.
 * @param {Place} place
 * @param {Watching} watching
 */
export function stopped({ locale, level }, { failed }) {
  const said = words[locale].stopped;
  return failed ? [title(level, words[locale].report.stop), make('p', { class: 'lead' }, said.failed)] : [title(level, said.heading), make('p', { class: 'lead' }, said.body)];
}
