// @ts-check
/** @import { Errands } from "../sealing.js" */

import { place } from '../place.js';
import { scriptURL } from '../trusted.js';

/**
 * Sends an errand to a worker that does this one and ends.
 * @template {keyof Errands} Name
 * @param {Name} errand
 * @param {Parameters<Errands[Name]>[0]} given
 * @returns {Promise<ReturnType<Errands[Name]>>}
 */
export async function sealer(errand, given) {
  const address = /** @type {string} */ (/** @type {unknown} */ (scriptURL(place('sealing.js'))));
  const worker = new Worker(address, { type: 'module' });
  try {
    return await new Promise((resolve, reject) => {
      worker.addEventListener('error', reject);
      worker.addEventListener('messageerror', reject);
      worker.addEventListener('message', ({ data }) => (data.failed ? reject(new Error(errand)) : resolve(data.result)));
      worker.postMessage({ errand, given });
    });
  } finally {
    worker.terminate();
  }
}
