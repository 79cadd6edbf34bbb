// @ts-check
/** @import { TrialDocument } from "../pkg/check.js" */
/** @import { ElementSettings } from "./element-settings.js" */

import { LATER, WASM } from '../engine.js';
import { watchKept } from '../offline.js';
import { place } from '../place.js';

/**
 * Looks whether the service worker of the page around, whoever it is of, keeps what this check needs to open.
 * @param {ElementSettings} settings
 * @param {TrialDocument | string | null} given
 * @param {() => void} kept told where it does
 * @param {() => void} newer told when it has something newer
 */
export function watchRelease({ src, worker, engineSrc }, given, kept, newer) {
  const engine = new URL(engineSrc || WASM, document.baseURI);
  const files = [location.href, engine.href, new URL(LATER, engine).href, worker && place('worker.js').href, ...(given ? [] : src.trim().split(/\s+/))];
  return watchKept(files.filter((file) => file !== false), kept, newer);
}
