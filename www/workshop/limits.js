// @ts-check
/** @import { Bench } from "./bench.js" */

import { make } from '../dom.js';
import { field, group, select, tick } from './controls.js';
import { others } from './json.js';

/**
 * @param {Bench} bench
 * @param {any} body
 * @param {string} path
 */
export function bounds(bench, body, path) {
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
export function windowed(bench, body, path) {
  const said = bench.words.edit;
  const on = (/** @type {boolean} */ ticked) => {
    if (ticked) body.window = { anchor: 'as-of', from: '', to: '0 d' };
    else delete body.window;
    bench.refresh(`${path}-window`);
  };
  const box = tick(said.window, Boolean(body.window), on, { 'data-key': `${path}-window` });
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

/**
 * How long something has gone on without a break.
 * @param {Bench} bench
 * @param {any} body
 * @param {string} path
 */
export function lasting(bench, body, path) {
  const said = bench.words.edit;
  const on = (/** @type {boolean} */ ticked) => {
    if (ticked) body.lasting = { low: { value: '', unit: 'mo' } };
    else delete body.lasting;
    bench.refresh(`${path}-lasting`);
  };
  const box = tick(said.lasting, Boolean(body.lasting), on, { 'data-key': `${path}-lasting` });
  return body.lasting ? [box, ...bounds(bench, body.lasting, `${path}-lasting`)] : [box];
}

/**
 * The ways in which a medicine must be given to count.
 * @param {Bench} bench
 * @param {any} body
 * @param {string} path
 */
export function routed(bench, body, path) {
  const said = bench.words.edit;
  const on = (/** @type {boolean} */ ticked) => {
    if (ticked) body.routes = [];
    else delete body.routes;
    bench.refresh(`${path}-routes`);
  };
  const box = tick(said.routes, Boolean(body.routes), on, { 'data-key': `${path}-routes` });
  if (!body.routes) return [box];
  const names = Object.entries(said.routeNames);
  const one = (/** @type {string} */ route) => (/** @type {boolean} */ ticked) => {
    body.routes = names.map(([name]) => name).filter((name) => (name === route ? ticked : body.routes.includes(name)));
  };
  const ways = names.map(([route, name]) => tick(name, body.routes.includes(route), one(route)));
  return [box, group(said.ways, make('p', { class: 'hint' }, said.waysHint), ...ways)];
}
