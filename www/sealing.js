// @ts-check
// Locks and opens what is shared, in a thread and a memory of its own, which end with the errand.
/** @import { Content, Unopened } from "./pkg/seal.js" */

import * as seal from './pkg/seal.js';
import { place } from './place.js';

/** @typedef {{ content: Content, address?: string, code?: string }} Lock  `code` is made where there is none */
/** @typedef {{ code: string, sealed: string, squares?: Squares }} Locked  squares of a QR code for the address and what is sealed */
/** @typedef {{ side: number, dark: Uint8Array }} Squares */
/** @typedef {{ content: Content } | { problem: Unopened }} Opened */

const errands = {
  /**
   * Nothing comes where the content is larger than its bounds.
   * @param {Lock} given
   * @returns {Locked | undefined}
   */
  lock({ content, address, code = seal.newCode(random(10)) ?? '' }) {
    const sealed = seal.seal(content, code, random(16));
    return sealed === undefined ? undefined : { code, sealed, squares: address === undefined ? undefined : seal.squares(`${address}#${sealed}`) };
  },

  /**
   * @param {{ sealed: string, code: string }} given
   * @returns {Opened}
   */
  open: ({ sealed, code }) => seal.open(sealed, code),
};

/** @typedef {typeof errands} Errands */

addEventListener('message', async (/** @type {MessageEvent<{ errand: keyof Errands, given: any }>} */ { data: { errand, given } }) => {
  try {
    await seal.default({ module_or_path: place('pkg/seal_bg.wasm') });
    postMessage({ result: errands[errand](given) });
  } catch {
    postMessage({ failed: true });
  }
});

/** @param {number} length */
function random(length) {
  return crypto.getRandomValues(new Uint8Array(length));
}
