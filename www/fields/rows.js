// @ts-check
/** @import { FieldView } from "./field.js" */
/** @import { Piece } from "../dom.js" */

import { button, make, spoken } from '../dom.js';
import { typed } from './controls.js';

/**
 * The rows of a form, each with these parts; names are `doses[0].amount`.
 * @template {string} Part
 * @param {FormData} data
 * @param {string} prefix
 * @param {readonly Part[]} parts
 */
export function rowsIn(data, prefix, parts) {
  /** @type {Record<Part, string>[]} */
  const rows = [];
  const named = (/** @type {Part} */ part) => `${prefix}[${rows.length}].${part}`;
  while (parts.some((part) => data.has(named(part)))) {
    rows.push(/** @type {Record<Part, string>} */ (Object.fromEntries(parts.map((part) => [part, typed(data, named(part))]))));
  }
  return rows;
}

/**
 * A list of alike groups that grows and shrinks.
 * @template {string} Part
 * @param {FieldView} view
 * @param {string} prefix
 * @param {readonly Part[]} parts
 * @param {{ row: (n: number) => string, add: string, remove: string }} names
 * @param {(view: FieldView, row: string) => Piece[]} build
 */
export function rows(view, prefix, parts, names, build) {
  const box = make('div', { class: 'rows' });
  const inForm = () => rowsIn(new FormData(box.closest('form') ?? undefined), prefix, parts);

  /** @param {Record<Part, string>[]} all @param {FieldView} view */
  function show(all, { ...view }) {
    const draft = new FormData();
    all.forEach((row, at) => parts.forEach((part) => draft.set(`${prefix}[${at}].${part}`, row[part])));
    view.draft = draft;
    box.replaceChildren(
      ...Array.from({ length: Math.max(all.length, 1) }, (_, at) =>
        make(
          'fieldset',
          { class: 'row' },
          make('legend', {}, names.row(at + 1)),
          ...build(view, `${prefix}[${at}]`),
          all.length > 1 && button('link', () => change(inForm().filter((_, other) => other !== at), Math.max(at - 1, 0)), names.remove, spoken(` ${names.row(at + 1)}`)),
        ),
      ),
    );
  }

  /** @param {Record<Part, string>[]} all @param {number} focused */
  function change(all, focused) {
    show(all, { ...view, errors: new Map() });
    /** @type {HTMLElement | null} */ (box.children[focused]?.querySelector('select, input'))?.focus();
  }

  show(rowsIn(view.draft, prefix, parts), view);
  const nothing = /** @type {Record<Part, string>} */ (Object.fromEntries(parts.map((part) => [part, ''])));
  return make('div', { 'data-field': prefix }, box, button('secondary', () => change([...inForm(), nothing], inForm().length), names.add));
}
