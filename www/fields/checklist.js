// @ts-check
/** @import { Field } from "./field.js" */

import { make } from '../dom.js';
import { inLanguage } from '../words.js';
import { divider, message, option } from './controls.js';

export const main = 'checked';

/** @type {Field["build"]} */
export function build({ words, locale, question, draft, errors, staff }) {
  const { none, notSure, declined } = words.checklist;
  /** @type {[string, string][]} */
  const rest = [['no', none], ['asked-unknown', staff ? words.question.notInChart : notSure], ['asked-declined', declined]];
  return [
    make('p', { class: 'hint' }, words.checklist.hint),
    message(words, errors, main),
    make(
      'div',
      { class: 'options', 'data-field': main, onchange: exclude },
      ...question.items.map(({ key, text }) => {
        const words = inLanguage(text, locale);
        return option('checkbox', main, key, words?.short ?? key, draft, words?.hint);
      }),
      divider(words),
      ...rest.map(([value, label]) => option('checkbox', 'rest', value, label, draft)),
    ),
  ];
}

/**
 * "None of these" and a ticked item rule each other out; so do two ways to speak of the rest.
 * @param {Event} event
 */
function exclude({ target, currentTarget }) {
  if (!(target instanceof HTMLInputElement && target.checked && currentTarget instanceof Element)) return;
  for (const other of currentTarget.querySelectorAll('input')) {
    const rest = other.name === 'rest';
    const clash = target.name === 'rest' ? rest || target.value === 'no' : rest && other.value === 'no';
    if (other !== target && clash) other.checked = false;
  }
}

/** @type {Field["read"]} */
export function read(data) {
  const checked = data.getAll(main).map(String);
  const rest = data.get('rest');
  if (rest === 'asked-unknown' || rest === 'asked-declined' || rest === 'no') return { checked, rest };
  return checked.length > 0 ? { checked, rest: 'no' } : { choice: '' };
}
