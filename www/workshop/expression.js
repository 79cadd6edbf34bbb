// @ts-check
/** @import { Bench } from "./bench.js" */

import { make } from '../dom.js';
import { area, field, press, select, tick } from './controls.js';
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
      ...others(bench, body, ['subject', 'low', 'high', 'window', 'select'], path),
    ];
  },

  present(bench, body, path) {
    const said = bench.words.edit;
    return [
      subjectField(bench, body, 'subject', path),
      select(said.status, body.status, Object.entries(said.statuses), (value) => { body.status = value; }),
      ...windowed(bench, body, path),
      ...others(bench, body, ['subject', 'status', 'window'], path),
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

  change: rest,
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

/**
 * @param {Bench} bench
 * @param {any} body
 * @param {string[]} known the keys that have fields of their own
 * @param {string} path
 */
function others(bench, body, known, path) {
  const more = Object.fromEntries(Object.entries(body).filter(([key]) => !known.includes(key)));
  if (Object.keys(more).length === 0) return [];
  const set = (/** @type {any} */ other) => {
    for (const key of Object.keys(body)) if (!known.includes(key)) delete body[key];
    Object.assign(body, other);
  };
  return [json(bench, more, path, set)];
}

/**
 * @param {Bench} bench
 * @param {any} value
 * @param {string} path
 * @param {(value: any) => void} set takes what was typed, once it is JSON
 */
function json(bench, value, path, set) {
  const typed = (/** @type {string} */ text) => {
    try {
      set(JSON.parse(text));
    } catch {
      // what is half typed is left to the engine when it is applied
      set({ unfinished: text });
    }
  };
  return area(bench.words.edit.rest, JSON.stringify(value, null, 2), typed, { class: 'code', 'data-key': `${path}-json` });
}

/**
 * @param {Bench} bench
 * @param {any} body
 * @param {string} path
 */
function bounds(bench, body, path) {
  const said = bench.words.edit;
  return /** @type {const} */ (['low', 'high']).map((end) => {
    const bound = body[end];
    const exclusive = end === 'low' ? '>' : '<';
    const sign = bound ? (bound.inclusive === false ? exclusive : `${exclusive}=`) : '';
    const signed = (/** @type {string} */ chosen) => {
      const { inclusive: _, ...kept } = bound ?? { value: '' };
      if (chosen === '') delete body[end];
      else body[end] = chosen === exclusive ? { ...kept, inclusive: false } : kept;
      bench.refresh(`${path}-${end}`);
    };
    const unit = (/** @type {string} */ text) => {
      if (text === '') delete bound.unit;
      else bound.unit = text;
    };
    return make(
      'fieldset',
      { class: 'bound' },
      make('legend', {}, said[end]),
      select(said.sign, sign, Object.entries(end === 'low' ? said.lowSigns : said.highSigns), signed, { 'data-key': `${path}-${end}` }),
      bound && field(said.value, bound.value, (text) => { bound.value = text.trim(); }, { size: 8, inputmode: 'decimal' }),
      bound && field(said.unit, bound.unit ?? '', (text) => unit(text.trim()), { size: 10 }),
    );
  });
}

/**
 * @param {Bench} bench
 * @param {any} body
 * @param {string} path
 */
function windowed(bench, body, path) {
  const said = bench.words.edit;
  const on = (/** @type {boolean} */ ticked) => {
    if (ticked) body.window = { anchor: 'as-of', from: '', to: '0 d' };
    else delete body.window;
    bench.refresh(`${path}-window`);
  };
  const box = tick(said.window, Boolean(body.window), on);
  box.querySelector('input')?.setAttribute('data-key', `${path}-window`);
  if (!body.window) return [box];
  const { anchor = 'as-of' } = body.window;
  const end = (/** @type {"from" | "to"} */ name) => (/** @type {string} */ text) => {
    if (text.trim() === '') delete body.window[name];
    else body.window[name] = text.trim();
  };
  /** @type {Record<string, string>} */
  const anchors = said.anchors;
  return [
    box,
    make(
      'div',
      { class: 'fields' },
      select(said.anchor, anchor, Object.entries(Object.hasOwn(anchors, anchor) ? anchors : { ...anchors, [anchor]: anchor }), (value) => { body.window.anchor = value; }),
      field(said.from, body.window.from ?? '', end('from'), { size: 8, hint: said.lengthHint }),
      field(said.to, body.window.to ?? '', end('to'), { size: 8 }),
    ),
    ...others(bench, body.window, ['anchor', 'from', 'to'], `${path}-w`),
  ];
}
