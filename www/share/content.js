// @ts-check
/** @import { Outcome, Question } from "../pkg/check.js" */
/** @import { Content, SealedAnswer } from "../pkg/seal.js" */
/** @import { Session } from "../session.js" */

import { answerIn } from '../fields/field.js';
import { ELSEWHERE, offsetsIn } from '../fields/onset.js';

/** @typedef {{ answers: boolean, outcome?: Outcome, notes: boolean, ends?: string, locale: "en" | "zh-CN" }} Wanted */

/**
 * What is to be sealed of a check.
 * @param {Session} session
 * @param {Wanted} wanted
 * @returns {Promise<Content>}
 */
export async function contentOf(session, { answers, outcome, notes, ends, locale }) {
  const { asOf, study, respondent, goOn } = session;
  const { receipt } = await session.receipt();
  return {
    trial: study.id,
    document: receipt?.trial.slice(0, 16) ?? '0'.repeat(16),
    made: asOf,
    ...(ends && { ends }),
    locale,
    respondent,
    ...(outcome && { outcome }),
    goOn,
    answers: answers ? session.answered.map(([question, draft, moment]) => answerOf(question, draft, moment, asOf)) : [],
    notes: notes ? session.notes.map(({ block, exact, start, text }) => ({ block, exact: exact.replace(/\p{Cc}/gu, ' '), start, text })) : [],
  };
}

/**
 * @param {Question} question
 * @param {FormData} draft
 * @param {string} moment at which it was given
 * @param {string} made
 * @returns {SealedAnswer}
 */
function answerOf(question, draft, moment, made) {
  // what was pasted with a tab in it reads the same with a space
  const entries = [...draft].map(([name, value]) => /** @type {[string, string]} */ ([name, String(value).replace(/\p{Cc}/gu, ' ')]));
  const fields = entries.filter(([, value]) => value !== '');
  // the clock of whoever opens it may be another one
  if (question.items[0].answer === 'onset' && !draft.get('offset') && !draft.get('absent')) fields.push(['offset', offsetsIn(draft)[0]]);
  const day = moment.slice(0, 10);
  return { question: question.id, ...(day !== made.slice(0, 10) && { day }), fields };
}

/**
 * Takes the answers into a session, as they were given and judged from when they were given, and tells how many could
 * not be: their questions are no longer there, or take other answers.
 * @param {Session} session
 * @param {Content} content
 */
export async function restore(session, { respondent, goOn, made, answers, notes }) {
  session.clear();
  session.respondent = respondent;
  session.goOn = goOn;
  session.notes = notes.map((note) => ({ ...note, prefix: '', suffix: '' }));
  let lost = 0;
  for (const { question: id, day, fields } of answers) {
    const asOf = day ? day + made.slice(10) : made;
    const question = await session.question(id);
    const draft = new FormData();
    for (const [name, value] of fields) draft.append(name, value);
    if (question?.items[0].answer === 'onset') markPlace(draft);
    const answer = question && answerIn(question, draft);
    const read = answer ? await session.read(id, answer, asOf) : undefined;
    if (!question || !read || read.facts.length === 0) lost += 1;
    else session.keep(question, read.facts, draft, asOf);
  }
  return lost;
}

/**
 * An answer given by the clock of another place says so.
 * @param {FormData} draft
 */
function markPlace(draft) {
  draft.delete(ELSEWHERE);
  const offset = String(draft.get('offset') ?? '');
  if (/^[+-]\d\d:\d\d$/.test(offset) && !offsetsIn(draft).includes(offset)) draft.set(ELSEWHERE, offset);
}
