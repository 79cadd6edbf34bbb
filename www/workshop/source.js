// @ts-check
/** @import { Criterion, Diagnostic } from "../pkg/trial_prescreen.js" */
/** @import { Bench } from "./bench.js" */
/** @import { Draft } from "./document.js" */

import { languageOf, readingOf, textOf } from './document.js';

/**
 * A stretch of the text, and the criteria that were read there; without a text, a criterion alone.
 * @typedef {{ role: "heading" | "criterion" | "nothing" | "lost" | "field", start: number, end: number, criteria: Criterion[] }} Stretch
 */
/**
 * @typedef {object} Source
 * @property {string} text
 * @property {Stretch[]} stretches  all of the text that is not blank, in its order
 * @property {number} lines  that are not blank
 * @property {number} lost  of them, those that belong to no criterion
 * @property {(criterion: Criterion) => Diagnostic[]} doubts  what is open to doubt in its text
 * @property {(criterion: Criterion) => boolean} settled  what was doubtful there was read by a person
 * @property {Diagnostic[]} diagnostics  everything that reading the text found
 */

/** @type {WeakMap<Draft, Source>} */
const known = new WeakMap();
/** One text is read once, however often its document changes. @type {{ text: string, read: ReturnType<import("./document.js").Engine["readCriteria"]> } | undefined} */
let latest;

/**
 * The source text of a document, stretch by stretch.
 * @param {Bench} bench
 * @returns {Source}
 */
export function sourceOf({ engine, draft }) {
  let source = known.get(draft);
  if (!source) {
    const text = textOf(draft);
    if (latest?.text !== text) latest = { text, read: engine.readCriteria(text, { language: languageOf(draft) }) };
    source = laidOut(draft, text, latest.read);
    known.set(draft, source);
  }
  return source;
}

/**
 * @param {Draft} draft
 * @param {string} text
 * @param {ReturnType<import("./document.js").Engine["readCriteria"]>} read
 * @returns {Source}
 */
function laidOut(draft, text, read) {
  const { criteria } = draft.eligibility;
  const placed = criteria.filter(({ source: { span } }) => text && span && span.end <= text.length);
  const sorted = placed.toSorted((a, b) => startOf(a) - startOf(b));
  /** @type {Stretch[]} */
  const stretches = criteria.filter((one) => !placed.includes(one)).map((one) => ({ role: 'field', start: 0, end: 0, criteria: [one] }));
  let at = 0;
  let lost = 0;
  const between = (/** @type {number} */ end) => {
    for (const stretch of read.outline) {
      const [start, stop] = [Math.max(stretch.span.start, at), Math.min(stretch.span.end, end)];
      if (start >= stop || text.slice(start, stop).trim() === '') continue;
      const role = stretch.role === 'criterion' ? 'lost' : stretch.role;
      if (role === 'lost') lost += linesIn(text.slice(start, stop));
      stretches.push({ role, start, end: stop, criteria: [] });
    }
  };
  for (const criterion of sorted) {
    const { start, end } = criterion.source.span ?? { start: 0, end: 0 };
    const last = stretches.at(-1);
    if (start < at && last) {
      last.criteria.push(criterion);
      last.end = at = Math.max(at, end);
      continue;
    }
    between(start);
    stretches.push({ role: 'criterion', start, end, criteria: [criterion] });
    at = end;
  }
  between(text.length);
  const within = (/** @type {Criterion} */ { source: { span } }, /** @type {Diagnostic} */ one) => Boolean(one.span && span && one.span.start >= span.start && one.span.start < span.end);
  const readThere = (/** @type {Criterion} */ one) => read.criteria.find(({ source: { span } }) => span?.start === one.source.span?.start);
  const settled = (/** @type {Criterion} */ one) => {
    const before = readThere(one);
    return readingOf(one) === 'read' && (!before || JSON.stringify(before.expression) !== JSON.stringify(one.expression));
  };
  const doubts = (/** @type {Criterion} */ one) => (text ? read.diagnostics.filter((diagnostic) => diagnostic.severity !== 'note' && within(one, diagnostic)) : []);
  return { text, stretches, lines: linesIn(text), lost, doubts, settled, diagnostics: read.diagnostics };
}

/** @param {Criterion} criterion */
function startOf({ source: { span } }) {
  return span?.start ?? 0;
}

/** @param {string} text */
function linesIn(text) {
  return text.split(/\r\n|\r|\n/).filter((line) => line.trim() !== '').length;
}
