// @ts-check
/** @import { Diagnostic } from "./pkg/check.js" */

/** @typedef {Omit<typeof check, "complete"> & Partial<Pick<typeof check, "complete">>} Engine  one of a single file is complete from the start */
/** @typedef {{ src?: string, integrity?: string }} EngineFile  the address of the WebAssembly, and its digest as in `integrity` of a script */

import * as check from './pkg/check.js';
import { place } from './place.js';

/** The address of the WebAssembly beside this module. */
export const WASM = place('pkg/check_bg.wasm').href;

/** The file beside the WebAssembly that has the rest of it. */
export const LATER = 'check_later.wasm';

/** Why the check cannot run, and what the engine said about the file. */
export class Problem extends Error {
  /**
   * @param {"engine" | "browser" | "trial" | "document" | "failure"} kind
   * @param {Diagnostic[]} [diagnostics]
   * @param {string} [text] the file, where there is one
   */
  constructor(kind, diagnostics = [], text = '') {
    super(kind);
    this.kind = kind;
    this.diagnostics = diagnostics;
    this.text = text;
  }
}

/** @type {Promise<Engine> | undefined} */
let loading;
let chosen = '';

/**
 * The engine, loaded once for all of a page. Who asks for another file than the one that is there is refused.
 * @param {EngineFile} [file] ours where it is left out
 * @returns {Promise<Engine>}
 */
export function engine(file = {}) {
  const wanted = `${file.src ?? ''} ${file.integrity ?? ''}`.trim();
  if (loading && wanted && wanted !== chosen) return Promise.reject(new Problem('engine'));
  if (!loading) {
    chosen = wanted;
    loading = load(file).catch((error) => {
      loading = undefined;
      throw error;
    });
  }
  return loading;
}

/**
 * An engine that the page has loaded already, for all elements in it.
 * @param {Engine} loaded
 */
export function provide(loaded) {
  loading = Promise.resolve(loaded);
}

/** @param {EngineFile} file */
async function load({ src, integrity }) {
  if (typeof WebAssembly !== 'object') throw new Problem('browser');
  try {
    const response = await fetch(src ?? WASM, integrity ? { integrity } : {});
    await check.default({ module_or_path: response });
    // who asks for more than the first question waits for it, and is told
    check.complete(new URL(LATER, response.url)).catch(() => {});
    return check;
  } catch (cause) {
    throw new Problem(cause instanceof WebAssembly.CompileError ? 'browser' : 'engine');
  }
}

/**
 * The bytes at an address.
 * @param {string} address
 * @param {string} [integrity] their digest: others are none
 */
export async function fetched(address, integrity = '') {
  try {
    const response = await fetch(address, integrity ? { integrity } : {});
    if (!response.ok) throw new Error(response.statusText);
    return new Uint8Array(await response.arrayBuffer());
  } catch {
    throw new Problem('trial');
  }
}
