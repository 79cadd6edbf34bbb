// @ts-check
/** @import { ElementSettings } from "../element/element-settings.js" */

import { engineOf, laterScreens } from '../element/loading.js';
import { isOfThisSite } from '../element/surroundings.js';
import { Problem, fetched } from '../engine.js';
import { around, start } from './screens.js';
import { Several } from './several.js';

/**
 * Several trials of this site, asked about as if they were one.
 * @param {ElementSettings} settings
 * @param {string[]} addresses
 */
export async function openSeveral(settings, addresses) {
  if (settings.integrity || !addresses.every(isOfThisSite)) throw new Problem('trial');
  const [engine, files, later] = await Promise.all([engineOf(settings), Promise.all(addresses.map((address) => fetched(address))), laterScreens()]);
  const opened = [];
  for (const bytes of files) opened.push((await engine.open(bytes)).trial);
  return { trial: new Several(opened, start), later: around(later), version: engine.version, complete: engine.complete() };
}
