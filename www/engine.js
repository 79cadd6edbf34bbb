// @ts-check
/** @import { Diagnostic, Trial } from "./pkg/check.js" */

/** @typedef {typeof import("./pkg/check.js")} Engine */

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

/** The engine, loaded once for all elements of a page. */
export function engine() {
  loading ??= load().catch((error) => {
    loading = undefined;
    throw error;
  });
  return loading;
}

/**
 * An engine that the page has loaded already, for all elements in it.
 * @param {Engine} loaded
 */
export function provide(loaded) {
  loading = Promise.resolve(loaded);
}

async function load() {
  if (typeof WebAssembly !== 'object') throw new Problem('browser');
  try {
    const loaded = await import('./pkg/check.js');
    await loaded.default({ module_or_path: new URL('./pkg/check_bg.wasm', import.meta.url) });
    return loaded;
  } catch (cause) {
    throw new Problem(cause instanceof WebAssembly.CompileError ? 'browser' : 'engine');
  }
}

/**
 * The bytes at an address.
 * @param {string} address
 */
export async function fetched(address) {
  try {
    const response = await fetch(address);
    if (!response.ok) throw new Error(response.statusText);
    return new Uint8Array(await response.arrayBuffer());
  } catch {
    throw new Problem('trial');
  }
}

/**
 * The trial in a file, and what is worth saying about it.
 * @param {Engine} loaded
 * @param {Uint8Array} bytes
 * @returns {{ trial: Trial, diagnostics: Diagnostic[], text: string }}
 */
export function read(loaded, bytes) {
  const { trial, diagnostics } = loaded.readTrial(bytes);
  const text = diagnostics.some((diagnostic) => diagnostic.span) ? new TextDecoder().decode(bytes) : '';
  if (!trial) throw new Problem('document', diagnostics, text);
  return { trial, diagnostics, text };
}
