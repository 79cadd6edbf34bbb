// @ts-check
/** @import { Session } from "../session.js" */
/** @import { Tell } from "./contact.js" */

import { words } from './words.js';

/**
 * What a check can add to a message, in the words in which its screens say it.
 * @param {Session} session
 * @returns {Tell}
 */
export function toldBy(session) {
  return async (locale) => {
    const { line, whom } = words[locale].message;
    const [found, answers] = await Promise.all([session.explain(locale), session.review(locale)]);
    return {
      result: [found.heading, ...found.lead, found.notice, found.basis],
      answers: [whom[session.respondent], ...answers.map(({ label, value }) => line(label, value))],
    };
  };
}
