// @ts-check
/** @import { Bench } from "./bench.js" */

import { make } from '../dom.js';
import { area, field, press, select } from './controls.js';
import { json, others } from './json.js';
import { bounds, lasting, routed, windowed } from './limits.js';
import { subjectField } from './subject.js';

/** What a leaf or a group begins as. @type {Record<string, (before: any) => any>} */
const FRESH = {
  allOf: (before) => ({ allOf: [before] }),
  anyOf: (before) => ({ anyOf: [before] }),
  atLeast: (before) => ({ atLeast: { count: 2, of: [before] } }),
  not: (before) => ({ not: before }),
  when: (before) => ({ when: { condition: { present: { subject: { text: '' }, status: 'current' } }, then: before } }),
  compare: (before) => ({ compare: { subject: aboutOf(before) } }),
  present: (before) => ({ present: { subject: aboutOf(before), status: 'current' } }),
  elapsed: (before) => ({ elapsed: { since: aboutOf(before) } }),
  isOneOf: (before) => ({ isOneOf: { subject: aboutOf(before), values: [] } }),
  change: (before) => ({ change: { subject: aboutOf(before), direction: 'either' } }),
  judgement: (before) => ({ judgement: { id: idOf(before), text: textOf(before) } }),
  unread: (before) => ({ unread: { id: idOf(before), text: textOf(before) } }),
};
const GROUPS = ['allOf', 'anyOf', 'atLeast'];
const LEAVES = ['compare', 'present', 'elapsed', 'isOneOf', 'change', 'judgement', 'unread'];

/** @param {any} expression */
function bodyOf(expression) {
  const [[kind, body]] = Object.entries(/** @type {Record<string, any>} */ (expression));
  return { kind, body };
}

/** @param {any} before */
function aboutOf(before) {
  const { body } = bodyOf(before);
  return body?.subject ?? body?.since ?? { text: '' };
}

/** @param {any} before */
function idOf(before) {
  return bodyOf(before).body?.id ?? `part-${Math.random().toString(36).slice(2, 8)}`;
}

/** @param {any} before */
function textOf(before) {
  const { body } = bodyOf(before);
  return body?.text ?? body?.subject?.text ?? '';
}

/**
 * A form for an expression. `set` takes another one in its place.
 * @param {Bench} bench
 * @param {any} expression
 * @param {(expression: any) => void} set
 * @param {string} path
 * @param {string} [legend]
 * @returns {HTMLElement}
 */
export function shape(bench, expression, set, path, legend = bench.words.reading.meaning) {
  const said = bench.words.edit;
  const { kind, body } = bodyOf(expression);
  const turn = (/** @type {string} */ to) => {
    const before = GROUPS.includes(kind) && LEAVES.includes(to) ? partsIn(kind, body)[0] : expression;
    // a group of one sort keeps its parts in a group of another
    const kept = GROUPS.includes(kind) && GROUPS.includes(to);
    set(kept ? (to === 'atLeast' ? { atLeast: { count: 2, of: partsIn(kind, body) } } : { [to]: partsIn(kind, body) }) : FRESH[to](before ?? { unread: { id: '', text: '' } }));
    bench.refresh(`${path}-kind`);
  };
  return make(
    'fieldset',
    { class: 'shape' },
    make('legend', {}, legend),
    select(said.kind, kind, Object.entries(said.kinds), turn, { 'data-key': `${path}-kind` }),
    ...(FORMS[kind] ?? rest)(bench, body, path, expression, set),
  );
}

/** @param {string} kind @param {any} body @returns {any[]} */
function partsIn(kind, body) {
  return kind === 'atLeast' ? body.of : body;
}

/** @typedef {(bench: Bench, body: any, path: string, expression: any, set: (expression: any) => void) => (HTMLElement | false)[]} Form */

/** @type {Form} */
function parts(bench, body, path, expression) {
  const said = bench.words.edit;
  const list = Array.isArray(body) ? body : body.of;
  const add = () => {
    list.push({ present: { subject: { text: '' }, status: 'current' } });
    bench.refresh(`${path}.${list.length - 1}-kind`);
  };
  const remove = (/** @type {number} */ at) => {
    list.splice(at, 1);
    bench.refresh(`${path}-kind`);
  };
  return [
    'atLeast' in expression && field(said.count, String(body.count), (text) => { body.count = /^\d+$/.test(text.trim()) ? Number(text) : text; }, { size: 4, inputmode: 'numeric' }),
    ...list.flatMap((/** @type {any} */ part, /** @type {number} */ at) => [
      shape(bench, part, (other) => { list[at] = other; }, `${path}.${at}`, said.partN(at + 1)),
      list.length > 1 && press('link', () => remove(at), said.remove(at + 1)),
    ]),
    make('p', {}, press('link', add, said.add)),
  ];
}

/** @type {Record<string, Form>} */
const FORMS = {
  allOf: parts,
  anyOf: parts,
  atLeast: parts,

  not(bench, body, path, expression) {
    return [shape(bench, body, (other) => { expression.not = other; }, `${path}.0`, bench.words.edit.part)];
  },

  when(bench, body, path) {
    const { condition, then } = bench.words.edit;
    return [
      shape(bench, body.condition, (other) => { body.condition = other; }, `${path}.0`, condition),
      shape(bench, body.then, (other) => { body.then = other; }, `${path}.1`, then),
    ];
  },

  compare(bench, body, path) {
    const said = bench.words.edit;
    return [
      subjectField(bench, body, 'subject', path),
      ...bounds(bench, body, path),
      ...windowed(bench, body, path),
      select(said.select, body.select ?? 'latest', Object.entries(said.selects), (value) => { body.select = value; }),
      ...routed(bench, body, path),
      ...others(bench, body, ['subject', 'low', 'high', 'window', 'select', 'routes'], path),
    ];
  },

  present(bench, body, path) {
    const said = bench.words.edit;
    return [
      subjectField(bench, body, 'subject', path),
      select(said.status, body.status, Object.entries(said.statuses), (value) => { body.status = value; }),
      ...windowed(bench, body, path),
      ...lasting(bench, body, path),
      ...routed(bench, body, path),
      ...others(bench, body, ['subject', 'status', 'window', 'lasting', 'routes'], path),
    ];
  },

  elapsed(bench, body, path) {
    return [subjectField(bench, body, 'since', path), ...bounds(bench, body, path)];
  },

  isOneOf(bench, body, path) {
    const said = bench.words.edit;
    const split = (/** @type {string} */ text) => { body.values = text.split(/[,，、]/).map((one) => one.trim()).filter(Boolean); };
    return [subjectField(bench, body, 'subject', path), field(said.values, body.values.join(', '), split, { size: 40 }), ...windowed(bench, body, path)];
  },

  change(bench, body, path) {
    const said = bench.words.edit;
    const within = (/** @type {string} */ text) => {
      if (text === '') delete body.within;
      else body.within = text;
    };
    return [
      subjectField(bench, body, 'subject', path),
      select(said.direction, body.direction, Object.entries(said.directions), (value) => { body.direction = value; }),
      ...bounds(bench, body, path),
      field(said.within, body.within ?? '', (text) => within(text.trim()), { size: 8, hint: said.withinHint }),
      ...windowed(bench, body, path),
      ...routed(bench, body, path),
      ...others(bench, body, ['subject', 'direction', 'low', 'high', 'within', 'window', 'routes'], path),
    ];
  },

  judgement: said,
  unread: said,
};

/** @type {Form} */
function said(bench, body) {
  return [area(bench.words.edit.text, body.text, (text) => { body.text = text; })];
}

/** @type {Form} What has no form of its own, as JSON. */
function rest(bench, body, path, expression) {
  const [kind] = Object.keys(expression);
  return [json(bench, body, path, (other) => { expression[kind] = other; })];
}
