// @ts-check
/** @import { Words } from "../words/en.js" */
/** @import { Piece, Setting } from "../dom.js" */

import { make, spoken } from '../dom.js';

/** Why there is no answer, as one choice beside the others. */
export const ABSENT = /** @type {const} */ (['asked-unknown', 'asked-declined']);

/**
 * A radio button or checkbox whose whole row can be pressed.
 * @param {"radio" | "checkbox"} type
 * @param {string} name
 * @param {string} value
 * @param {string} label
 * @param {FormData} draft
 * @param {string} [hint]
 */
export function option(type, name, value, label, draft, hint) {
  const checked = draft.getAll(name).includes(value);
  return make(
    'label',
    { class: 'option', part: 'option' },
    make('input', { type, name, value, checked, part: 'control' }),
    make('span', {}, label, hint && make('span', { class: 'hint', part: 'hint' }, hint)),
  );
}

/**
 * The word that parts the answers from the reasons for giving none.
 * @param {Words} words
 */
export function divider(words) {
  return make('p', { class: 'or' }, words.question.or);
}

/**
 * @param {Words} words
 * @param {boolean} staff
 * @returns {[string, string]} the words for not knowing and for not saying
 */
export function absentWords({ question }, staff) {
  return staff ? [question.notInChart, question.declinedByStaff] : [question.notSure, question.declined];
}

/**
 * The ways to give no answer. Choosing one never clears what was typed; typing takes it back.
 * @param {import("./field.js").FieldView} view
 * @param {Piece} [first] a choice before them
 */
export function absences({ words, staff, draft }, first) {
  const labels = absentWords(words, staff);
  return [
    divider(words),
    make('div', { class: 'options', part: 'options' }, first, ...ABSENT.map((code, at) => option('radio', 'absent', code, labels[at], draft))),
  ];
}

/**
 * The message beside a field, tied to it by its id.
 * @param {Words} words
 * @param {Map<string, string>} errors
 * @param {string} path
 */
export function message(words, errors, path) {
  const text = errors.get(path);
  return text && make('p', { class: 'error', part: 'error', id: `error-${path}` }, spoken(words.question.error), ' ', text);
}

/**
 * What ties a field to its message.
 * @param {Map<string, string>} errors
 * @param {string} path
 * @param {string} [hint] the id of its hint
 * @returns {Record<string, Setting>}
 */
export function tied(errors, path, hint) {
  const wrong = errors.has(path);
  const ids = [hint, wrong && `error-${path}`].filter(Boolean).join(' ');
  return { 'aria-describedby': ids || null, 'aria-invalid': wrong && 'true' };
}

/**
 * A text field as wide as its answer.
 * @param {Pick<import("./field.js").FieldView, "words" | "errors" | "draft">} view
 * @param {string} name
 * @param {{ label?: string, labelledby?: string, hint?: string, suffix?: string, width?: number, mode?: "numeric" | "decimal" | "text" | "email" | "tel", group?: string, complete?: string }} [looks]
 *   `group` is the field whose message this one shares, `complete` what the browser may fill in
 */
export function entry({ words, errors, draft }, name, looks = {}) {
  const { label, labelledby, hint, suffix, width = 8, mode = 'decimal', group, complete = 'off' } = looks;
  const id = `entry-${name}`;
  const hintId = hint && `hint-${name}`;
  const suffixId = suffix && `suffix-${name}`;
  const named = labelledby ?? `label-${name}`;
  return make(
    'div',
    { class: errors.has(name) ? 'entry wrong' : 'entry' },
    label && make('label', { for: id, id: `label-${name}` }, label),
    hint && make('span', { class: 'hint', part: 'hint', id: hintId }, hint),
    !group && message(words, errors, name),
    make(
      'span',
      { class: 'line' },
      make('input', {
        type: 'text', id, name, part: 'input', inputmode: mode, size: width, value: String(draft.get(name) ?? ''),
        autocomplete: complete, autocapitalize: 'off', spellcheck: 'false',
        'aria-labelledby': labelledby || suffix ? [named, suffixId].filter(Boolean).join(' ') : null,
        ...tied(errors, group ?? name, hintId),
      }),
      suffix && make('span', { class: 'unit', part: 'unit', id: suffixId }, suffix),
    ),
  );
}

/**
 * A list to choose from that has nothing chosen.
 * @param {import("./field.js").FieldView} view
 * @param {string} name
 * @param {string} label
 * @param {string} nothing the words while nothing is chosen
 * @param {[value: string, label: string][]} choices
 * @param {(event: Event) => void} [onchange]
 */
export function choices({ words, errors, draft }, name, label, nothing, choices, onchange) {
  const id = `entry-${name}`;
  const chosen = draft.get(name);
  return make(
    'div',
    { class: errors.has(name) ? 'entry wrong' : 'entry' },
    make('label', { for: id }, label),
    message(words, errors, name),
    make(
      'select',
      { id, name, part: 'input', onchange, ...tied(errors, name) },
      make('option', { value: '' }, nothing),
      ...choices.map(([value, text]) => make('option', { value, selected: value === chosen }, text)),
    ),
  );
}

/**
 * A group of controls under one name.
 * @param {Pick<import("./field.js").FieldView, "words" | "errors">} view
 * @param {string} path
 * @param {{ label: string, hint?: string }} looks
 * @param {...Piece} contents
 */
export function group({ words, errors }, path, { label, hint }, ...contents) {
  const hintId = hint && `hint-${path}`;
  return make(
    'fieldset',
    { class: errors.has(path) ? 'group wrong' : 'group', 'data-field': path, ...tied(errors, path, hintId), 'aria-invalid': null },
    make('legend', {}, label),
    hint && make('p', { class: 'hint', part: 'hint', id: hintId }, hint),
    message(words, errors, path),
    ...contents,
  );
}

/**
 * What was typed in a field.
 * @param {FormData} data
 * @param {string} name
 */
export function typed(data, name) {
  return String(data.get(name) ?? '');
}
