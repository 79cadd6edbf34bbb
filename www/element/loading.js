// @ts-check
/** @import { TrialDocument } from "../pkg/check.js" */
/** @import { ElementSettings } from "./element-settings.js" */

import { connect } from '../connect.js';
import { Problem, fetched } from '../engine.js';
import { isOfThisSite } from './surroundings.js';

/** The engine that these settings name. @param {ElementSettings} settings */
export function engineOf({ worker, engineSrc, engineIntegrity }) {
  return connect({ worker, ...(engineSrc && { src: engineSrc }), ...(engineIntegrity && { integrity: engineIntegrity }) });
}

/**
 * The trial that these settings name, or the one that is given, opened by their engine, and all screens for it.
 * @param {ElementSettings} settings
 * @param {TrialDocument | string | null} given
 */
export async function openTrial(settings, given) {
  const addresses = given ? [] : settings.src.trim().split(/\s+/);
  if (addresses.length > 1) {
    const { openSeveral } = await import('../several/open.js').catch(() => { throw new Problem('engine'); });
    return openSeveral(settings, addresses);
  }
  const [engine, bytes, later] = await Promise.all([engineOf(settings), given ? written(given) : asked(settings), laterScreens()]);
  const { trial } = await engine.open(bytes);
  return { trial, later, version: engine.version };
}

/** The screens that nobody sees before the engine is there. */
export function laterScreens() {
  return import('../screens/later.js').catch(() => { throw new Problem('engine'); });
}

/** @param {TrialDocument | string} given */
function written(given) {
  return new TextEncoder().encode(typeof given === 'string' ? given : JSON.stringify(given));
}

/** @param {ElementSettings} settings */
function asked({ src, integrity }) {
  if (!integrity && !isOfThisSite(src)) throw new Problem('trial');
  return fetched(src, integrity);
}
