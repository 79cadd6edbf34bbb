// @ts-check
/** @import { Delivery, Order } from "./hire.js" */

import { Desk } from './desk.js';
import { Problem, engine } from './engine.js';

/** @type {Desk | undefined} */
let desk;

addEventListener('message', async (/** @type {MessageEvent<Order>} */ { data: { number, errand, given } }) => {
  /** @type {Delivery} */
  let delivery;
  try {
    delivery = { number, result: await done(errand, given) };
  } catch (cause) {
    delivery = { number, problem: cause instanceof Problem ? cause.kind : 'failure' };
  }
  postMessage(delivery);
});

/**
 * @param {Order["errand"]} errand
 * @param {any[]} given
 */
async function done(errand, given) {
  if (errand === 'load') {
    desk = new Desk(await engine(given[0]));
    return undefined;
  }
  if (!desk) throw new Problem('engine');
  return /** @type {Record<string, (...given: unknown[]) => unknown>} */ (/** @type {unknown} */ (desk))[errand](...given);
}
