// @ts-check
/** @import { Shown } from "./about.js" */
/** @import { Study } from "./shape.js" */

import { make } from '../dom.js';
import { agesWords, plain, terms } from '../terms/terms.js';
import { inLanguage } from '../words.js';
import { part, table } from './parts.js';

/** Whom the study is for: each condition in plain words, the exact one, and where it stands in its source. @param {Shown} shown */
export function eligibility(shown) {
  const { study, words, locale } = shown;
  const { status, minimumAge, maximumAge, sex, healthyVolunteers, criteria } = /** @type {Study["eligibility"] & { healthyVolunteers?: boolean }} */ (study.eligibility);
  const said = terms[locale];
  const listed = (/** @type {"inclusion" | "exclusion"} */ category) => criteria.filter((criterion) => criterion.category === category);
  return part('eligibility', words.eligibility,
    make('p', { class: 'notice' }, said.criteria[status]),
    table([
      [words.ages, agesWords(locale, minimumAge, maximumAge) || said.notStated],
      [words.sex, sex ? plain(said.sexes, sex) : said.notStated],
      [words.healthy, healthyVolunteers === undefined ? undefined : healthyVolunteers ? words.healthyYes : words.healthyNo],
    ]),
    ...(status === 'not-published'
      ? [make('h3', {}, words.instead), make('p', {}, words.insteadHint), list(shown, criteria)]
      : [make('h3', {}, words.inclusion), list(shown, listed('inclusion')), make('h3', {}, words.exclusion), list(shown, listed('exclusion'))]),
  );
}

/**
 * @param {Shown} shown
 * @param {Study["eligibility"]["criteria"]} criteria
 */
function list({ study, words, locale }, criteria) {
  if (criteria.length === 0) return make('p', {}, words.noCriteria);
  return make('ol', { class: 'criteria' }, ...criteria.map(({ id, text, source }) => {
    const said = inLanguage(text, locale);
    const quoted = quote(study, source);
    return make('li', { 'data-criterion': id, 'data-block': `criterion:${id}` },
      make('p', {}, make('span', { class: 'number' }, id), ' ', make('strong', {}, said?.short)),
      make('p', {}, said?.patient),
      make('details', {}, make('summary', {}, words.exact),
        make('p', {}, said?.full),
        quoted && make('p', {}, words.quoted, ' ', make('q', {}, quoted)),
        make('p', { class: 'small' }, words.item(source.item, source.document))));
  }));
}

/**
 * The source's own words, where the document holds them.
 * @param {Study} study
 * @param {{ document: string, span?: { start: number, end: number } }} source
 */
function quote({ source: sources }, { document, span }) {
  const text = sources.find(({ name }) => name === document)?.text;
  return text && span ? text.slice(span.start, span.end) : '';
}
