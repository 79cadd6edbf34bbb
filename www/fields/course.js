// @ts-check
/** @import { DateParts, Route } from "../pkg/check.js" */
/** @import { Field, FieldView } from "./field.js" */

import { make } from '../dom.js';
import { entry as own } from '../words.js';
import { absences, choices, group, message, option, typed } from './controls.js';
import { dateGroup, datePartsIn, whenGroup } from './number.js';
import { fieldWords } from './words.js';

/** @type {Field} The day of the last time, or never. */
export const lastTime = {
  main: 'date',
  build: (view) => [
    whenGroup(view, 'date', { label: fieldWords[view.locale].date.date, hint: fieldWords[view.locale].date.hint }),
    ...absences(view, option('radio', 'absent', 'never', fieldWords[view.locale].course.neverYet, view.draft)),
  ],
  read: (data) => (typed(data, 'absent') === 'never' ? { choice: 'never' } : { date: datePartsIn(data, 'date') }),
};

/** @type {Field} Whether something goes on, since when and until when, how it is given. */
export const course = {
  main: 'choice',

  build(view) {
    const { words, item, draft, errors } = view;
    const said = fieldWords[view.locale].course;
    const { hint } = fieldWords[view.locale].date;
    const asked = typeof item.answer === 'object' && 'course' in item.answer ? item.answer.course : {};
    const ways = /** @type {const} */ (['now', 'past', 'never']);
    const { yes, no } = words.question;
    return [
      message(words, errors, 'choice'),
      make('div', { class: 'options', part: 'options', 'data-field': 'choice' }, ...ways.map((way) => option('radio', 'choice', way, said[way], draft))),
      asked.dated && dateGroup(view, 'from', { label: said.from, hint }),
      asked.dated && dateGroup(view, 'until', { label: said.until, hint: said.untilHint }),
      item.routes && routeOf(view, 'route'),
      asked.planned &&
        group(
          view, 'planned', { label: said.planned },
          make('div', { class: 'options inline', part: 'options' }, option('radio', 'planned', 'yes', yes, draft), option('radio', 'planned', 'no', no, draft)),
        ),
      ...absences(view),
    ];
  },

  read(data) {
    const said = ['from', 'until'].map((part) => /** @type {[string, DateParts]} */ ([part, datePartsIn(data, part)]));
    const days = said.filter(([, parts]) => Object.values(parts).some(Boolean));
    const planned = typed(data, 'planned');
    return {
      course: {
        choice: /** @type {"now" | "past" | "never"} */ (typed(data, 'choice')),
        ...Object.fromEntries(days),
        ...(planned && { planned: /** @type {"yes" | "no"} */ (planned) }),
        ...routeIn(data, 'route'),
      },
    };
  },
};

/**
 * A choice of the way in which a medicine is given.
 * @param {FieldView} view
 * @param {string} name
 */
export function routeOf(view, name) {
  const { words, item, text } = view;
  const routes = (item.routes ?? []).map((route) => /** @type {[string, string]} */ ([route, own(text?.options, route) ?? route]));
  return choices(view, name, fieldWords[view.locale].course.route, words.question.notSure, routes);
}

/**
 * @param {FormData} data
 * @param {string} name
 */
export function routeIn(data, name) {
  const route = typed(data, name);
  return route ? { route: /** @type {Route} */ (route) } : {};
}
