// @ts-check
/** @import { Explanation, Locale, Outcome, Question } from "../pkg/check.js" */
/** @import { OpenTrial } from "../connect.js" */
/** @import { Piece } from "../dom.js" */
/** @import { View } from "../view.js" */
/** @import { SeveralWords } from "./words/en.js" */

import { actions, button, heading, icon, list, make, spoken, title } from '../dom.js';
import { following } from '../flow.js';
import { locked } from '../screens/locked.js';
import { answerRows } from '../screens/review.js';
import { before, begin, keptBefore, opening } from '../screens/start.js';
import { watchButton } from '../screens/watch.js';
import { to } from '../shell.js';
import { framed } from '../view.js';
import { inLanguage } from '../words.js';
import { Several } from './several.js';
import { en } from './words/en.js';
import { zh } from './words/zh-cn.js';

/** @typedef {typeof import("../screens/later.js")} Later */

/** @type {Record<Locale, SeveralWords>} */
const words = { en, 'zh-CN': zh };
const ORDER = /** @type {const} */ (['may-fit', 'cannot-tell', 'not-now']);
/** @type {Record<Outcome, "yes" | "unknown" | "no">} */
const SIGN = { 'may-fit': 'yes', 'cannot-tell': 'unknown', 'not-now': 'no' };

/**
 * The screens of one trial, but for the result of several.
 * @param {Later} later
 * @returns {Later}
 */
export function around(later) {
  return { ...later, laterScreen: (view, screen) => (screen.name === 'result' && view.session.trial instanceof Several ? result(view, view.session.trial) : later.laterScreen(view, screen)) };
}

/** @param {View} view */
export function start(view) {
  const { words: shared, locale, level, session, settings, notice } = view;
  const said = words[locale];
  const { trials } = /** @type {Several} */ (session.trial);
  const [, emergency] = opening(shared, level);
  const signs = list([...new Set(trials.flatMap(({ study }) => inLanguage(study.emergencySigns, locale) ?? []))]);
  if (signs) emergency.append(signs);
  return [
    title(level, said.heading),
    notice && make('p', { class: 'notice', part: 'note' }, notice),
    keptBefore(view),
    make('p', { class: 'lead' }, said.about(trials.length)),
    emergency,
    heading(level + 1, {}, said.studies),
    list(trials.map(({ study }) => inLanguage(study.title, locale) ?? study.id)),
    heading(level + 1, {}, shared.start.beforeTitle),
    before(view),
    settings.exposeAnswers && make('p', { class: 'notice', part: 'note' }, make('strong', {}, shared.start.exposed)),
    make('slot', { name: 'privacy-note' }),
    actions(button('primary', () => view.act(() => begin(view)), shared.start.button)),
    make('slot', { name: 'contact' }),
  ];
}

/**
 * What the answers mean for each trial: those that may fit first.
 * @param {View} view
 * @param {Several} several
 */
async function result(view, several) {
  const { words: shared, locale, level, session, journey } = view;
  const said = words[locale];
  const [all, answers] = await Promise.all([several.explain(session.facts, session.wording(locale)), session.review(locale)]);
  const of = (/** @type {Outcome} */ outcome) => all.filter(({ explanation }) => explanation.outcome === outcome);
  return framed(
    view,
    title(level, said.result),
    make('p', { class: 'lead' }, said.lead),
    make('p', { class: 'notice', part: 'warning' }, all[0]?.explanation.notice),
    of('not-now').length === all.length && make('p', {}, said.none),
    ...ORDER.flatMap((outcome) => {
      const group = of(outcome);
      return group.length === 0 ? [] : [
        heading(level + 1, { class: `group-of ${outcome}` }, icon(SIGN[outcome]), ` ${said.groups[outcome]}${shared.brackets(group.length)}`),
        make('ul', { class: 'plain' }, ...group.map(({ trial, explanation }) => one(view, several, trial, explanation))),
      ];
    }),
    answers.length > 0 && make('details', { class: 'part' }, make('summary', {}, `${shared.result.answers}${shared.brackets(answers.length)}`), make('dl', {}, ...answerRows(view, answers))),
    locked(view),
    actions(button('primary', () => window.print(), shared.result.print), watchButton(view), button('secondary', () => journey.go({ name: 'clear' }), shared.result.over)),
  );
}

/**
 * @param {View} view
 * @param {Several} several
 * @param {OpenTrial} trial
 * @param {Explanation} explanation
 */
function one(view, several, trial, { outcome, lead, find, team }) {
  const { locale, level, ownPage, words: shared } = view;
  const said = words[locale];
  const name = inLanguage(trial.study.title, locale) ?? trial.study.id;
  const texts = (/** @type {{ text: string }[]} */ items) => items.map(({ text }) => text);
  return make(
    'li',
    { 'data-trial': trial.study.id, part: 'trial' },
    heading(level + 2, {}, name),
    ...lead.map((text) => make('p', {}, text)),
    find.length > 0 && [make('p', {}, said.find), list(texts(find)) || ''],
    team.length > 0 && make('details', {}, make('summary', {}, `${said.team}${shared.brackets(team.length)}`), list(texts(team))),
    actions(
      outcome !== 'not-now' && button('secondary', () => view.act(() => goOn(view, several, trial)), said.goOn, spoken(`${shared.sentence}${name}`)),
      ownPage && make('a', { href: to('trial.html', locale, trial.study.id) }, said.read, spoken(`${shared.sentence}${name}`)),
    ),
    outcome !== 'not-now' && make('p', { class: 'hint' }, said.goOnHint),
  );
}

/**
 * On with one trial alone, and with all answers that concern it.
 * @param {View} view
 * @param {Several} several
 * @param {OpenTrial} trial
 */
async function goOn(view, several, trial) {
  const { session } = view;
  const questions = /** @type {{ questions?: Record<string, unknown> }} */ (/** @type {unknown} */ (trial.study)).questions ?? {};
  const concerns = (/** @type {Question} */ { items }) => items.some(({ key }) => Object.hasOwn(questions, key));
  const back = (/** @type {View} */ own) => aloneStart(own, () => view.turnTo(session, { name: 'result' }));
  const alone = session.about(several.alone(trial, back), concerns);
  view.turnTo(alone, await following({ ...view, session: alone }));
}

/**
 * What lies behind the check of one trial out of several.
 * @param {View} view
 * @param {() => void} back
 * @returns {Piece[]}
 */
function aloneStart(view, back) {
  const { words: shared, locale, level, session, notice } = view;
  const said = words[locale];
  return [
    title(level, said.alone),
    notice && make('p', { class: 'notice', part: 'note' }, notice),
    make('p', { class: 'lead' }, inLanguage(session.study.title, locale)),
    actions(
      button('primary', () => view.act(async () => view.journey.go(await following(view))), shared.question.continue),
      button('secondary', back, said.back),
    ),
  ];
}
