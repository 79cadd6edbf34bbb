// @ts-check

/** Nothing sealed is longer, in bytes. */
export const LONGEST_SEALED = 64 * 1024;

/**
 * Whether a text looks like a sealed check, of this version or a later one.
 * @param {string} text
 */
export function isSealed(text) {
  return /^tp\d+\./.test(text);
}
