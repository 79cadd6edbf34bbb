// @ts-check
/** @import { Clerk } from "./clerk.js" */
/** @import { Scribe } from "./scribe.js" */

import { now } from '../clock.js';
import { place } from '../place.js';
import { scriptURL } from '../trusted.js';

/** @typedef {"open" | "give" | "take" | "sheet" | "stop" | "list" | "page" | "csv" | "dates" | "calendar" | "across" | "missing" | "person" | "decide" | "answer" | "override" | "note" | "unclear" | "clarify" | "remove" | "amend" | "begin" | "book" | "kept" | "keep" | "wipe" | "enter" | "known" | "link" | "state" | "activate" | "copy"} Errand */
/** @typedef {{ number: number, errand: Errand, given: unknown, asOf: string }} Order  `asOf` is the moment it is judged from */
/** What is given with an errand. @template {Errand} E @typedef {Parameters<(Clerk & Scribe)[E]>[0]} Given */
/**
 * Takes an errand to the clerk, or to the scribe.
 * @typedef {<E extends Errand>(errand: E, given: Given<E>, progress?: (told: { done: number, all: number }) => void) => Promise<Awaited<ReturnType<(Clerk & Scribe)[E]>>>} Send
 */

/**
 * A worker that keeps the charts and evaluates them. What it holds never leaves it but for what a screen shows.
 * @param {() => void} gone told where it breaks down
 * @returns {Send}
 */
export function hire(gone) {
  const address = /** @type {string} */ (/** @type {unknown} */ (scriptURL(place('clerk.js'))));
  const worker = new Worker(address, { type: 'module' });
  /** @type {Map<number, { resolve: (result: any) => void, reject: (cause: Error) => void, progress?: (told: any) => void }>} */
  const waiting = new Map();
  let orders = 0;
  const failed = () => {
    for (const { reject } of waiting.values()) reject(new Error('the clerk is gone'));
    waiting.clear();
    gone();
  };
  worker.addEventListener('error', failed);
  worker.addEventListener('messageerror', failed);
  worker.addEventListener('message', ({ data: { number, result, progress, failed } }) => {
    const order = waiting.get(number);
    if (progress) return order?.progress?.(progress);
    waiting.delete(number);
    if (failed) order?.reject(new Error('the errand failed'));
    else order?.resolve(result);
  });
  return (errand, given, progress) =>
    new Promise((resolve, reject) => {
      orders += 1;
      waiting.set(orders, { resolve, reject, progress });
      worker.postMessage({ number: orders, errand, given, asOf: now() });
    });
}
