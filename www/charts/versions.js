// @ts-check
/** @import { Edition } from "../pkg/trial_prescreen.js" */
/** @import { Book } from "./book.js" */

/** A version of a trial, by what it says of itself. @typedef {Pick<Edition, "document" | "protocol" | "amendment" | "digest">} Version */
/**
 * What a log says of the version that is open.
 * @typedef {object} Said
 * @property {string} site
 * @property {string} on  the day that is asked about
 * @property {boolean} known  it has the version that is open
 * @property {Version | undefined} applies  the one that applies at the site on the day; none where that is not known to the day
 * @property {string | undefined} from  since when; none from the beginning
 */
/** The version of a trial that is open, and what its log says of it, where there is one. @typedef {{ version: Version, log: Said | undefined }} Force */

/** @param {Edition} edition @returns {Version} */
export function versionOf({ document, protocol, amendment, digest }) {
  return { document, protocol, amendment, digest };
}

/**
 * Which version of a trial a log has in force at its site on a day, and whether it knows the one that is open.
 * @param {typeof import("../pkg/trial_prescreen.js")} engine
 * @param {Book} book
 * @param {string} digest of the version that is open
 * @param {string} on
 * @returns {Said}
 */
export function inForce(engine, { versions, header: { site } }, digest, on) {
  const found = engine.versionInForce(versions.map(({ effectiveFrom }) => ({ effectiveFrom })), site, on);
  const { version, effectiveFrom } = (found && typeof found === 'object' && 'version' in found && versions[found.version]) || { version: undefined, effectiveFrom: undefined };
  return { site, on, known: versions.some(({ version }) => version.digest === digest), applies: version, from: effectiveFrom };
}

/** Whether anybody may be judged by the version that is open: one that the log knows must be the one that applies. @param {Force} force */
export function judges({ version, log }) {
  return !log?.known || log.applies?.digest === version.digest;
}
