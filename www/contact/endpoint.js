// @ts-check
import { isOfThisSite } from '../element/surroundings.js';

const PATIENCE = 30_000;

/** @typedef {{ address?: URL, refused?: string }} Endpoint  where messages go: an address of this site, or one that is refused, or none */

/**
 * @param {string} given as the site sets it; empty where it sets none
 * @returns {Endpoint}
 */
export function endpointAt(given) {
  if (given === '') return {};
  const address = URL.canParse(given, document.baseURI) ? new URL(given, document.baseURI) : undefined;
  const ours = address && isOfThisSite(address.href) && address.protocol === location.protocol && !address.username && !address.password;
  return ours ? { address } : { refused: address?.host || given };
}

/**
 * Sends a text as it is, without cookies, and to no other place that an answer may name.
 * @param {URL} address
 * @param {string} body
 * @returns {Promise<boolean>} whether it arrived
 */
export async function send(address, body) {
  try {
    const response = await fetch(address, {
      method: 'POST', body, headers: { 'content-type': 'application/json' },
      mode: 'same-origin', credentials: 'omit', redirect: 'error', referrerPolicy: 'no-referrer', cache: 'no-store',
      signal: AbortSignal.timeout(PATIENCE),
    });
    return response.ok;
  } catch {
    return false;
  }
}
