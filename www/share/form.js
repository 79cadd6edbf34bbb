// @ts-check
/** @import { FieldView } from "../fields/field.js" */
/** @import { View } from "../view.js" */
/** @import { ShareWords } from "./words/en.js" */

import { choices, message, option } from '../fields/controls.js';
import { make } from '../dom.js';

/** Days for which something is shared or kept. */
const DAYS = /** @type {const} */ ([7, 30, 90]);

/**
 * A form whose fields keep what stands in them when its screen is shown anew.
 * @param {(draft: FormData) => void} submit
 * @param {...import("../dom.js").Piece} contents
 */
export function form(submit, ...contents) {
  const onsubmit = (/** @type {Event} */ event) => {
    event.preventDefault();
    submit(new FormData(/** @type {HTMLFormElement} */ (event.currentTarget)));
  };
  return make('form', { novalidate: true, autocomplete: 'off', onsubmit }, ...contents);
}

/**
 * Boxes to tick, none of them ticked.
 * @param {View} view
 * @param {string} name
 * @param {string} label
 * @param {[value: string, label: string][]} boxes
 * @param {FormData} draft
 * @param {Map<string, string>} errors
 */
export function boxes({ words }, name, label, boxes, draft, errors) {
  return make(
    'fieldset',
    { class: errors.has(name) ? 'group wrong' : 'group', 'data-field': name, 'aria-describedby': errors.has(name) && `error-${name}` },
    make('legend', {}, label),
    message(words, errors, name),
    make('div', { class: 'options' }, ...boxes.map(([value, text]) => option('checkbox', name, value, text, draft))),
  );
}

/**
 * For how long.
 * @param {View} view
 * @param {ShareWords} said
 * @param {string} label
 * @param {FormData} draft
 */
export function days({ words }, said, label, draft) {
  const options = DAYS.map((count) => /** @type {[string, string]} */ ([String(count), said.daysOf[count]]));
  const field = choices(/** @type {FieldView} */ ({ words, draft, errors: new Map() }), 'days', label, '', options);
  // one is always chosen
  field.querySelector('option[value=""]')?.remove();
  return field;
}

/** @param {FormData} draft */
export function daysIn(draft) {
  const chosen = Number(draft.get('days'));
  return DAYS.find((count) => count === chosen) ?? 30;
}

/** What stands in a form before anybody touched it. */
export function untouched() {
  const draft = new FormData();
  draft.set('days', '30');
  return draft;
}
