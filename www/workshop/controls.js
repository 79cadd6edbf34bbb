// @ts-check
/** @import { Piece, Setting } from "../dom.js" */

import { make } from '../dom.js';

let count = 0;

/** An id that nothing else on the page has. */
export function fresh() {
  count += 1;
  return `w${count}`;
}

/**
 * A text field with its label above.
 * @param {string} label
 * @param {string} value
 * @param {(value: string) => void} oninput
 * @param {Record<string, Setting> & { hint?: string }} [settings]
 */
export function field(label, value, oninput, { hint, ...settings } = {}) {
  const id = fresh();
  const change = (/** @type {Event} */ { target }) => oninput(/** @type {HTMLInputElement} */ (target).value);
  return make(
    'div',
    { class: 'field' },
    make('label', { for: id }, label),
    hint && make('span', { class: 'hint', id: `${id}h` }, hint),
    make('input', { type: 'text', id, value, autocomplete: 'off', spellcheck: 'false', 'aria-describedby': hint && `${id}h`, ...settings, oninput: change }),
  );
}

/**
 * A field for several lines, as high as what stands in it.
 * @param {string} label
 * @param {string} value
 * @param {(value: string) => void} oninput
 * @param {Record<string, Setting> & { hint?: string }} [settings]
 */
export function area(label, value, oninput, { hint, ...settings } = {}) {
  const id = fresh();
  const change = (/** @type {Event} */ { target }) => oninput(/** @type {HTMLTextAreaElement} */ (target).value);
  const text = make('textarea', { id, rows: Math.min(Math.max(value.split('\n').length + Math.floor(value.length / 70), 2), 14), 'aria-describedby': hint && `${id}h`, ...settings, oninput: change });
  text.value = value;
  return make('div', { class: 'field wide' }, make('label', { for: id }, label), hint && make('span', { class: 'hint', id: `${id}h` }, hint), text);
}

/**
 * A list to choose one from.
 * @param {string} label
 * @param {string} chosen
 * @param {[value: string, label: string][]} choices
 * @param {(value: string) => void} onchange
 * @param {Record<string, Setting>} [settings]
 */
export function select(label, chosen, choices, onchange, settings = {}) {
  const id = fresh();
  const change = (/** @type {Event} */ { target }) => onchange(/** @type {HTMLSelectElement} */ (target).value);
  return make(
    'div',
    { class: 'field' },
    make('label', { for: id }, label),
    make('select', { id, ...settings, onchange: change }, ...choices.map(([value, text]) => make('option', { value, selected: value === chosen }, text))),
  );
}

/**
 * @param {string} label
 * @param {boolean} checked
 * @param {(checked: boolean) => void} onchange
 * @param {Record<string, Setting>} [settings]
 */
export function tick(label, checked, onchange, settings = {}) {
  const change = (/** @type {Event} */ { target }) => onchange(/** @type {HTMLInputElement} */ (target).checked);
  return make('label', { class: 'tick' }, make('input', { type: 'checkbox', checked, ...settings, onchange: change }), make('span', {}, label));
}

/**
 * A button that does something in this page.
 * @param {string} kind `primary`, `secondary` or `link`
 * @param {() => void} onclick
 * @param {string} label
 * @param {Record<string, Setting>} [settings]
 */
export function press(kind, onclick, label, settings = {}) {
  return make('button', { type: 'button', class: kind, ...settings, onclick }, label);
}

/**
 * Controls under one name.
 * @param {string} legend
 * @param {...Piece} contents
 */
export function group(legend, ...contents) {
  return make('fieldset', {}, make('legend', {}, legend), ...contents);
}
