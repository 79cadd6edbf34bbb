// @ts-check
/** @import { TrialDocument } from "../pkg/check.js" */
/** @import { AnyTrial } from "../connect.js" */
/** @import { Later } from "./conversation.js" */
/** @import { ElementSettings } from "./element-settings.js" */

import { connect } from '../connect.js';
import { Problem, fetched } from '../engine.js';
import { isOfThisSite } from './surroundings.js';

/** What is longer is shown once the engine has read it. */
const LONGEST_SHOWN = 2 ** 20;

/** The engine that these settings name. @param {ElementSettings} settings */
export function engineOf({ worker, engineSrc, engineIntegrity }) {
  return connect({ worker, ...(engineSrc && { src: engineSrc }), ...(engineIntegrity && { integrity: engineIntegrity }) });
}

/** @typedef {{ trial: AnyTrial, later: Later, version: string, complete: Promise<void> }} Whole  complete: once nothing is on its way any more */

/**
 * The trial that these settings name, or the one that is given. Its document is there first, for what can be shown of
 * it; opened by their engine, and with all screens for it, it is whole.
 * @param {ElementSettings} settings
 * @param {TrialDocument | string | null} given
 * @returns {Promise<{ study?: TrialDocument, whole: Promise<Whole> }>}
 */
export async function openTrial(settings, given) {
  const addresses = given ? [] : settings.src.trim().split(/\s+/);
  if (addresses.length > 1) {
    const { openSeveral } = await import('../several/open.js').catch(() => { throw new Problem('engine'); });
    return { whole: openSeveral(settings, addresses) };
  }
  const coming = engineOf(settings);
  coming.catch(() => {});
  const bytes = given ? written(given) : await asked(settings);
  const whole = Promise.all([coming, shown().then(laterScreens)]).then(async ([engine, later]) => ({ trial: (await engine.open(bytes)).trial, later, version: engine.version, complete: engine.complete() }));
  whole.catch(() => {});
  return { study: documentIn(bytes), whole };
}

/**
 * What a file says, where it looks like a trial document; whether it is one, the engine decides.
 * @param {Uint8Array} bytes
 * @returns {TrialDocument | undefined}
 */
function documentIn(bytes) {
  if (bytes.length > LONGEST_SHOWN) return undefined;
  try {
    const found = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
    return found.format === 'trial-prescreen/1' ? found : undefined;
  } catch {
    return undefined;
  }
}

/** What is shown before the engine is there, and who presses on at once, come before what is needed later. */
function shown() {
  return new Promise((resolve) => setTimeout(resolve, 150));
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
