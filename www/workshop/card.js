// @ts-check
/** @import { Criterion, Diagnostic } from "../pkg/trial_prescreen.js" */
/** @import { Bench } from "./bench.js" */
/** @import { Stretch } from "./source.js" */

import { heading, icon, make } from '../dom.js';
import { press } from './controls.js';
import { OTHER, criterionOf, instead, languageOf, leavesOf, readAs, readingOf, unread, wordsOf } from './document.js';
import { editing, begin } from './edit.js';
import { findings } from './findings.js';
import { inWords } from './say.js';
import { sourceOf } from './source.js';

const SIGNS = /** @type {const} */ ({ read: 'yes', partly: 'unknown', asked: 'unknown', investigator: 'no' });

/**
 * A stretch of the text, tied to what was read there.
 * @param {Bench} bench
 * @param {Stretch} stretch
 */
export function place(bench, { role, start, end, criteria }) {
  const { words } = bench;
  const { text } = sourceOf(bench);
  const said = words.reading;
  const own = start < end ? text.slice(start, end) : criteria.map(wordsOf).join('\n');
  const label = role === 'field' ? (text ? said.field : said.roles.criterion) : said.roles[role];
  const go = (/** @type {string} */ id) => bench.refresh(`card-${id}`);
  const ties = criteria.map(({ id }) => press('tie', () => go(id), id, { 'aria-label': said.toReading(id), 'data-id': id, 'data-key': `text-${id}` }));
  const marks = criteria.flatMap((criterion) => sourceOf(bench).doubts(criterion));
  return make(
    'div',
    { class: 'place', 'data-id': criteria.length === 1 && criteria[0].id },
    make('p', { class: 'role' }, label, ' ', ...ties),
    make('p', { class: 'words', dir: 'auto' }, ...marked(own, start, marks)),
  );
}

/**
 * A text in which the doubtful places are marked.
 * @param {string} text
 * @param {number} start
 * @param {Diagnostic[]} doubts
 */
function marked(text, start, doubts) {
  const pieces = [];
  let at = 0;
  for (const { span } of doubts.toSorted((a, b) => (a.span?.start ?? 0) - (b.span?.start ?? 0))) {
    const [from, to] = [(span?.start ?? 0) - start, (span?.end ?? 0) - start];
    if (from < at || to > text.length || (from === 0 && to === text.length)) continue;
    pieces.push(text.slice(at, from), make('mark', {}, text.slice(from, to)));
    at = to;
  }
  return [...pieces, text.slice(at)];
}

/**
 * What was read of a criterion, and what can be done about it.
 * @param {Bench} bench
 * @param {Criterion} criterion
 */
export function card(bench, criterion) {
  const { words, locale } = bench;
  const said = words.reading;
  const { id, category, expression, answerableBy = [] } = criterion;
  const source = sourceOf(bench);
  const state = readingOf(criterion);
  const doubts = source.doubts(criterion);
  const settled = doubts.length > 0 && source.settled(criterion);
  const verbatim = leavesOf(expression).flatMap((leaf) => ('unread' in leaf ? [/** @type {any} */ (leaf.unread).text] : []));
  const before = bench.history?.first && criterionOf(bench.history.first, id);
  const changed = !before || JSON.stringify(before) !== JSON.stringify(criterion);
  const edit = bench.edits.get(id);
  const found = checksOf(bench, id);
  return make(
    'article',
    { class: `card ${state}`, 'data-id': id, 'aria-labelledby': `h-${id}` },
    heading(2, { id: `h-${id}`, tabindex: -1, 'data-key': `card-${id}` }, `${id} · ${words.lists[category]}`),
    make('p', { class: 'state' }, icon(SIGNS[state]), ' ', said.states[state], changed && ` · ${said.changed}`),
    state !== 'asked' && make('p', { class: 'words' }, make('strong', {}, said.means[category]), inWords(bench, expression, category)),
    ...verbatim.map((text) => make('p', { class: 'verbatim' }, make('strong', {}, said.verbatim), make('q', { dir: 'auto' }, text))),
    answerableBy.length > 0 && make('p', { class: 'small' }, said.who, answerableBy.map((one) => words.edit.respondents[one]).join(words.compare.comma)),
    doubts.length > 0 && !settled && findings(words, locale, doubts, source.text),
    ...(settled || doubts.length === 0 ? [] : suggestions(bench, criterion)),
    settled && make('details', {}, make('summary', {}, said.settled), findings(words, locale, doubts, source.text)),
    found.length > 0 && make('details', {}, make('summary', {}, `${said.checks} (${found.length})`), findings(words, locale, found, '')),
    edit ? editing(bench, criterion, edit) : acts(bench, criterion, state),
  );
}

/**
 * What its text may have said. Nothing of it counts until a person accepts it.
 * @param {Bench} bench
 * @param {Criterion} criterion
 */
function suggestions(bench, criterion) {
  const { words, engine, draft } = bench;
  const { card } = words;
  const { id, category } = criterion;
  const accept = (/** @type {import("../pkg/trial_prescreen.js").Expression} */ expression) =>
    report(bench, criterion, bench.step(card.did.accepted(id), instead(draft, id, { ...criterion, expression }), `card-${id}`));
  return engine.suggest(wordsOf(criterion), { language: languageOf(draft), category }).map(({ words, expression }) =>
    make('p', {}, card.suggestion, make('q', { dir: 'auto' }, words), ' ', press('secondary', () => accept(expression), card.accept, { 'aria-label': `${card.accept}: ${words}` })));
}

/**
 * @param {Bench} bench
 * @param {Criterion} criterion
 * @param {ReturnType<typeof readingOf>} state
 */
function acts(bench, criterion, state) {
  const { words, draft, engine } = bench;
  const { card } = words;
  const { id, category } = criterion;
  const focus = `card-${id}`;
  const text = sourceOf(bench).text && criterion.source.span;
  const named = (/** @type {string} */ label) => ({ 'aria-label': `${label} (${id})` });
  const to = OTHER[category];
  const doubtfulList = /^U\d/.test(id);
  const put = (/** @type {"inclusion" | "exclusion"} */ list) => {
    const moved = { ...criterion, category: list };
    const [read] = doubtfulList ? readAs(engine, moved, [wordsOf(criterion)], languageOf(draft)) : [moved];
    report(bench, criterion, bench.step(card.did.moved(id, words.lists[list]), instead(draft, id, read), focus));
  };
  return make(
    'p',
    { class: 'acts' },
    press('link', () => begin(bench, criterion, 'correct'), card.correct, { ...named(card.correct), 'data-key': `correct-${id}` }),
    press('link', () => begin(bench, criterion, 'word'), card.word, named(card.word)),
    press('link', () => begin(bench, criterion, 'split'), card.split, named(card.split)),
    state !== 'asked' && press('link', () => report(bench, criterion, bench.step(card.did.unread(id), instead(draft, id, unread(criterion)), focus)), card.unread, named(card.unread)),
    doubtfulList && press('link', () => put(category), card.move[category], named(card.move[category])),
    press('link', () => put(to), card.move[to], named(card.move[to])),
    text && press('link', () => bench.refresh(`text-${id}`), words.reading.showText, { 'aria-label': words.reading.toText(id) }),
  );
}

/**
 * What keeps a step from being made is shown where it can be put right. Nothing was changed.
 * @param {Bench} bench
 * @param {Criterion} criterion
 * @param {Diagnostic[]} problems
 */
function report(bench, criterion, problems) {
  if (problems.length > 0) begin(bench, criterion, 'correct', problems);
}

/** @type {WeakMap<object, Diagnostic[]>} */
const looked = new WeakMap();
/** A document with more criteria is looked over when somebody asks. */
export const LARGE = 150;

/**
 * What the lint finds in the document as it stands.
 * @param {Bench} bench
 */
export function checks({ engine, draft }) {
  let found = looked.get(draft);
  if (!found) {
    found = engine.lint(JSON.stringify(draft));
    looked.set(draft, found);
  }
  return found;
}

/** @param {Bench} bench */
export function looksOver({ draft }) {
  return looked.has(draft) || draft.eligibility.criteria.length <= LARGE;
}

/**
 * @param {Bench} bench
 * @param {string} id
 */
function checksOf(bench, id) {
  if (!looksOver(bench)) return [];
  const at = bench.draft.eligibility.criteria.findIndex((criterion) => criterion.id === id);
  const path = `eligibility.criteria[${at}]`;
  return checks(bench).filter((one) => one.path === path || one.path?.startsWith(`${path}.`));
}
