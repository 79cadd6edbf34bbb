// @ts-check
/** @import { EngineFile } from "./engine.js" */
/** @import { Errand, Send } from "./connect.js" */

import { Problem } from './engine.js';
import { place } from './place.js';
import { scriptURL } from './trusted.js';

/** @typedef {{ number: number, errand: Errand | "load", given: unknown[] }} Order */
/** @typedef {{ number: number, result?: unknown, problem?: Problem["kind"] }} Delivery */

/**
 * A worker with an engine of its own. It follows the policy that its own file came with, so that the page around need
 * not allow WebAssembly.
 * @param {EngineFile} file
 * @returns {Promise<Send>}
 */
export async function hire(file) {
  const address = /** @type {string} */ (/** @type {unknown} */ (scriptURL(place('worker.js'))));
  const worker = new Worker(address, { type: 'module' });
  /** @type {Map<number, { resolve: (result: unknown) => void, reject: (cause: Problem) => void }>} */
  const waiting = new Map();
  let orders = 0;
  const gone = () => {
    for (const { reject } of waiting.values()) reject(new Problem('engine'));
    waiting.clear();
  };
  worker.addEventListener('error', gone);
  worker.addEventListener('messageerror', gone);
  worker.addEventListener('message', (/** @type {MessageEvent<Delivery>} */ { data: { number, result, problem } }) => {
    const order = waiting.get(number);
    waiting.delete(number);
    if (problem) order?.reject(new Problem(problem));
    else order?.resolve(result);
  });
  /** @type {(errand: Order["errand"], ...given: unknown[]) => Promise<any>} */
  const send = (errand, ...given) =>
    new Promise((resolve, reject) => {
      orders += 1;
      waiting.set(orders, { resolve, reject });
      worker.postMessage({ number: orders, errand, given });
    });
  try {
    await send('load', { ...file, src: file.src && new URL(file.src, document.baseURI).href });
  } catch (cause) {
    worker.terminate();
    throw cause;
  }
  return send;
}
