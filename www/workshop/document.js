// @ts-check
/** @import { Closer, Criterion, Diagnostic, Expression, TrialDocument } from "../pkg/trial_prescreen.js" */

/** @typedef {typeof import("../pkg/trial_prescreen.js")} Engine */
/** @typedef {{ patient: string, caregiver?: string, staff: string, short: string, why?: string, place?: string, hint?: string }} Wording */
/** @typedef {{ text: Record<string, Wording>, answerableBy: Closer[] }} Asked */
/**
 * @typedef {Omit<TrialDocument, "eligibility"> & {
 *   eligibility: Omit<TrialDocument["eligibility"], "criteria"> & { criteria: Criterion[] },
 *   questions?: Record<string, Asked>,
 * }} Draft a trial document as the workshop changes it
 */
/** @typedef {"read" | "partly" | "asked" | "investigator"} Reading how much of a criterion is computed */

/**
 * The document of a trial that was read.
 * @param {import("../pkg/trial_prescreen.js").Trial} trial
 * @returns {Draft}
 */
export function draftOf(trial) {
  const document = /** @type {unknown} */ (trial.toJSON());
  trial.free();
  return /** @type {Draft} */ (document);
}

/**
 * A changed document as the engine takes it, with a question for everything that its criteria ask; or what is wrong.
 * @param {Engine} engine
 * @param {Draft | string} changed
 * @returns {{ draft?: Draft, diagnostics: Diagnostic[] }}
 */
export function taken(engine, changed) {
  const { trial, diagnostics } = engine.readTrial(typeof changed === 'string' ? changed : JSON.stringify(changed));
  if (!trial) return { diagnostics };
  const asking = trial.withQuestions();
  trial.free();
  return { draft: draftOf(asking), diagnostics };
}

/** @param {Draft} draft */
export function textOf(draft) {
  return draft.source.find(({ text }) => text)?.text ?? '';
}

/**
 * @param {Draft} draft
 * @param {string} id
 */
export function criterionOf(draft, id) {
  return draft.eligibility.criteria.find((criterion) => criterion.id === id);
}

/**
 * The document with other criteria in the place of one.
 * @param {Draft} draft
 * @param {string} id
 * @param {...Criterion} others
 * @returns {Draft}
 */
export function instead(draft, id, ...others) {
  const criteria = draft.eligibility.criteria.flatMap((criterion) => (criterion.id === id ? others : [criterion]));
  return { ...draft, eligibility: { ...draft.eligibility, criteria } };
}

/**
 * A criterion's own words, in the first language that it has.
 * @param {Criterion} criterion
 */
export function wordsOf(criterion) {
  return Object.values(criterion.text)[0]?.full ?? '';
}

/**
 * The leaves of an expression.
 * @param {Expression} expression
 * @returns {Expression[]}
 */
export function leavesOf(expression) {
  return partsOf(expression)?.flatMap(leavesOf) ?? [expression];
}

/**
 * The parts of a group; nothing for a leaf.
 * @param {Expression} expression
 * @returns {Expression[] | undefined}
 */
export function partsOf(expression) {
  const { allOf, anyOf, not, atLeast, when } = /** @type {any} */ (expression);
  if (when) return [when.condition, when.then];
  return allOf ?? anyOf ?? atLeast?.of ?? (not && [not]);
}

/**
 * What a leaf is about.
 * @param {Expression} leaf
 * @returns {any}
 */
export function subjectOf(leaf) {
  const [[kind, body]] = Object.entries(/** @type {Record<string, any>} */ (leaf));
  return kind === 'judgement' || kind === 'unread' ? { [kind]: body.id } : (body.subject ?? body.since);
}

/**
 * The keys of the questions that a criterion's answers come from.
 * @param {Draft} draft
 * @param {Criterion} criterion
 */
export function keysOf(draft, criterion) {
  const keys = leavesOf(criterion.expression).flatMap((leaf) => keysOfSubject(subjectOf(leaf)));
  return [...new Set(keys)].filter((key) => Object.hasOwn(draft.questions ?? {}, key));
}

/**
 * @param {any} subject
 * @returns {string[]}
 */
function keysOfSubject(subject) {
  if (subject?.ratio) return subject.ratio.flatMap(keysOfSubject);
  const [[kind, name]] = Object.entries(subject ?? { concept: '' });
  if (kind !== 'concept') return [`${kind}:${name}`];
  return name === 'age' ? ['age', 'birth-date'] : [String(name)];
}

/**
 * @param {Criterion} criterion
 * @returns {Reading}
 */
export function readingOf({ expression }) {
  const leaves = leavesOf(expression);
  const kept = leaves.filter((leaf) => 'unread' in leaf).length;
  if (kept === leaves.length) return 'asked';
  if (kept > 0) return 'partly';
  return leaves.every((leaf) => 'judgement' in leaf) ? 'investigator' : 'read';
}

/**
 * The criterion as it stands, asked word for word.
 * @param {Criterion} criterion
 * @returns {Criterion}
 */
export function unread(criterion) {
  const { id, source } = criterion;
  const text = wordsOf(criterion);
  return { ...criterion, expression: { unread: { id, text, ...(source.span && { span: source.span }) } } };
}

/** The list of a criterion that is not on it. */
export const OTHER = /** @type {const} */ ({ inclusion: 'exclusion', exclusion: 'inclusion' });

/** @param {Draft} draft */
export function languageOf(draft) {
  return Object.keys(draft.title).some((tag) => tag.startsWith('zh')) && !draft.title.en ? 'zh' : 'en';
}

/**
 * What the engine reads in sentences that stand on a list, one criterion for each, in their order.
 * @param {Engine} engine
 * @param {Criterion} criterion whose list, place and id they have
 * @param {string[]} sentences
 * @param {"en" | "zh"} language
 * @returns {Criterion[]}
 */
export function readAs(engine, criterion, sentences, language) {
  const heading = { inclusion: { en: 'Inclusion criteria:', zh: '入选标准：' }, exclusion: { en: 'Exclusion criteria:', zh: '排除标准：' } };
  return sentences.map((sentence, at) => {
    const id = sentences.length > 1 ? `${criterion.id}.${at + 1}` : criterion.id;
    const tag = language === 'zh' ? 'zh-CN' : 'en';
    const text = { [tag]: { full: sentence, short: sentence.slice(0, 60), patient: sentence } };
    const own = unread({ ...criterion, id, text: sentences.length > 1 ? text : criterion.text });
    const { criteria } = engine.readCriteria(`${heading[criterion.category][language]}\n\n* ${sentence.replaceAll('\n', '\n  ')}`, { language });
    if (criteria.length !== 1 || criteria[0].category !== criterion.category) return own;
    return { ...own, expression: named(criteria[0].expression, id) };
  });
}

/**
 * An expression that was read elsewhere, under a name of its own here.
 * @param {Expression} expression
 * @param {string} id
 * @returns {Expression}
 */
function named(expression, id) {
  let count = 0;
  /** @param {any} value @returns {any} */
  const renamed = (value) => {
    if (Array.isArray(value)) return value.map(renamed);
    if (!value || typeof value !== 'object') return value;
    const entries = Object.entries(value).map(([key, part]) => {
      if (key !== 'unread' && key !== 'judgement') return [key, renamed(part)];
      count += 1;
      return [key, { id: count > 1 ? `${id}-${count}` : id, text: part.text }];
    });
    return Object.fromEntries(entries);
  };
  return renamed(expression);
}
