// @ts-check
/** @import { Bench } from "./bench.js" */

import { area } from './controls.js';

/**
 * @param {Bench} bench
 * @param {any} body
 * @param {string[]} known the keys that have fields of their own
 * @param {string} path
 */
export function others(bench, body, known, path) {
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
export function json(bench, value, path, set) {
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
