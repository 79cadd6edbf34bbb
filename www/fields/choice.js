// @ts-check
/** @import { Field } from "./field.js" */

import { make } from '../dom.js';
import { entry as own } from '../words.js';
import { ABSENT, absentWords, divider, message, option } from './controls.js';

export const main = 'choice';

/** Parts a reason for no answer from the codes of a document, which have no spaces at their beginning. */
const NOT = ' ';

/** @type {Field["build"]} */
export function build({ words, item, text, draft, errors, staff }) {
  const { yes, no } = words.question;
  const codes = typeof item.answer === 'object' && 'choice' in item.answer ? item.answer.choice : ['yes', 'no'];
  const label = (/** @type {string} */ code) => own(text?.options, code) ?? own({ yes, no }, code) ?? code;
  const absent = absentWords(words, staff);
  return [
    message(words, errors, main),
    make(
      'div',
      { class: 'options', 'data-field': main },
      ...codes.map((code) => option('radio', main, code, label(code), draft)),
      divider(words),
      ...ABSENT.map((code, at) => option('radio', main, NOT + code, absent[at], draft)),
    ),
  ];
}

/** @type {Field["read"]} */
export function read(data) {
  const chosen = String(data.get(main) ?? '');
  const absent = ABSENT.find((code) => chosen === NOT + code);
  return absent ? { absent } : { choice: chosen };
}
