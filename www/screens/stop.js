// @ts-check
/** @import { StopScreen } from "../journey.js" */
/** @import { View } from "../view.js" */

import { button, heading, make, title } from '../dom.js';
import { change, following } from '../flow.js';
import { framed } from '../view.js';

/**
 * @param {View} view
 * @param {StopScreen} screen
 */
export function stop(view, { question }) {
  const { words, locale, level, session, journey } = view;
  const { outcome, heading: found, criteria } = session.explain(locale);
  const against = criteria.filter(({ verdict }) => verdict === 'fail');
  const goOn = () => {
    session.goOn = true;
    journey.go(following(view));
  };
  return framed(
    view,
    title(level, outcome === 'not-now' ? words.stop.heading : found),
    heading(level + 1, {}, words.stop.why),
    make(
      'ul',
      { class: 'plain' },
      ...against.map(({ short, reasons }) => make('li', {}, make('strong', {}, short), ...reasons.map((reason) => make('p', {}, reason)))),
    ),
    make('p', {}, words.stop.on),
    make(
      'p',
      { class: 'actions' },
      button('primary', () => journey.go({ name: 'result' }), words.stop.result),
      button('secondary', () => change(view, question.items[0].key), words.stop.change),
      button('secondary', goOn, words.stop.goOn),
    ),
  );
}
