// @ts-check
/** @import { CriterionExplanation, Outcome, ToFind, TrialDocument, Verdict } from "../pkg/check.js" */
/** @import { Piece } from "../dom.js" */
/** @import { View } from "../view.js" */

import { attempt, dates, otherwise, receipt } from '../after/extras.js';
import { actions, button, heading, icon, list, make, spoken, title } from '../dom.js';
import { change } from '../flow.js';
import { framed, reached } from '../view.js';
import { openPart } from './part.js';
import { locked } from './locked.js';
import { inLanguage } from '../words.js';
import { answerRows } from './review.js';
import { watchButton } from './watch.js';

/** @type {Record<Outcome | Verdict, "yes" | "unknown" | "no">} */
const SIGN = { 'may-fit': 'yes', 'cannot-tell': 'unknown', 'not-now': 'no', pass: 'yes', pending: 'unknown', fail: 'no' };

/** @typedef {(label: string, items: Piece[], tag?: "div" | "ul" | "dl") => Piece[] | false} Part */

/** @param {View} view */
export async function result(view) {
  const { words, locale, level, session, journey } = view;
  const [found, answers] = await Promise.all([session.explain(locale), session.review(locale)]);
  const said = words.result;
  /** @type {Part} */
  const open = (label, items, tag = 'ul') => items.length > 0 && [heading(level + 1, {}, label), make(tag, { class: tag === 'div' && 'criteria', part: tag === 'dl' && 'summary-list' }, ...items)];
  /** @type {Part} */
  const folded = (label, items, tag = 'ul') =>
    items.length > 0 && [make('details', { class: 'part' }, make('summary', {}, `${label}${words.brackets(items.length)}`), make(tag, { part: tag === 'dl' && 'summary-list' }, ...items))];
  const depending = found.outcome === 'not-now' ? folded : open;
  /** @param {Verdict} verdict */
  const criteria = (verdict) => found.criteria.filter((criterion) => criterion.verdict === verdict).map((criterion) => reasons(view, criterion));
  const lines = (/** @type {string[]} */ texts) => texts.map((text) => make('li', {}, text));
  const [when, distance, digests] = await Promise.all([dates(view, found), otherwise(view, found), receipt(view)]);
  return framed(
    view,
    make('p', { class: 'caption', part: 'caption' }, inLanguage(session.study.title, locale)),
    make('div', { class: `outcome ${found.outcome}`, part: 'result' }, icon(SIGN[found.outcome]), title(level, found.heading)),
    ...found.lead.map((text) => make('p', { class: 'lead' }, text)),
    make('p', { class: 'notice', part: 'warning' }, found.notice),
    open(said.against, criteria('fail'), 'div'),
    distance,
    open(said.next, lines(found.next)),
    contacts(view, session.study),
    depending(said.find, finds(view, found.find)),
    when,
    depending(said.open, criteria('pending'), 'div'),
    folded(said.team, finds(view, found.team)),
    folded(said.fine, criteria('pass'), 'div'),
    folded(said.answers, answerRows(view, answers), 'dl'),
    digests,
    answers.length > 0 && attempt(view),
    make('p', { class: 'small' }, found.basis),
    make('div', { 'data-note-list': '' }),
    make('slot', { name: 'after-result' }),
    locked(view),
    actions(button('primary', () => window.print(), said.print), watchButton(view), button('secondary', () => journey.go({ name: 'clear' }), said.over)),
  );
}

/**
 * @param {View} view
 * @param {ToFind[]} items
 */
function finds(view, items) {
  const { words, session } = view;
  return items.map(({ text, place, question }) =>
    make(
      'li',
      { class: 'find' },
      text,
      place && make('span', { class: 'hint' }, `${words.result.where}${words.sentence}${place}`),
      question && session.questionOf(question) && button('link', () => change(view, question), words.result.answer, spoken(`${words.sentence}${text}`)),
    ),
  );
}

/**
 * @param {View} view
 * @param {CriterionExplanation} criterion
 */
function reasons(view, { id, verdict, word, short, text, item, reasons, answers, needed, dates }) {
  const { words } = view;
  return make(
    'details',
    { class: `criterion ${verdict}`, part: 'criterion', open: verdict === 'fail', 'data-block': `criterion:${id}` },
    make('summary', {}, icon(SIGN[verdict]), make('span', {}, make('strong', { part: 'state' }, word), ' ', short)),
    make('p', {}, text),
    list(reasons, { class: 'reasons' }),
    answers.length > 0 && [make('p', {}, words.result.basedOn), make('dl', {}, ...answerRows(view, answers))],
    needed.length > 0 && [make('p', {}, words.result.needed), list(needed) || ''],
    list(dates, { class: 'dates' }),
    make('p', { class: 'small' }, words.result.item(item)),
  );
}

/**
 * @param {View} view
 * @param {TrialDocument} study
 */
function contacts(view, study) {
  const { words, level, settings, session, tell } = view;
  const write = async () => {
    const [{ contact }, { toldBy }] = await Promise.all([import('../contact/contact.js'), import('../contact/told.js')]);
    return contact(study, { endpoint: settings.contactEndpoint, tell: toldBy(session) });
  };
  return [
    heading(level + 1, {}, words.result.contact),
    ...reached(view, study.contacts),
    actions(button('secondary', () => tell('prescreen-contact') && openPart(view, write), words.result.write)),
  ];
}
