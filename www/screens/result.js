// @ts-check
/** @import { CriterionExplanation, Outcome, ToFind, TrialDocument, Verdict } from "../pkg/trial_prescreen.js" */
/** @import { View } from "../view.js" */

import { actions, button, heading, icon, list, make, spoken, title } from '../dom.js';
import { change } from '../flow.js';
import { framed } from '../view.js';
import { inLanguage } from '../words.js';
import { answerList } from './review.js';

/** @type {Record<Outcome | Verdict, "yes" | "unknown" | "no">} */
const SIGN = { 'may-fit': 'yes', 'cannot-tell': 'unknown', 'not-now': 'no', pass: 'yes', pending: 'unknown', fail: 'no' };

/** @param {View} view */
export function result(view) {
  const { words, locale, level, session, journey } = view;
  const found = session.explain(locale);
  const answers = session.review(locale);
  const section = (/** @type {string} */ text) => heading(level + 1, {}, text);
  /** @param {Verdict} verdict @param {string} label */
  const group = (verdict, label) => {
    const criteria = found.criteria.filter((criterion) => criterion.verdict === verdict);
    return criteria.length > 0 && [heading(level + 2, {}, `${label} (${criteria.length})`), ...criteria.map((criterion) => reasons(view, criterion))];
  };
  return framed(
    view,
    make('div', { class: `outcome ${found.outcome}`, part: 'result' }, icon(SIGN[found.outcome]), title(level, found.heading)),
    ...found.lead.map((text) => make('p', { class: 'lead' }, text)),
    make('p', { class: 'notice', part: 'warning' }, found.notice),
    found.next.length > 0 && [section(words.result.next), list(found.next)],
    contacts(view, session.study),
    found.find.length > 0 && [section(words.result.find), finds(view, found.find)],
    found.team.length > 0 && [section(words.result.team), finds(view, found.team)],
    found.dates.length > 0 && [section(words.result.dates), list(found.dates)],
    section(words.result.reasons),
    ...[group('fail', words.result.against), group('pending', words.result.open), group('pass', words.result.fine)].flatMap((part) => part || []),
    answers.length > 0 && [section(words.result.answers), answerList(view, answers)],
    make('p', { class: 'small' }, found.basis),
    actions(
      button('primary', () => window.print(), words.result.print),
      button('secondary', () => journey.go({ name: 'clear' }), words.result.over),
    ),
  );
}

/**
 * @param {View} view
 * @param {ToFind[]} items
 */
function finds(view, items) {
  const { words, session } = view;
  return make(
    'ul',
    { class: 'finds' },
    ...items.map(({ text, place, question }) =>
      make(
        'li',
        {},
        text,
        place && make('span', { class: 'hint' }, `${words.result.where}${words.sentence}${place}`),
        question && session.questionOf(question) && button('link', () => change(view, question), words.result.answer, spoken(`: ${text}`)),
      ),
    ),
  );
}

/**
 * @param {View} view
 * @param {CriterionExplanation} criterion
 */
function reasons({ words }, { verdict, word, short, text, item, reasons, answers, needed, dates }) {
  return make(
    'details',
    { class: `criterion ${verdict}`, part: 'criterion' },
    make('summary', {}, icon(SIGN[verdict]), make('span', {}, make('strong', {}, word), ' ', short)),
    make('p', {}, text),
    list(reasons),
    answers.length > 0 && [
      make('p', {}, words.result.basedOn),
      make('ul', {}, ...answers.map(({ label, value }) => make('li', {}, `${label}${words.locale === 'en' ? ': ' : '：'}${value}`))),
    ],
    needed.length > 0 && [make('p', {}, words.result.needed), list(needed) || ''],
    list(dates),
    make('p', { class: 'small' }, words.result.item(item)),
  );
}

/**
 * @param {View} view
 * @param {TrialDocument} study
 */
function contacts({ words, level, locale }, { contacts = [] }) {
  if (contacts.length === 0) return null;
  return [
    heading(level + 1, {}, words.result.contact),
    ...contacts.map(({ name, phone, email }) =>
      make(
        'p',
        {},
        inLanguage(name, locale),
        phone && [' ', make('a', { href: `tel:${phone.replace(/[^+\d]/g, '')}` }, phone)],
        email && [' ', make('a', { href: `mailto:${encodeURIComponent(email)}` }, email)],
      ),
    ),
  ];
}
