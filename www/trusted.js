// @ts-check

/** @typedef {{ createScriptURL(address: string): { toString(): string } }} Policy */
/** @typedef {{ createPolicy(name: string, rules: { createScriptURL(address: string): string }): Policy }} Policies */

/** @type {Policy | undefined} */
let policy;

/**
 * The address of a script of our own, as pages take it that allow only trusted ones.
 * @param {URL} address
 */
export function scriptURL(address) {
  policy ??= made();
  return policy.createScriptURL(address.href);
}

/** The only policy there is. It lets nothing through but files from where this one is. */
function made() {
  const rules = { createScriptURL: ours };
  const { trustedTypes } = /** @type {{ trustedTypes?: Policies }} */ (/** @type {unknown} */ (globalThis));
  return trustedTypes ? trustedTypes.createPolicy('trial-prescreen', rules) : rules;
}

/** @param {string} address */
function ours(address) {
  if (new URL(address).origin !== new URL(import.meta.url).origin) throw new TypeError(`${address} is not a script of the check`);
  return address;
}
