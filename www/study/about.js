// @ts-check
/** @import { Locale } from "../pkg/check.js" */
/** @import { Letter } from "./letter.js" */
/** @import { Study } from "./shape.js" */
/** @import { StudyWords } from "./words/en.js" */

import { dateWords } from '../day.js';
import { make } from '../dom.js';
import { plain, terms, together } from '../terms/terms.js';
import { inLanguage } from '../words.js';
import { outward, part, table } from './parts.js';

/** @typedef {{ study: Study, words: StudyWords, locale: Locale, letter: Letter }} Shown */

/** What the study is, how it is built, what is given, and what regulators decided. @param {Shown} shown */
export function about({ study, words, locale }) {
  const local = (/** @type {Record<string, string> | undefined} */ text) => inLanguage(text, locale);
  const said = terms[locale];
  const { design, approvals = [], interventions = [], version } = study;
  return [
    part('overview', words.overview, study.overview && make('p', { class: 'lead' }, local(study.overview))),
    part('description', words.description, study.description && make('p', {}, local(study.description))),
    part('details', words.details, table([
      [words.official, local(study.officialTitle)],
      [words.condition, together(locale, (study.conditions ?? []).map((condition) => local(condition) ?? ''))],
      [words.status, study.status ? plain(said.statuses, study.status) : said.notStated],
      [words.phase, together(locale, (study.phases ?? []).map((phase) => plain(said.phases, phase))) || said.notStated],
      [words.type, study.studyType && plain(said.types, study.studyType)],
      [words.allocation, design?.allocation && plain(said.allocations, design.allocation)],
      [words.masking, design?.masking && plain(said.maskings, design.masking)],
      [words.people, study.enrollment !== undefined && String(study.enrollment)],
      [words.start, dateWords(locale, study.startDate)],
      [words.end, dateWords(locale, study.completionDate)],
      [words.sponsor, local(study.sponsor)],
      [words.number, together(locale, (study.identifiers ?? []).map(({ registry, value }) => `${value}${locale === 'en' ? ` (${registry})` : `（${registry}）`}`))],
      [words.version, words.versionText(version?.document ?? 0, dateWords(locale, version?.registryDate))],
    ])),
    part('arms', words.arms, design?.arms && make('ul', {}, ...design.arms.map(({ type, label, description }) =>
      make('li', {}, make('strong', {}, local(label)), locale === 'en' ? ': ' : '：', plain(said.arms, type), locale === 'en' ? '. ' : '。', local(description))))),
    part('interventions', words.interventions, ...interventions.map(({ type, name, dosageForm, strength }) => [
      make('h3', {}, local(name)),
      table([[words.kind, plain(said.interventions, type)], [words.form, local(dosageForm)], [words.strength, strength]]),
    ]).flat()),
    part('approvals', words.approvals, ...approvals.map((approval) => table([
      [words.regulator, local(approval.regulator)],
      [words.indication, local(approval.indication)],
      [words.application, approval.applicationType],
      [words.accepted, together(locale, [approval.acceptanceNumber ?? '', dateWords(locale, approval.acceptedOn)].filter(Boolean))],
      [words.notice, approval.noticeNumber],
      [words.decided, dateWords(locale, approval.decidedOn)],
      [words.conclusion, local(approval.conclusion)],
    ]))),
  ];
}

/** Whom one can ask, what people ask, and where all of it comes from. @param {Shown} shown */
export function around({ study, words, locale, letter }) {
  const local = (/** @type {Record<string, string> | undefined} */ text) => inLanguage(text, locale);
  const { contacts = [], faqs = [], source = [] } = study;
  return [
    part('contact', words.contact,
      ...contacts.map(({ name, phone, email }) => make('p', {}, local(name),
        phone && [' ', make('a', { href: `tel:${phone.replace(/[^+\d]/g, '')}` }, phone)],
        email && [' ', make('a', { href: `mailto:${encodeURIComponent(email)}` }, email)])),
      !contacts.some(({ phone, email }) => phone || email) && make('p', {}, words.noContact),
      letter.shown(words, locale)),
    part('faqs', words.faqs, ...faqs.flatMap(({ question, answer }) => [make('h3', {}, local(question)), make('p', {}, local(answer))])),
    part('sources', words.sources, make('ul', {}, ...source.map(({ name, link, readOn, taken }) => make('li', {},
      make('strong', {}, name), readOn && `, ${words.read(dateWords(locale, readOn))}`,
      taken && make('p', { lang: 'en' }, taken), link && make('p', {}, outward(link, words.host)))))),
  ];
}
