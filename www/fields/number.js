// @ts-check
/** @import { AskItem, DateParts, Fact } from "../pkg/check.js" */
/** @import { Field, FieldView } from "./field.js" */
/** @import { Piece } from "../dom.js" */

import { dateWords } from '../day.js';
import { button, make } from '../dom.js';
import { absences, choices, entry, group, option, typed } from './controls.js';
import { fieldWords, unitWords } from './words.js';

/** The parts of a date in the order in which the language says them. */
const ORDER = /** @type {const} */ ({ en: ['day', 'month', 'year'], 'zh-CN': ['year', 'month', 'day'] });

/** Units of the United States: by the decilitre, and in brackets pounds, inches and degrees Fahrenheit. */
const US = /\/dL$|^\[/;

/**
 * The same units, those of one place first.
 * @param {string[]} units
 * @param {"auto" | "metric" | "us"} first
 */
function inOrder(units, first) {
  if (first === 'auto') return units;
  return units.toSorted((one, other) => (Number(US.test(other)) - Number(US.test(one))) * (first === 'us' ? 1 : -1));
}

/** @param {AskItem} item */
function asked({ answer }) {
  return typeof answer === 'object' && 'quantity' in answer ? answer.quantity : {};
}

/** @type {Field} A number with its unit, or a range; the limit and the date printed with it, where asked. */
export const number = {
  main: 'value',

  build(view) {
    const { locale, item, draft, errors, before } = view;
    const { units = [], upperLimit, dated, whole } = asked(item);
    const said = fieldWords[locale].number;
    // weeks of a pregnancy are written `24+3`: the keys of numbers have no plus
    const mode = units.includes('wk') ? 'text' : whole ? 'numeric' : 'decimal';
    const several = units.length > 1;
    const suffix = units.length === 1 ? unitWords(locale, units[0]) : '';
    const name = upperLimit || dated || several ? { label: said.result } : { labelledby: 'ask' };
    const unitBefore = unitsIn(before).findLast((unit) => units.includes(unit));
    const ranged = ['low', 'high'].some((end) => typed(draft, end) !== '' || errors.has(end));
    return [
      entry(view, 'value', { ...name, suffix, mode }),
      units.length === 1 && make('input', { type: 'hidden', name: 'unit', value: units[0] }),
      several &&
        group(
          view, 'unit', { label: said.unit, hint: said.unitHint },
          unitBefore && make('p', { class: 'hint' }, said.unitBefore(unitWords(locale, unitBefore) || unitBefore)),
          make('div', { class: 'options inline', part: 'options' }, ...inOrder(units, view.units).map((unit) => option('radio', 'unit', unit, unitWords(locale, unit) || unit, draft))),
        ),
      make(
        'details',
        { open: ranged },
        make('summary', {}, said.range),
        make('p', { class: 'hint' }, said.rangeHint),
        make('div', { class: 'parts' }, entry(view, 'low', { label: said.from, suffix, mode }), entry(view, 'high', { label: said.to, suffix, mode })),
      ),
      upperLimit && entry(view, 'upperLimit', { label: said.upper, hint: said.upperHint, suffix }),
      dated && whenGroup(view, 'on', { label: said.on, hint: said.onHint }, daysBefore(view)),
      ...absences(view),
    ];
  },

  read(data, item) {
    const names = ['value', 'low', 'high', 'unit', 'upperLimit'].filter((name) => typed(data, name) !== '');
    const on = datePartsIn(data, 'on');
    const dated = asked(item).dated && Object.values(on).some(Boolean);
    return { number: { ...Object.fromEntries(names.map((name) => [name, typed(data, name)])), ...(dated && { on }) } };
  },
};

/** @param {Fact[]} facts */
function unitsIn(facts) {
  return facts.flatMap(({ value }) => (typeof value === 'object' && 'quantity' in value && value.quantity.unit) || []);
}

/** How many days of other results are offered again. */
const OFFERED = 2;

/**
 * The days of results that were entered before, as buttons that fill them in: much stands on one slip.
 * @param {FieldView} view
 */
function daysBefore({ locale, before }) {
  const days = new Set(before.flatMap(({ value, on }) => (typeof value === 'object' && 'quantity' in value && /^\d{4}-\d\d(-\d\d)?$/.test(on ?? '') ? on : []) ?? []));
  return [...days].slice(-OFFERED).reverse().map((day) => {
    const [year, month, date = ''] = day.split('-').map((part) => part.replace(/^0/, ''));
    return button('secondary', filler('on', { year, month, day: date }), fieldWords[locale].number.sameDay(dateWords(locale, day)));
  });
}

/**
 * Fills in a day.
 * @param {string} path
 * @param {Record<"year" | "month" | "day", string>} day
 */
export function filler(path, day) {
  return (/** @type {Event} */ { currentTarget }) => {
    const fields = /** @type {HTMLElement} */ (currentTarget).closest('fieldset');
    for (const [part, value] of Object.entries(day)) {
      const input = fields?.querySelector(`[name="${path}.${part}"]`);
      if (!(input instanceof HTMLInputElement)) continue;
      input.value = value;
      for (const name of ['input', 'change']) input.dispatchEvent(new Event(name, { bubbles: true }));
    }
  };
}

/** @type {Field} A day, as far as it is known. */
export const date = {
  main: 'date',
  build: (view) => [whenGroup(view, 'date', { label: fieldWords[view.locale].date.date, hint: fieldWords[view.locale].date.hint }), ...absences(view)],
  read: (data) => ({ date: datePartsIn(data, 'date') }),
};

const UNITS = /** @type {const} */ (['day', 'week', 'month', 'year']);

/**
 * A date, or about how long ago it was.
 * @param {FieldView} view
 * @param {string} path
 * @param {{ label: string, hint?: string }} looks
 * @param {Piece[]} [offered] days to fill in
 */
export function whenGroup(view, path, looks, offered = []) {
  const { draft, errors } = view;
  const said = fieldWords[view.locale].date;
  const own = [`${path}.ago`, `${path}.unit`];
  return dateGroup(
    view, path, looks,
    offered.length > 0 && make('div', { class: 'parts' }, ...offered),
    make(
      'details',
      { open: own.some((name) => typed(draft, name) !== '' || errors.has(name)) },
      make('summary', {}, said.ago),
      make('p', { class: 'hint' }, said.agoHint),
      make('div', { class: 'parts' },
        entry(view, own[0], { label: said.count, width: 3, mode: 'numeric' }),
        choices(view, own[1], said.unit, said.choose, UNITS.map((unit) => [unit, said.ofUnit[unit]]))),
    ),
  );
}

/**
 * Three fields for a date.
 * @param {FieldView} view
 * @param {string} path
 * @param {{ label: string, hint?: string }} looks
 * @param {...Piece} more
 */
export function dateGroup(view, path, looks, ...more) {
  const { locale } = view;
  const parts = ORDER[locale].map((part) =>
    entry(view, `${path}.${part}`, { label: fieldWords[locale].date[part], width: part === 'year' ? 4 : 2, mode: 'numeric', group: path }),
  );
  return group(view, path, looks, make('div', { class: 'parts' }, ...parts), ...more);
}

/**
 * @param {FormData} data
 * @param {string} path
 * @returns {DateParts}
 */
export function datePartsIn(data, path) {
  const [year, month, day, count, chosen] = ['year', 'month', 'day', 'ago', 'unit'].map((part) => typed(data, `${path}.${part}`));
  const unit = /** @type {typeof UNITS[number]} */ (chosen);
  return { year, ...(month && { month }), ...(day && { day }), ...(count.trim() && { ago: { count, unit } }) };
}
