// @ts-check
/** @import { DoubtScreen, StopScreen } from "../journey.js" */
/** @import { View } from "../view.js" */

import { actions, button, heading, make, title } from '../dom.js';
import { change, following } from '../flow.js';
import { offer } from '../share/words/offer.js';
import { framed } from '../view.js';

/**
 * An unlikely value: is it right?
 * @param {View} view
 * @param {DoubtScreen} screen
 */
export async function doubt(view, { from, facts, draft }) {
  const { words, locale, level, session, journey } = view;
  const keep = async () => {
    session.keep(from.question, facts, draft);
    journey.replace(await following(view, from));
  };
  return framed(
    view,
    title(level, words.doubt.heading),
    ...(await session.review(locale, facts)).map(({ label, value }) => make('p', { class: 'lead' }, words.doubt.entered(label, value))),
    make('p', {}, words.doubt.unusual),
    actions(button('primary', () => view.act(keep), words.doubt.keep), button('secondary', () => journey.back(), words.doubt.change)),
  );
}

/**
 * The outcome is known before the questions end.
 * @param {View} view
 * @param {StopScreen} screen
 */
export async function stop(view, { question }) {
  const { words, locale, level, session, journey } = view;
  const { outcome, heading: found, criteria } = await session.explain(locale);
  const against = criteria.filter(({ verdict }) => verdict === 'fail');
  const goOn = async () => {
    session.goOn = true;
    journey.go(await following(view));
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
    actions(
      button('primary', () => journey.go({ name: 'result' }), words.stop.result),
      button('secondary', () => change(view, question.items[0].key), words.stop.change),
      button('secondary', () => view.act(goOn), words.stop.goOn),
    ),
  );
}

/**
 * Before everything is deleted.
 * @param {View} view
 */
export function clear({ words, locale, level, journey, clear, kept }) {
  return [
    title(level, words.clear.heading),
    make('p', {}, words.clear.body),
    kept && make('p', {}, offer[locale].forgets),
    actions(button('primary', clear, words.clear.yes), button('secondary', () => journey.back(), words.clear.no)),
  ];
}
