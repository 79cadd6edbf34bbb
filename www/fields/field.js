// @ts-check
/** @import { Answer, AskItem, AskText, Fact, Locale, Question } from "../pkg/check.js" */
/** @import { Words } from "../words/en.js" */
/** @import { Piece } from "../dom.js" */

import { checklist, choice } from './choice.js';
import { course, lastTime } from './course.js';
import { doses, drinks } from './list.js';
import { date, number } from './number.js';
import { onset } from './onset.js';

/**
 * What a field is built from.
 * @typedef {object} FieldView
 * @property {Words} words
 * @property {Locale} locale
 * @property {Question} question
 * @property {AskItem} item  the only one, or the first of a checklist
 * @property {AskText | undefined} text
 * @property {FormData} draft  what stands in the form
 * @property {Map<string, string>} errors  messages by field
 * @property {string[]} offsets  the choice that a clock change leaves
 * @property {string} asOf
 * @property {Fact[]} before  what the other answers state, in the order of asking
 * @property {boolean} staff
 * @property {"auto" | "metric" | "us"} units  which units come first
 */

/**
 * A kind of field: it builds its controls, and reads what was typed without judging it.
 * @typedef {object} Field
 * @property {string} main  the field that an error without a place belongs to
 * @property {(view: FieldView) => Piece[]} build
 * @property {(data: FormData, item: AskItem) => Answer | undefined} read  nothing where nothing is ticked
 */

/**
 * @param {Question} question
 * @returns {Field}
 */
export function fieldOf(question) {
  const kind = question.items[0].answer;
  if (question.checklist) return checklist;
  if (kind === 'yes-no' || (typeof kind === 'object' && 'choice' in kind)) return choice;
  if (kind === 'date') return date;
  if (kind === 'last-time') return lastTime;
  if (kind === 'onset') return onset;
  if (kind === 'drinks') return drinks;
  if ('course' in kind) return course;
  return 'doses' in kind ? doses : number;
}

/**
 * What the form says.
 * @param {Question} question
 * @param {FormData} data
 * @returns {Answer | undefined}
 */
export function answerIn(question, data) {
  const absent = data.get('absent');
  if (absent === 'asked-unknown' || absent === 'asked-declined') return { absent };
  return fieldOf(question).read(data, question.items[0]);
}
