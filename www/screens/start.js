// @ts-check
/** @import { Respondent, TrialDocument } from "../pkg/check.js" */
/** @import { WhoScreen } from "../journey.js" */
/** @import { View } from "../view.js" */
/** @import { Words } from "../words/en.js" */

import { actions, button, heading, make, title } from '../dom.js';
import { inLanguage } from '../words.js';
import { message, option } from '../fields/controls.js';
import { following, missing } from '../flow.js';
import { framed, onward, summary, telephones } from '../view.js';
import { findings } from './problem.js';

/**
 * What is shown first, before the study is there too.
 * @param {Words} words
 * @param {number} level
 * @param {TrialDocument} [study]
 */
export function opening(words, level, study) {
  const { start } = words;
  const signs = inLanguage(study?.emergencySigns, words.locale);
  return [
    title(level, start.heading),
    make(
      'section',
      { class: 'emergency', part: 'emergency' },
      heading(level + 1, {}, start.emergencyTitle),
      make('p', {}, make('strong', {}, start.emergency), words.sentence, start.notFirst),
      signs && make('p', {}, signs),
    ),
  ];
}

/**
 * What to know before the first question. That a network is needed no more is said once that is so.
 * @param {View} view
 */
export function before({ words: { start }, settings, ownPage, whole }) {
  const lines = [...start.before, ...start.decides, ownPage ? start.stays : start.sendsNothing, ...(settings.quickExit ? [start.exit] : [])];
  return make(
    'ul',
    {},
    ...lines.map((line) => make('li', {}, line)),
    ownPage && make('li', { class: 'airplane', hidden: !whole }, start.airplane),
  );
}

/** A check that was kept on this device. @param {View} view */
export function keptBefore({ words: { start, sentence }, kept, admit }) {
  return kept && make('p', { class: 'notice', part: 'note' }, start.kept, sentence, button('link', admit, start.openKept));
}

/**
 * On from the start screen.
 * @param {View} view
 */
export async function begin(view) {
  const { journey, askWho } = view;
  const asking = () => (journey.ahead?.name === 'who' ? journey.ahead : /** @type {const} */ ({ name: 'who' }));
  journey.go(askWho ? asking() : await following(view));
}

/** @param {View} view */
export function start(view) {
  const { words, locale, level, session, settings, ownPage, notice } = view;
  const { start } = words;
  const { study } = session;
  const section = (/** @type {string} */ text) => heading(level + 1, {}, text);
  const published = { published: start.limits, partial: start.partial, 'not-published': start.unpublished };
  const [first, ...rest] = opening(words, level, study);
  return [
    first,
    notice && make('p', { class: 'notice', part: 'note' }, notice),
    keptBefore(view),
    make('p', { class: 'lead' }, inLanguage(study.title, locale)),
    ...rest,
    section(start.about),
    study.overview && make('p', {}, inLanguage(study.overview, locale)),
    section(start.who),
    make('dl', { class: 'facts' }, ...facts(study, view).flatMap(([term, value]) => [make('dt', {}, term), make('dd', {}, value)])),
    make('p', {}, published[study.eligibility.status]),
    section(start.beforeTitle),
    before(view),
    settings.exposeAnswers && make('p', { class: 'notice', part: 'note' }, make('strong', {}, start.exposed)),
    make('slot', { name: 'privacy-note' }),
    actions(button('primary', () => view.act(() => begin(view)), start.button)),
    origin(study, words),
    make('slot', { name: 'contact' }),
    ...telephones(view),
    ownPage && another(view),
  ];
}

/**
 * @param {TrialDocument} study
 * @param {View} view
 * @returns {[string, string][]}
 */
function facts({ conditions = [], eligibility, sites = [] }, { words, locale }) {
  const { start } = words;
  const [from, to] = [eligibility.minimumAge, eligibility.maximumAge].map((age) => age && ageWords(words, age));
  const ages = from && to ? start.between(from, to) : from ? start.atLeast(from) : to && start.atMost(to);
  const sex = eligibility.sex === 'FEMALE' || eligibility.sex === 'MALE' ? start.sexes[eligibility.sex] : '';
  const listed = (/** @type {(Record<string, string> | undefined)[]} */ texts) => [...new Set(texts.flatMap((text) => inLanguage(text, locale) ?? []))].join(locale === 'en' ? ', ' : '、');
  /** @type {[string, string | undefined][]} */
  const all = [
    [start.conditions, listed(conditions)],
    [start.ages, ages],
    [start.sex, sex],
    [start.places, listed(sites.map(({ country }) => country))],
  ];
  return all.flatMap(([term, value]) => (value ? [[term, value]] : []));
}

/**
 * An age as registries write it, `18 Years`, in the language's words.
 * @param {Words} words
 * @param {string} age
 */
function ageWords({ ageUnits, locale }, age) {
  const [number, unit] = age.split(' ');
  if (!unit || !Object.hasOwn(ageUnits, unit)) return age;
  return `${number}${locale === 'en' ? ' ' : ''}${ageUnits[unit]}`;
}

/**
 * @param {TrialDocument} study
 * @param {Words} words
 */
function origin({ id, version, source }, { start, sentence }) {
  const date = version?.registryDate;
  const sources = source.map(({ name, readOn }) => (readOn ? `${name} (${readOn})` : name));
  return make(
    'p',
    { class: 'small' },
    [id, date && start.dated(date), sources.length > 0 && `${start.source}${sentence}${sources.join(', ')}`].filter(Boolean).join(' · '),
  );
}

/** @param {View} view */
function another(view) {
  const { words, opened, open } = view;
  const { start } = words;
  const choose = (/** @type {Event} */ { target }) => {
    const file = target instanceof HTMLInputElement && target.files?.[0];
    if (file) open(file);
  };
  return make(
    'details',
    { open: Boolean(opened) },
    make('summary', {}, start.another),
    make('p', { id: 'file-hint' }, start.anotherHint),
    make('label', { for: 'file' }, start.file),
    make('input', { type: 'file', id: 'file', name: 'file', accept: '.json,application/json,.tpseal', 'aria-describedby': 'file-hint', onchange: choose }),
    opened && make('p', {}, make('strong', {}, (opened.accepted ? start.opened : start.refused)(opened.name))),
    opened && findings(words, opened),
  );
}

/**
 * @param {View} view
 * @param {WhoScreen} screen
 */
export function who(view, screen) {
  const { words, level, session, journey } = view;
  const draft = screen.draft ?? new FormData();
  const errors = new Map(screen.errors?.map(({ path = '' }) => [path, words.who.choose]));
  /** @param {Event} event */
  const submit = (event) => {
    event.preventDefault();
    const chosen = new FormData(/** @type {HTMLFormElement} */ (event.currentTarget)).get('respondent');
    screen.errors = chosen ? undefined : [missing('respondent')];
    if (!chosen) return view.refresh();
    if (session.respondent !== chosen) journey.turn();
    session.respondent = /** @type {Respondent} */ (chosen);
    view.act(async () => journey.go(await following(view)));
  };
  return framed(
    view,
    summary(words, level, errors),
    make(
      'form',
      { novalidate: true, autocomplete: 'off', onsubmit: submit },
      make(
        'fieldset',
        { 'aria-describedby': errors.size > 0 && 'error-respondent' },
        make('legend', {}, title(level, words.who.heading)),
        message(words, errors, 'respondent'),
        make(
          'div',
          { class: 'options', part: 'options', 'data-field': 'respondent' },
          option('radio', 'respondent', 'patient', words.who.patient, draft),
          option('radio', 'respondent', 'caregiver', words.who.caregiver, draft),
          option('radio', 'respondent', 'staff', words.who.staff, draft, words.who.staffHint),
        ),
      ),
      onward(words),
    ),
  );
}
