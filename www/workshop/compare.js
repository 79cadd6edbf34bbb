// @ts-check
/** @import { CriterionChange } from "../pkg/trial_prescreen.js" */
/** @import { Bench } from "./bench.js" */
/** @import { Draft } from "./document.js" */
/** @import { Piece } from "../dom.js" */

import { heading, make, title } from '../dom.js';
import { fileIn } from './bench.js';
import { area, fresh, press } from './controls.js';
import { criterionOf, wordsOf } from './document.js';
import { findings } from './findings.js';
import { inWords } from './say.js';
import { unitWords } from '../fields/words.js';
import { subjectWords } from './subject.js';

/**
 * What changed between the document here and another version of it.
 * @param {Bench} bench
 * @returns {Piece[]}
 */
export function compare(bench) {
  const { words } = bench;
  const said = words.compare;
  const head = title(1, said.heading);
  return bench.other ? [head, ...result(bench, bench.other)] : [head, make('p', {}, said.lead), ...asking(bench)];
}

/** @param {Bench} bench */
function asking(bench) {
  const { words, locale } = bench;
  const said = words.compare;
  let pasted = '';
  const take = (/** @type {string | Uint8Array} */ data, /** @type {string} */ name) =>
    bench.read(data, ({ drafts, diagnostics, text }) => {
      const [draft] = drafts.filter(({ id }) => drafts.length === 1 || id === bench.draft.id);
      bench.refused = draft ? { diagnostics: [], text: '' } : { diagnostics, text };
      bench.other = draft && { draft, name, earlier: true };
      bench.refresh(draft ? 'title' : 'problem');
      bench.say(draft ? said.between(name, said.here) : words.open.refused);
    });
  const opened = async (/** @type {File | undefined} */ file) => {
    if (file) await take(new Uint8Array(await file.arrayBuffer()), file.name);
  };
  const submit = (/** @type {Event} */ event) => {
    event.preventDefault();
    void take(pasted, said.pasted);
  };
  const dropped = (/** @type {Event} */ event) => {
    event.preventDefault();
    void opened(fileIn(/** @type {DragEvent} */ (event).dataTransfer));
  };
  const id = fresh();
  return [
    bench.refused.diagnostics.length > 0 &&
      make('section', { class: 'summary', tabindex: -1, 'data-key': 'problem' }, make('h2', {}, words.open.problem), findings(words, locale, bench.refused.diagnostics, bench.refused.text)),
    make(
      'form',
      { class: 'drop', novalidate: true, onsubmit: submit, ondragover: (event) => event.preventDefault(), ondrop: dropped },
      area(said.paste, '', (text) => { pasted = text; }, { class: 'paste' }),
      make('p', { class: 'actions' }, make('button', { type: 'submit', class: 'primary' }, said.read)),
      make('div', { class: 'field wide' }, make('label', { for: id }, said.file), make('input', { type: 'file', id, onchange: ({ target }) => void opened(fileIn(/** @type {HTMLInputElement} */ (target))) })),
    ),
  ];
}

/**
 * @param {Bench} bench
 * @param {NonNullable<Bench["other"]>} other
 */
function result(bench, other) {
  const { words, engine, draft } = bench;
  const said = words.compare;
  const [before, after] = other.earlier ? [other.draft, draft] : [draft, other.draft];
  const names = other.earlier ? [other.name, said.here] : [said.here, other.name];
  const trials = [before, after].map((one) => engine.readTrial(JSON.stringify(one)).trial);
  if (!trials[0] || !trials[1]) return [];
  const { criteria, fields } = engine.amend(trials[0], trials[1]);
  for (const trial of trials) trial?.free();
  const counts = { added: 0, removed: 0, changed: 0, unclear: 0, reread: 0, reworded: 0, moved: 0, same: 0 };
  for (const { became, moved } of criteria) {
    counts[became] += 1;
    if (moved) counts.moved += 1;
  }
  const same = criteria.filter(({ became, moved, also }) => became === 'same' && !moved && also.length === 0);
  const others = criteria.filter((change) => !same.includes(change));
  const turn = () => {
    other.earlier = !other.earlier;
    bench.refresh('turn');
  };
  const another = () => {
    bench.other = undefined;
    bench.refresh('title');
  };
  return [
    make('p', { class: 'lead' }, said.between(names[0], names[1])),
    make('p', { class: 'actions' }, press('secondary', turn, said.turn, { 'data-key': 'turn' }), press('secondary', another, said.another)),
    make('p', {}, make('strong', {}, others.length + fields.length === 0 ? said.same : said.counts(counts))),
    fields.length > 0 && make('section', {}, heading(2, {}, said.study), make('ul', {}, ...fields.map(({ field, before, after }) => make('li', {}, said.facts[field] ?? field, words.colon, before ?? said.none, ' → ', after ?? said.none)))),
    ...others.map((change) => changeOf(bench, change, before, after)),
    same.length > 0 && make('details', {}, make('summary', {}, `${said.showSame} (${same.length})`), make('ul', {}, ...same.map((change) => make('li', {}, `${change.after}: ${textIn(after, change.after)}`)))),
  ];
}

/**
 * @param {Draft} draft
 * @param {string | undefined} id
 */
function textIn(draft, id) {
  const criterion = id === undefined ? undefined : criterionOf(draft, id);
  return criterion && wordsOf(criterion);
}

/**
 * @param {Bench} bench
 * @param {CriterionChange} change
 * @param {Draft} before
 * @param {Draft} after
 */
function changeOf(bench, change, before, after) {
  const said = bench.words.compare;
  const { became, moved, effect, parts, also } = change;
  const ids = [...new Set([change.before, change.after].filter(Boolean))].join(' → ');
  const { category } = criterionOf(after, change.after ?? '') ?? criterionOf(before, change.before ?? '') ?? { category: /** @type {const} */ ('inclusion') };
  const side = (/** @type {string} */ label, /** @type {string | undefined} */ text) =>
    make('div', {}, make('strong', {}, label), make('p', { class: 'words', dir: 'auto' }, text ?? said.none));
  return make(
    'article',
    { class: `card change ${became}` },
    heading(2, {}, `${ids} · ${[said.kinds[became], moved && said.moved[moved], effect && said.effects[effect]].filter(Boolean).join(said.comma)}`),
    make('div', { class: 'sides' }, side(said.before, textIn(before, change.before)), side(said.after, textIn(after, change.after))),
    parts.length > 0 &&
      make(
        'ul',
        {},
        ...parts.map(({ part, subject, before, after }) =>
          make('li', {}, [subject && subjectWords(bench, subject), said.parts[part]].filter(Boolean).join(' · '), bench.words.colon, held(bench, before, category), ' → ', held(bench, after, category))),
      ),
    also.length > 0 && make('p', {}, said.alsoLabel, also.map((key) => said.also[key]).join(said.comma)),
  );
}

/**
 * What a part was, or is, in words.
 * @param {Bench} bench
 * @param {any} one
 * @param {"inclusion" | "exclusion"} category
 * @returns {string}
 */
function held(bench, one, category) {
  const { compare, edit } = bench.words;
  if (one === undefined) return compare.none;
  if (Array.isArray(one)) return one.map((word) => entryOf([edit.statuses, edit.selects], word)).join(compare.comma);
  if ('value' in one) return [one.inclusive === false && compare.excluded, amount(bench, one)].filter(Boolean).join(' ');
  if ('anchor' in one) return [`${one.from ?? '…'} – ${one.to ?? '…'}`, entryOf([edit.anchors], one.anchor), one.halfLives && `${one.halfLives} × t½`].filter(Boolean).join(' · ');
  return inWords(bench, one, category);
}

/**
 * A number with its unit as people see it.
 * @param {Bench} bench
 * @param {{ value: string, unit?: string }} bound
 */
function amount({ locale }, { value, unit = '' }) {
  return `${value} ${unitWords(locale, unit)}`.trim();
}

/**
 * @param {Record<string, string>[]} tables
 * @param {string} key
 */
function entryOf(tables, key) {
  return tables.find((table) => Object.hasOwn(table, key))?.[key] ?? key;
}
