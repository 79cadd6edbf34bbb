// @ts-check
/** @import { Criterion } from "../pkg/trial_prescreen.js" */
/** @import { Bench } from "./bench.js" */
/** @import { Stretch } from "./source.js" */
/** @import { Piece } from "../dom.js" */

import { list, make, title } from '../dom.js';
import { card, place } from './card.js';
import { field, press, select } from './controls.js';
import { readingOf } from './document.js';
import { findings } from './findings.js';
import { sourceOf } from './source.js';

/**
 * The text beside its reading, line by line.
 * @param {Bench} bench
 * @returns {Piece[]}
 */
export function reading(bench) {
  const { words, locale, found, draft } = bench;
  const said = words.reading;
  const { criteria } = draft.eligibility;
  const source = sourceOf(bench);
  const counts = { all: criteria.length, read: 0, partly: 0, asked: 0, investigator: 0 };
  for (const criterion of criteria) counts[readingOf(criterion)] += 1;
  const rows = source.stretches.filter((stretch) => shown(bench, stretch));
  const some = rows.slice(0, bench.shown);
  const chosen = (/** @type {string} */ value) => {
    bench.filter = /** @type {Bench["filter"]} */ (value);
    bench.refresh('filter');
  };
  const more = () => {
    bench.shown += 100;
    bench.refresh(`row-${some.length}`);
  };
  return [
    title(1, said.heading),
    make('p', {}, make('strong', {}, said.counts(counts)), source.lines > 0 && ` ${said.lines(source.lines, source.lost)}`),
    found.diagnostics.length > 0 && make('details', {}, make('summary', {}, `${said.found} (${found.diagnostics.length})`), findings(words, locale, found.diagnostics, found.text)),
    study(bench),
    make('div', { class: 'filter' }, select(said.filter, bench.filter, Object.entries(said.filters), chosen, { 'data-key': 'filter' })),
    rows.length === 0 && make('p', {}, said.none),
    make(
      'div',
      { class: 'rows', onmouseover: tie, onmouseout: tie, onfocusin: tie, onfocusout: tie },
      ...some.map((stretch, at) => row(bench, stretch, at)),
    ),
    some.length < rows.length && make('p', { class: 'actions' }, press('secondary', more, said.next)),
  ];
}

/**
 * @param {Bench} bench
 * @param {Stretch} stretch
 */
function shown(bench, { role, criteria }) {
  if (bench.filter === 'all') return true;
  return role === 'lost' ? bench.filter === 'doubt' : criteria.some((one) => fits(bench, one));
}

/**
 * @param {Bench} bench
 * @param {Criterion} criterion
 */
function fits(bench, criterion) {
  const state = readingOf(criterion);
  if (bench.filter === 'asked') return state === 'asked' || state === 'partly';
  if (bench.filter === 'read') return state === 'read';
  if (bench.filter === 'changed') return bench.history?.first.eligibility.criteria.every((one) => one.id !== criterion.id || JSON.stringify(one) !== JSON.stringify(criterion));
  return sourceOf(bench).doubts(criterion).length > 0;
}

/**
 * @param {Bench} bench
 * @param {Stretch} stretch
 * @param {number} at
 */
function row(bench, stretch, at) {
  const { role, criteria } = stretch;
  const ids = criteria.map(({ id }) => id).join(' ');
  return make(
    'div',
    { class: `row ${role}`, 'data-ids': ids, tabindex: -1, 'data-key': `row-${at}` },
    place(bench, stretch),
    criteria.length > 0 && make('div', { class: 'cards' }, ...criteria.map((criterion) => card(bench, criterion))),
  );
}

/** @param {Bench} bench */
function study(bench) {
  const { draft, words } = bench;
  const said = words.reading;
  const changed = { id: draft.id, title: { ...draft.title }, status: draft.eligibility.status };
  const tags = [...new Set([...Object.keys(draft.title), 'en', 'zh-CN'])];
  const submit = (/** @type {Event} */ event) => {
    event.preventDefault();
    const titles = Object.fromEntries(Object.entries(changed.title).filter(([, text]) => text.trim() !== ''));
    const eligibility = { ...draft.eligibility, status: changed.status };
    const errors = bench.step(said.renamed, { ...draft, id: changed.id.trim(), title: titles, eligibility }, 'study');
    if (errors.length > 0) /** @type {HTMLElement} */ (event.currentTarget).querySelector('.problems')?.replaceChildren(findings(words, bench.locale, errors, ''));
  };
  return make(
    'details',
    {},
    make('summary', { 'data-key': 'study' }, `${said.study}: ${draft.id}`),
    make(
      'form',
      { class: 'fields', novalidate: true, onsubmit: submit },
      make('div', { class: 'problems wide', role: 'alert' }),
      field(said.id, changed.id, (value) => { changed.id = value; }),
      ...tags.map((tag) => field(said.title(/** @type {Record<string, string>} */ (said.languages)[tag] ?? tag), changed.title[tag] ?? '', (value) => { changed.title[tag] = value; }, { size: 40 })),
      select(said.status, changed.status, Object.entries(said.statuses), (value) => { changed.status = /** @type {typeof changed.status} */ (value); }),
      make('p', { class: 'actions' }, make('button', { type: 'submit', class: 'secondary' }, said.apply)),
    ),
    list(draft.source.map(({ name, link, readOn }) => [name, link, readOn].filter(Boolean).join(' · '))),
  );
}

/** A criterion and its text are shown together: those under the pointer, and those with the focus. @param {Event} event */
function tie({ target, currentTarget, type }) {
  const pointed = type === 'mouseout' || type === 'focusout' ? null : /** @type {Element} */ (target);
  const rows = /** @type {Element} */ (currentTarget);
  const ids = [pointed, document.activeElement].map((one) => rows.contains(one) && one?.closest('[data-id]')?.getAttribute('data-id'));
  for (const one of rows.querySelectorAll('[data-id]')) one.classList.toggle('tied', ids.includes(one.getAttribute('data-id') ?? ''));
}
