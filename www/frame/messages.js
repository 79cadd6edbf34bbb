// @ts-check
// What a page and the frame in it say to each other. Nothing that somebody answered is among it.

/** The settings that a page gives the check in its frame. */
export const PASSED = /** @type {const} */ (['lang', 'respondent', 'theme', 'units', 'start', 'no-share', 'no-notes']);

/** @typedef {Record<string, string>} Given  attributes, by name; one that is absent is absent */
/** @typedef {{ prescreen: "hello", nonce: string, settings: Given }} Hello  from the page: who speaks to whom, and how the check is to be */
/** @typedef {{ prescreen: "here" }} Here  from the frame, before it knows who is around it */
/**
 * From the frame, with the nonce it was greeted with.
 * @typedef {{ prescreen: "size", nonce: string, height: number }
 *   | { prescreen: "ready" | "outcome" | "contact" | "clear", nonce: string }
 *   | { prescreen: "step", nonce: string, index: number }
 *   | { prescreen: "error", nonce: string, code: string }} Told
 */

/** How high a frame can become at most, in CSS pixels. */
const HIGHEST = 20_000;

/**
 * The greeting in a message; nothing where it is none.
 * @param {unknown} data
 * @returns {Hello | undefined}
 */
export function helloIn(data) {
  const { prescreen, nonce, settings } = record(data);
  if (prescreen !== 'hello' || typeof nonce !== 'string' || !/^[\da-f-]{36}$/.test(nonce)) return undefined;
  const given = record(settings);
  return { prescreen, nonce, settings: Object.fromEntries(PASSED.flatMap((name) => (typeof given[name] === 'string' ? [[name, given[name]]] : []))) };
}

/** @type {Here} */
export const HERE = { prescreen: 'here' };

/** @param {unknown} data */
export function isHere(data) {
  return record(data).prescreen === HERE.prescreen;
}

/**
 * What the frame says; nothing where a message is not of its form.
 * @param {unknown} data
 * @returns {Told | undefined}
 */
export function toldIn(data) {
  const { prescreen, nonce, height, index, code } = record(data);
  if (typeof nonce !== 'string') return undefined;
  if (prescreen === 'ready' || prescreen === 'outcome' || prescreen === 'contact' || prescreen === 'clear') return { prescreen, nonce };
  if (prescreen === 'size' && isCount(height)) return { prescreen, nonce, height: Math.min(height, HIGHEST) };
  if (prescreen === 'step' && isCount(index)) return { prescreen, nonce, index };
  if (prescreen === 'error' && typeof code === 'string') return { prescreen, nonce, code: code.slice(0, 40) };
  return undefined;
}

/**
 * @param {unknown} value
 * @returns {Record<string, unknown>}
 */
function record(value) {
  return typeof value === 'object' && value !== null ? Object.fromEntries(Object.entries(value)) : {};
}

/**
 * @param {unknown} value
 * @returns {value is number}
 */
function isCount(value) {
  return typeof value === 'number' && Number.isSafeInteger(value) && value >= 0;
}
