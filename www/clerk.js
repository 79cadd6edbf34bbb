// @ts-check
/** @import { Errand, Order } from "./charts/hire.js" */

import { Clerk } from './charts/clerk.js';
import { Room } from './charts/room.js';
import { Scribe } from './charts/scribe.js';
import * as seal from './pkg/seal.js';
import * as engine from './pkg/trial_prescreen.js';
import { place } from './place.js';

// both come with the page: nothing is asked for once records are there
const loaded = [engine.default({ module_or_path: place('pkg/trial_prescreen_bg.wasm') }), seal.default({ module_or_path: place('pkg/seal_bg.wasm') })];
const ready = Promise.all(loaded).then(() => {
  const room = new Room(engine, seal);
  return { room, clerk: new Clerk(room), scribe: new Scribe(room) };
});

addEventListener('message', async (/** @type {MessageEvent<Order>} */ { data: { number, errand, given, asOf } }) => {
  const tell = (/** @type {unknown} */ progress) => postMessage({ number, progress });
  try {
    const { room, clerk, scribe } = await ready;
    room.asOf = asOf;
    const own = /** @type {Record<Errand, (given: any, tell: (progress: unknown) => void) => unknown>} */ (/** @type {unknown} */ (errand in clerk ? clerk : scribe));
    postMessage({ number, result: await own[errand](given, tell) });
  } catch {
    postMessage({ number, failed: true });
  }
});
