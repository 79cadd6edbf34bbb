// @ts-check
/** @import { Closer, Criterion, Diagnostic } from "../pkg/trial_prescreen.js" */
/** @import { Bench, Edit } from "./bench.js" */

import { heading, make } from '../dom.js';
import { area, group, press, select, tick } from './controls.js';
import { instead, keysOf, languageOf, readAs, wordsOf } from './document.js';
import { shape } from './expression.js';
import { findings } from './findings.js';

const CLOSERS = /** @type {const} */ (['patient', 'caregiver', 'staff', 'record', 'investigator']);
/** What words in a language never lack. */
const ALWAYS = ['full', 'patient', 'staff', 'short'];
const STAGES = /** @type {const} */ (['prescreen', 'screening', 'day-0']);

/**
 * Opens a criterion to change it.
 * @param {Bench} bench
 * @param {Criterion} criterion
 * @param {Edit["doing"]} doing
 * @param {Diagnostic[]} [problems] why it must be changed
 */
export function begin(bench, criterion, doing, problems = []) {
  const { id } = criterion;
  const questions = Object.fromEntries(keysOf(bench.draft, criterion).map((key) => [key, bench.draft.questions?.[key]]));
  const drafts = { correct: { expression: criterion.expression, answerableBy: criterion.answerableBy ?? [], stage: criterion.stage ?? 'prescreen', words: wordsOf(criterion) }, split: { text: wordsOf(criterion) }, word: { questions, text: criterion.text } };
  bench.edits.set(id, { doing, draft: structuredClone(drafts[doing]), problems, text: '' });
  bench.refresh(problems.length > 0 ? `problem-${id}` : `edit-${id}`);
}

/**
 * The criterion as it is being changed. Nothing is kept until it is applied, and nothing typed is lost by a mistake.
 * @param {Bench} bench
 * @param {Criterion} criterion
 * @param {Edit} edit
 */
export function editing(bench, criterion, edit) {
  const { words, locale } = bench;
  const said = words.edit;
  const { doing, problems, text } = edit;
  const { id } = criterion;
  const titles = { correct: said.correct(id), split: said.split(id), word: said.word(id) };
  const submit = (/** @type {Event} */ event) => {
    event.preventDefault();
    const found = APPLY[doing](bench, criterion, edit);
    if (found.length === 0) return;
    edit.problems = found;
    bench.refresh(`problem-${id}`);
    bench.say(said.problem);
  };
  const leave = () => {
    bench.edits.delete(id);
    bench.refresh(`card-${id}`);
  };
  return make(
    'form',
    { class: 'edit', novalidate: true, autocomplete: 'off', onsubmit: submit, 'aria-labelledby': `edit-${id}` },
    heading(3, { id: `edit-${id}`, tabindex: -1, 'data-key': `edit-${id}` }, titles[doing]),
    problems.length > 0 &&
      make('div', { class: 'summary', tabindex: -1, 'data-key': `problem-${id}` }, make('h4', {}, said.problem), findings(words, locale, problems, text)),
    ...FIELDS[doing](bench, criterion, edit),
    make('p', { class: 'actions' }, make('button', { type: 'submit', class: 'primary' }, said.apply), press('secondary', leave, said.cancel)),
  );
}

/** @type {Record<Edit["doing"], (bench: Bench, criterion: Criterion, edit: Edit) => (Node | false)[]>} */
const FIELDS = {
  correct(bench, criterion, { draft }) {
    const { id } = criterion;
    const said = bench.words.edit;
    const own = /** @type {Pick<Criterion, "answerableBy" | "stage">} */ (draft);
    const who = (/** @type {Closer} */ one, /** @type {boolean} */ ticked) => {
      own.answerableBy = CLOSERS.filter((other) => (other === one ? ticked : own.answerableBy?.includes(other)));
    };
    return [
      ...inOtherWords(bench, criterion, draft),
      ...reading(bench, id, draft),
      group(said.who, make('p', { class: 'hint' }, said.whoHint), ...CLOSERS.map((one) => tick(said.respondents[one], own.answerableBy?.includes(one) ?? false, (ticked) => who(one, ticked)))),
      select(said.stage, own.stage, STAGES.map((stage) => [stage, said.stages[stage]]), (stage) => { own.stage = /** @type {Criterion["stage"]} */ (stage); }),
    ];
  },

  split(bench, _, { draft }) {
    const said = bench.words.edit;
    return [area(said.splitLabel, draft.text, (text) => { draft.text = text; }, { hint: said.splitHint, 'data-key': 'split' })];
  },

  word(bench, criterion, { draft }) {
    const said = bench.words.edit;
    const keys = Object.keys(draft.questions);
    const own = Object.keys(criterion.text)[0];
    return [
      ...keys.map((key) => {
        const question = draft.questions[key];
        return group(
          said.question(key),
          ...CLOSERS.map((one) =>
            tick(said.respondents[one], question.answerableBy.includes(one), (ticked) => {
              question.answerableBy = CLOSERS.filter((other) => (other === one ? ticked : question.answerableBy.includes(other)));
            })),
          ...languages(bench, question.text).flatMap((tag) => wording(bench, tag, question.text, Object.entries(said.ask))),
        );
      }),
      keys.length === 0 && make('p', {}, said.noQuestion),
      group(
        said.inResult,
        ...languages(bench, draft.text).flatMap((tag) => wording(bench, tag, draft.text, Object.entries(said.criterion).filter(([name]) => name !== 'full' || tag !== own))),
      ),
    ];
  },
};

/**
 * The languages of a document, and those that its words are in.
 * @param {Bench} bench
 * @param {Record<string, unknown>} text
 */
function languages({ draft }, text) {
  return [...new Set([...Object.keys(draft.title), ...Object.keys(text)])];
}

/**
 * Fields for words in one language.
 * @param {Bench} bench
 * @param {string} tag
 * @param {Record<string, any>} text
 * @param {[string, string][]} names
 */
function wording({ words }, tag, text, names) {
  const put = (/** @type {string} */ name, /** @type {string} */ typed) => {
    text[tag] = { ...Object.fromEntries(names.filter(([key]) => ALWAYS.includes(key)).map(([key]) => [key, ''])), ...text[tag], [name]: typed };
    if (typed === '' && !ALWAYS.includes(name)) delete text[tag][name];
    if (Object.values(text[tag]).every((value) => value === '')) delete text[tag];
  };
  return [
    make('h4', {}, /** @type {Record<string, string>} */ (words.reading.languages)[tag] ?? tag),
    ...names.map(([name, label]) => area(label, text[tag]?.[name] ?? '', (typed) => put(name, typed), { lang: tag, rows: 2 })),
  ];
}

/**
 * The sentence as it should have been written, for the engine to read. The source keeps its own words.
 * @param {Bench} bench
 * @param {Criterion} criterion
 * @param {any} draft
 */
function inOtherWords(bench, criterion, draft) {
  const said = bench.words.edit;
  const read = () => {
    const [{ expression }] = readAs(bench.engine, criterion, [draft.words], languageOf(bench.draft));
    const whole = !('unread' in expression);
    if (whole) Object.assign(draft, { expression, json: undefined });
    draft.note = whole ? said.understood : said.notUnderstood;
    bench.refresh(whole ? `${criterion.id}-kind` : `${criterion.id}-words`);
    bench.say(draft.note);
  };
  return [
    area(said.words, draft.words, (text) => { draft.words = text; }, { hint: said.wordsHint, 'data-key': `${criterion.id}-words` }),
    make('p', {}, press('secondary', read, said.readWords), draft.note && ' ', draft.note && make('strong', {}, draft.note)),
  ];
}

/**
 * The expression, as a form or as JSON.
 * @param {Bench} bench
 * @param {string} id
 * @param {any} draft
 */
function reading(bench, id, draft) {
  const said = bench.words.edit;
  if (draft.json === undefined) {
    const set = (/** @type {any} */ expression) => { draft.expression = expression; };
    const asJson = () => {
      draft.json = JSON.stringify(draft.expression, null, 2);
      bench.refresh(`${id}-json`);
    };
    return [shape(bench, draft.expression, set, id), make('p', {}, press('link', asJson, said.json))];
  }
  const asForm = () => {
    try {
      draft.expression = JSON.parse(draft.json);
      draft.json = undefined;
      draft.jsonNote = undefined;
      bench.refresh(`${id}-kind`);
    } catch {
      draft.jsonNote = said.jsonFirst;
      bench.refresh(`${id}-json`);
      bench.say(said.jsonFirst);
    }
  };
  return [
    area(said.jsonLabel, draft.json, (json) => { draft.json = json; }, { hint: said.jsonHint, class: 'code', 'data-key': `${id}-json` }),
    make('p', {}, press('link', asForm, said.form), draft.jsonNote && ' ', draft.jsonNote && make('strong', {}, draft.jsonNote)),
  ];
}

/**
 * One step; what was typed is let go once it is made.
 * @param {Bench} bench
 * @param {Criterion} criterion
 * @param {string} what
 * @param {import("./document.js").Draft | string} changed
 * @param {string} [focus] the criterion to go to
 */
function applied(bench, { id }, what, changed, focus = id) {
  const edit = bench.edits.get(id);
  bench.edits.delete(id);
  const problems = bench.step(what, changed, `card-${focus}`);
  if (problems.length > 0 && edit) bench.edits.set(id, edit);
  return problems;
}

/** @type {Record<Edit["doing"], (bench: Bench, criterion: Criterion, edit: Edit) => Diagnostic[]>} */
const APPLY = {
  correct(bench, criterion, edit) {
    const { json, expression, answerableBy, stage } = edit.draft;
    const { answerableBy: _, ...rest } = criterion;
    const own = { ...rest, stage, ...(answerableBy.length > 0 && { answerableBy }) };
    const including = (/** @type {any} */ one) => instead(bench.draft, criterion.id, { ...own, expression: one });
    const what = bench.words.card.did.corrected(criterion.id);
    if (json === undefined) return applied(bench, criterion, what, including(expression));
    const mark = 'expression-as-typed';
    const [before, after] = JSON.stringify(including({ mark })).split(JSON.stringify({ mark }));
    edit.text = json;
    const found = applied(bench, criterion, what, before + json + after);
    const within = (/** @type {{ start: number, end: number } | undefined} */ span) =>
      span && span.start >= before.length && span.start <= before.length + json.length
        ? { start: span.start - before.length, end: Math.min(span.end - before.length, json.length) }
        : undefined;
    return found.map((one) => ({ ...one, span: within(one.span), other: within(one.other) }));
  },

  split(bench, criterion, { draft }) {
    const { words, engine } = bench;
    const bare = (/** @type {string} */ text) => text.replace(/\s/g, '');
    const parts = draft.text.split(/\r?\n/).map((/** @type {string} */ line) => line.trim()).filter(Boolean);
    const wrong = (/** @type {string} */ message) => [/** @type {Diagnostic} */ ({ code: 'split', severity: 'error', message, help: words.edit.splitHint })];
    if (bare(draft.text) !== bare(wordsOf(criterion))) return wrong(words.edit.splitLost);
    if (parts.length < 2) return wrong(words.edit.splitOne);
    const read = readAs(engine, criterion, parts, languageOf(bench.draft));
    const spans = placesOf(parts, criterion, bench);
    const placed = read.map((one, at) => ({ ...one, source: { ...one.source, span: spans[at] ?? one.source.span } }));
    return applied(bench, criterion, words.card.did.split(criterion.id, parts.length), instead(bench.draft, criterion.id, ...placed), placed[0].id);
  },

  word(bench, criterion, { draft }) {
    const questions = { ...bench.draft.questions, ...draft.questions };
    return applied(bench, criterion, bench.words.card.did.worded(criterion.id), { ...instead(bench.draft, criterion.id, { ...criterion, text: draft.text }), questions });
  },
};

/**
 * Where the parts of a criterion stand in the source, where they stand there as they are.
 * @param {string[]} parts
 * @param {Criterion} criterion
 * @param {Bench} bench
 */
function placesOf(parts, { source: { span } }, bench) {
  const text = bench.draft.source.find((source) => source.text)?.text ?? '';
  if (!span || !text) return [];
  /** @type {{ start: number, end: number }[]} */
  const places = [];
  let at = span.start;
  for (const part of parts) {
    const start = text.indexOf(part, at);
    if (start < 0 || start + part.length > span.end) return [];
    places.push({ start, end: start + part.length });
    at = start + part.length;
  }
  // what lies before and between the parts belongs to the part that follows or ends there
  return places.map(({ end }, n) => ({ start: n === 0 ? span.start : places[n - 1].end, end: n === places.length - 1 ? span.end : end }));
}
