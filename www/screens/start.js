// @ts-check
/** @import { TrialDocument } from "../pkg/trial_prescreen.js" */
/** @import { View } from "../view.js" */
/** @import { Words } from "../words/en.js" */

import { button, heading, list, make, title } from '../dom.js';
import { inLanguage } from '../words.js';
import { following } from '../flow.js';
import { findings } from './findings.js';

/**
 * What can be shown before the study is there.
 * @param {Words} words
 * @param {number} level
 */
export function opening(words, level) {
  const { start } = words;
  return [
    title(level, start.heading),
    make(
      'section',
      { class: 'emergency', part: 'emergency' },
      heading(level + 1, {}, start.emergencyTitle),
      make('p', {}, make('strong', {}, start.emergency)),
      make('p', {}, start.signs),
      make('p', {}, start.notFirst),
    ),
  ];
}

/** @param {View} view */
export function start(view) {
  const { words, locale, level, session, journey, ownPage, askWho, notice } = view;
  const { start } = words;
  const { study } = session;
  const section = (/** @type {string} */ text) => heading(level + 1, {}, text);
  const published = { published: start.limits, partial: start.partial, 'not-published': start.unpublished };
  const begin = () => journey.go(askWho ? { name: 'who' } : following(view));
  const [first, ...rest] = opening(words, level);
  return [
    first,
    notice && make('p', { class: 'notice' }, notice),
    make('p', { class: 'lead' }, inLanguage(study.title, locale)),
    ...rest,
    section(start.about),
    study.overview && make('p', {}, inLanguage(study.overview, locale)),
    section(start.who),
    make('dl', { class: 'facts' }, ...facts(study, view).flatMap(([term, value]) => [make('dt', {}, term), make('dd', {}, value)])),
    make('p', {}, published[study.eligibility.status]),
    section(start.before),
    make('p', {}, start.time),
    make('p', {}, start.hand),
    list(start.things),
    make('p', {}, start.notSure),
    section(start.limit),
    ...start.decides.map((text) => make('p', {}, text)),
    section(start.privacy),
    make('p', {}, ownPage ? start.stays : start.sendsNothing),
    make('p', { class: 'actions' }, button('primary', begin, start.button)),
    origin(study, words),
    make('slot', { name: 'contact' }),
    ownPage && another(view),
  ];
}

/**
 * @param {TrialDocument} study
 * @param {View} view
 * @returns {[string, string][]}
 */
function facts({ conditions = [], eligibility }, { words, locale }) {
  const { start } = words;
  const [from, to] = [eligibility.minimumAge, eligibility.maximumAge].map((age) => age && ageWords(words, age));
  const ages = from && to ? start.between(from, to) : from ? start.atLeast(from) : to && start.atMost(to);
  const sex = eligibility.sex === 'FEMALE' || eligibility.sex === 'MALE' ? start.sexes[eligibility.sex] : '';
  /** @type {[string, string | undefined][]} */
  const all = [
    [start.conditions, conditions.map((condition) => inLanguage(condition, locale)).join(locale === 'en' ? ', ' : '、')],
    [start.ages, ages],
    [start.sex, sex],
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
function origin(study, { start }) {
  const date = study.version?.registryDate;
  const sources = study.source.map(({ name, readOn }) => (readOn ? `${name} (${readOn})` : name));
  return make('p', { class: 'small' }, [study.id, date && start.dated(date), start.source, sources.join(', ')].filter(Boolean).join(' · ').replace(`${start.source} · `, `${start.source} `));
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
    make('input', { type: 'file', id: 'file', name: 'file', accept: '.json,application/json', 'aria-describedby': 'file-hint', onchange: choose }),
    opened && make('p', {}, make('strong', {}, (opened.accepted ? start.opened : start.refused)(opened.name))),
    opened && findings(words, opened),
  );
}
