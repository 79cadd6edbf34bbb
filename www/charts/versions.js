// @ts-check
/** @import { Book } from "./book.js" */

/**
 * Whether a log knows the version of the trial that is open, and whether it is the one that applies at the site on a day.
 * @param {typeof import("../pkg/trial_prescreen.js")} engine
 * @param {Book} book
 * @param {string} digest of the version that is open
 * @param {string} on
 * @returns {{ known: boolean, applies: boolean }}
 */
export function inForce(engine, book, digest, on) {
  const { versions, header } = book;
  const found = engine.versionInForce(versions.map(({ effectiveFrom }) => ({ effectiveFrom })), header.site, on);
  const at = found && typeof found === 'object' && 'version' in found ? found.version : undefined;
  return { known: versions.some((one) => one.digest === digest), applies: at !== undefined && versions[at].digest === digest };
}
