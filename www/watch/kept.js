// @ts-check
/** @import { Locale } from "../pkg/check.js" */

export const NAME = 'trial-prescreen-watch';

/**
 * What a page says about news, where somebody asked on this device to be told of any. Without that nothing is loaded.
 * @returns {Promise<((locale: Locale) => (Node | string)[]) | undefined>}
 */
export async function news() {
  try {
    const databases = await indexedDB.databases();
    if (!databases.some(({ name }) => name === NAME)) return undefined;
    return await (await import('./news.js')).news();
  } catch {
    // a browser that keeps nothing, or no network: nothing is said
    return undefined;
  }
}
