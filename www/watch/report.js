// @ts-check
/** @import { Locale, TrialDocument } from "../pkg/check.js" */
/** @import { OpenTrial } from "../connect.js" */
/** @import { Kept } from "../kept.js" */
/** @import { Place } from "../view.js" */
/** @import { Change } from "./conditions.js" */
/** @import { Published } from "./documents.js" */
/** @import { Watched } from "./list.js" */
/** @import { Watching } from "./watching.js" */

import { now } from '../clock.js';
import { dateWords } from '../day.js';
import { actions, button, heading, make, spoken, title } from '../dom.js';
import { kept as keptCheck } from '../kept.js';
import { to } from '../shell.js';
import { plain, terms } from '../terms/terms.js';
import { summary } from '../view.js';
import { inLanguage, words as shared } from '../words.js';
import { changes } from './conditions.js';
import { compared } from './documents.js';
import { meaning } from './meaning.js';
import { words } from './words.js';

/** A study before and now; without a before it is new. */
/** @typedef {{ id: string, before?: OpenTrial, now?: OpenTrial }} Pair */

/**
 * What is new since the list was looked at.
 * @param {Place} place
 * @param {Watching} watching
 * @param {Watched} list
 * @param {Published[]} current
 */
export async function report(place, watching, list, current) {
  const { locale, level, refresh } = place;
  const said = words[locale].report;
  const { fresh, changed, gone } = compared(list.documents, current);
  const { person } = watching;
  const kept = person ? undefined : await keptCheck(now());
  const pairs = await opened(watching, list.documents, person ? current : [...fresh, ...changed.map((document) => document.now)]);
  const of = (/** @type {Published[]} */ documents) => documents.map(({ id }) => pairs.find((pair) => pair.id === id) ?? { id });
  const section = (/** @type {string} */ label, /** @type {HTMLElement[]} */ items) => (items.length > 0 ? [heading(level + 1, {}, label), make('ul', { class: 'plain' }, ...items)] : []);
  const read = async () => {
    await watching.read(current);
    refresh();
  };
  const none = fresh.length + changed.length + gone.length === 0;
  const pieces = [
    kept && summary(place.words, level, watching.errors),
    title(level, said.heading),
    make('p', { class: 'lead' }, said.since(dateWords(locale, list.since.slice(0, 10)))),
    watching.begun && make('p', { class: 'notice', part: 'note' }, said.kept),
    none && make('p', {}, said.nothing),
    ...section(said.fresh, of(fresh).map((pair) => item(pair, locale, []))),
    ...section(said.changed, of(changed.map((document) => document.now)).map((pair) => item(pair, locale, differences(pair, locale)))),
    ...section(said.gone, gone.map(({ id, title }) => make('li', { 'data-trial': id }, make('strong', {}, inLanguage(title, locale) ?? id)))),
    ...(person ? await meaning(place, pairs, list.since, person) : kept ? [heading(level + 1, {}, said.you), ...(await unlocking(place, watching, kept, list.documents))] : none ? [] : [heading(level + 1, {}, said.you), make('p', {}, said.without)]),
    !none && make('p', { class: 'hint' }, said.readHint),
    actions(!none && button('primary', () => void read(), said.read), stop(place, watching)),
  ];
  for (const { before, now } of pairs) for (const trial of new Set([before, now])) trial?.free();
  return pieces;
}

/**
 * The way to the answers that are kept here, loaded where there are any.
 * @param {Place} place
 * @param {Watching} watching
 * @param {Kept} kept
 * @param {Published[]} documents
 */
async function unlocking(place, watching, kept, documents) {
  const { unlock } = await import('./unlock.js');
  return unlock(place, watching, kept, documents);
}

/**
 * The studies could not be compared; the list can be deleted all the same.
 * @param {Place} place
 * @param {Watching} watching
 */
export function unloaded(place, watching) {
  const said = words[place.locale].report;
  return [title(place.level, said.heading), make('p', { class: 'lead' }, said.failed), actions(stop(place, watching))];
}

/** @param {Place} place @param {Watching} watching */
function stop({ locale, journey }, watching) {
  const end = async () => {
    await watching.stop();
    journey.replace(watching.stopped);
  };
  return button('secondary', () => void end(), words[locale].report.stop);
}

/**
 * These studies as an engine reads them, each as it was and as it is. What cannot be read is left out.
 * @param {Watching} watching
 * @param {Published[]} before
 * @param {Published[]} now
 * @returns {Promise<Pair[]>}
 */
async function opened({ engine }, before, now) {
  if (now.length === 0) return [];
  const connection = await engine();
  const open = (/** @type {string} */ text) => connection.open(new TextEncoder().encode(text)).then(({ trial }) => trial, () => undefined);
  const old = new Map(before.map((document) => [document.id, document]));
  return Promise.all(now.map(async ({ id, digest, text }) => {
    const earlier = old.get(id);
    const trial = await open(text);
    return { id, now: trial, before: earlier && (earlier.digest === digest ? trial : await open(earlier.text)) };
  }));
}

/**
 * A study with the way to its page.
 * @param {Pair} pair
 * @param {Locale} locale
 * @param {HTMLElement[]} news
 */
function item({ id, now }, locale, news) {
  const said = words[locale].report;
  const name = (now && inLanguage(now.study.title, locale)) ?? id;
  return make('li', { 'data-trial': id },
    make('strong', {}, name),
    !now && make('p', {}, said.unreadable),
    news.length > 0 && make('ul', {}, ...news),
    make('p', {}, make('a', { href: to('trial.html', locale, id) }, said.open, spoken(shared[locale].sentence + name))));
}

/**
 * What is otherwise in a study than it was.
 * @param {Pair} pair
 * @param {Locale} locale
 */
function differences({ before, now }, locale) {
  if (!before || !now) return [];
  const said = words[locale].report;
  const altered = changes(before.study, now.study).map((change) => condition(change, locale));
  const [was, is] = [before, now].map(({ study }) => statusOf(study, locale));
  const status = was === is ? [] : [make('li', {}, said.status(was, is))];
  return [...status, ...(altered.length > 0 ? altered : [make('li', {}, said.noConditions)])];
}

/** @param {TrialDocument} study @param {Locale} locale */
function statusOf({ status }, locale) {
  const { statuses, notStated } = terms[locale];
  return status ? plain(statuses, status) : notStated;
}

/** @param {Change} change @param {Locale} locale */
function condition({ before, now }, locale) {
  const said = words[locale].report;
  const [was, is] = [before, now].map((criterion) => criterion && (inLanguage(criterion.text, locale)?.patient ?? criterion.id));
  const label = before ? (now ? said.changedCondition : said.goneCondition) : said.newCondition;
  return make('li', { 'data-criterion': (now ?? before)?.id },
    make('strong', {}, label), ' ', is ?? was,
    before && now && make('p', { class: 'hint' }, was === is ? said.same : said.was(was ?? '')));
}
