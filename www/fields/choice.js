// @ts-check
/** @import { Field } from "./field.js" */

import { make } from '../dom.js';
import { entry as own, inLanguage } from '../words.js';
import { ABSENT, absentWords, divider, message, option } from './controls.js';
import { fieldWords } from './words.js';

/** Parts a reason for no answer from the codes of a document, which have no space before them. */
const NOT = ' ';

/** @type {Field} One of a few: yes or no among them. */
export const choice = {
  main: 'choice',

  build({ words, item, text, draft, errors, staff }) {
    const { yes, no } = words.question;
    const codes = typeof item.answer === 'object' && 'choice' in item.answer ? item.answer.choice : ['yes', 'no'];
    const absent = absentWords(words, staff);
    return [
      message(words, errors, 'choice'),
      make(
        'div',
        { class: 'options', part: 'options', 'data-field': 'choice' },
        ...codes.map((code) => option('radio', 'choice', code, own(text?.options, code) ?? own({ yes, no }, code) ?? code, draft)),
        divider(words),
        ...ABSENT.map((code, at) => option('radio', 'choice', NOT + code, absent[at], draft)),
      ),
    ];
  },

  read(data) {
    const chosen = String(data.get('choice') ?? '');
    const absent = ABSENT.find((code) => chosen === NOT + code);
    return absent ? { absent } : { choice: chosen };
  },
};

/** @type {Field} Any of several, and what holds for the rest. */
export const checklist = {
  main: 'checked',

  build({ words, locale, question, text, draft, errors, staff }) {
    const { hint, none, notSure, notInChart, declined, declinedByStaff } = fieldWords[locale].checklist;
    const rest = [['no', none], ['asked-unknown', staff ? notInChart : notSure], ['asked-declined', staff ? declinedByStaff : declined]];
    return [
      !text?.hint && make('p', { class: 'hint' }, hint),
      message(words, errors, 'checked'),
      make(
        'div',
        { class: 'options', part: 'options', 'data-field': 'checked', onchange: exclude },
        ...question.items.map(({ key, text }) => {
          const words = inLanguage(text, locale);
          return option('checkbox', 'checked', key, words?.short ?? key, draft, words?.hint);
        }),
        divider(words),
        ...rest.map(([value, label]) => option('checkbox', 'rest', value, label, draft)),
      ),
    ];
  },

  read(data) {
    const checked = data.getAll('checked').map(String);
    const rest = data.get('rest');
    if (rest === 'asked-unknown' || rest === 'asked-declined' || rest === 'no') return { checked, rest };
    return checked.length > 0 ? { checked, rest: 'no' } : undefined;
  },
};

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
