// @ts-check
/** @import { Field, FieldView } from "./field.js" */
/** @import { Piece } from "../dom.js" */

import { button, make, spoken } from '../dom.js';
import { entry as own } from '../words.js';
import { absences, choices, entry, message, option, typed } from './controls.js';
import { routeIn, routeOf } from './course.js';
import { fieldWords } from './words.js';

/** What one of each drink usually holds, in mL and percent, filled in to be changed. */
const USUAL = /** @type {const} */ ({ beer: [500, 5], wine: [150, 12], spirits: [50, 40], baijiu: [50, 52], other: ['', ''] });
const KINDS = /** @type {(keyof typeof USUAL)[]} */ (Object.keys(USUAL));

/** What a row of medicines holds. */
const DOSE = ['medicine', 'amount', 'route'];

/** @typedef {Record<string, string>} Row */

/** @type {Field} Medicines, each with its dose a day. */
export const doses = {
  main: 'doses',

  build(view) {
    const { item, text } = view;
    const said = fieldWords[view.locale].doses;
    const codes = typeof item.answer === 'object' && 'doses' in item.answer ? item.answer.doses : [];
    const medicines = codes.map((code) => /** @type {[string, string]} */ ([code, own(text?.options, code) ?? code]));
    return listed(view, 'doses', DOSE, said, (view, row) => [
      choices(view, `${row}.medicine`, said.medicine, said.choose, medicines),
      entry(view, `${row}.amount`, { label: said.amount, hint: said.amountHint }),
      item.routes && routeOf(view, `${row}.route`),
    ]);
  },

  read(data) {
    if (typed(data, 'absent') === 'none') return { doses: [] };
    const rows = rowsIn(data, 'doses', DOSE);
    return { doses: rows.map(({ medicine, amount }, at) => ({ medicine, amount, ...routeIn(data, `doses[${at}].route`) })) };
  },
};

/** @type {Field} Drinks on usual days. */
export const drinks = {
  main: 'drinks',

  build(view) {
    const said = fieldWords[view.locale].drinks;
    const parts = (/** @type {Piece[]} */ ...entries) => make('div', { class: 'parts' }, ...entries);
    return listed(view, 'drinks', ['kind', 'volume', 'strength', 'count', 'per'], said, (view, row) => [
      choices(view, `${row}.kind`, said.kind, said.choose, KINDS.map((kind) => [kind, said[kind]]), fill),
      parts(entry(view, `${row}.volume`, { label: said.volume, width: 5 }), entry(view, `${row}.strength`, { label: said.strength, width: 4 })),
      parts(
        entry(view, `${row}.count`, { label: said.count, width: 4 }),
        choices(view, `${row}.per`, said.per, said.choosePer, [['day', said.day], ['week', said.week], ['month', said.month]]),
      ),
    ]);
  },

  read(data) {
    if (typed(data, 'absent') === 'none') return { drinks: [] };
    const rows = rowsIn(data, 'drinks', ['volume', 'strength', 'count', 'per']);
    return { drinks: rows.map(({ volume, strength, count, per }) => ({ volume, strength, count, per: /** @type {"day" | "week" | "month"} */ (per) })) };
  },
};

/**
 * The rows in a form, each with these parts; names are `doses[0].amount`.
 * @param {FormData} data
 * @param {string} path
 * @param {string[]} parts
 */
function rowsIn(data, path, parts) {
  /** @type {Row[]} */
  const rows = [];
  while (data.has(`${path}[${rows.length}].${parts[0]}`)) {
    const row = `${path}[${rows.length}]`;
    rows.push(Object.fromEntries(parts.map((part) => [part, typed(data, `${row}.${part}`)])));
  }
  return rows;
}

/**
 * A list of alike groups that grows and shrinks, and the ways to have none.
 * @param {FieldView} view
 * @param {string} path
 * @param {string[]} parts
 * @param {{ row: (n: number) => string, add: string, remove: string, none: string }} said
 * @param {(view: FieldView, row: string) => Piece[]} build
 */
function listed(view, path, parts, said, build) {
  const box = make('div', { class: 'rows' });
  const inForm = () => rowsIn(new FormData(box.closest('form') ?? undefined), path, parts);

  /** @param {Row[]} rows @param {Map<string, string>} errors */
  function show(rows, errors) {
    const draft = new FormData();
    rows.forEach((row, at) => parts.forEach((part) => draft.set(`${path}[${at}].${part}`, row[part])));
    const sets = Array.from({ length: Math.max(rows.length, 1) }, (_, at) =>
      make(
        'fieldset',
        { class: 'row' },
        make('legend', {}, said.row(at + 1)),
        ...build({ ...view, draft, errors }, `${path}[${at}]`),
        rows.length > 1 && button('link', () => change(inForm().toSpliced(at, 1), Math.max(at - 1, 0)), said.remove, spoken(` ${said.row(at + 1)}`)),
      ),
    );
    box.replaceChildren(...sets);
  }

  /** @param {Row[]} rows @param {number} focused */
  function change(rows, focused) {
    show(rows, new Map());
    /** @type {HTMLElement | null} */ (box.children[focused]?.querySelector('select, input'))?.focus();
  }

  const add = () => change([...inForm(), Object.fromEntries(parts.map((part) => [part, '']))], inForm().length);
  show(rowsIn(view.draft, path, parts), view.errors);
  return [
    message(view.words, view.errors, path),
    make('div', { 'data-field': path }, box, button('secondary', add, said.add)),
    ...absences(view, option('radio', 'absent', 'none', said.none, view.draft)),
  ];
}

/**
 * Fills in what a drink of the chosen kind usually holds.
 * @param {Event} event
 */
function fill({ target }) {
  if (!(target instanceof HTMLSelectElement)) return;
  const kind = KINDS.find((kind) => kind === target.value);
  ['volume', 'strength'].forEach((part, at) => {
    const input = target.closest('fieldset')?.querySelector(`[name$=".${part}"]`);
    if (kind && input instanceof HTMLInputElement) input.value = String(USUAL[kind][at]);
  });
}
