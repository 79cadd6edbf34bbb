// @ts-check
/** @import { Taken } from "./files.js" */

/** No card is larger, nor what is packed in it. */
const LIMITS = { file: 1024 * 1024, payload: 5 * 1024 * 1024 };

/** @typedef {{ kid: string, kty: string, crv: string, x: string, y: string }} Key */
/** @typedef {{ name: string, tokens: string[] }} Cards  signed texts, as they stand in a file */

/** The keys of issuers, and the cards they took back, as files say them. Nothing is asked of anyone. */
export class Issuers {
  /** @type {Map<string, Key>} */
  #keys = new Map();
  /** @type {Map<string, Set<string>>} */
  #revoked = new Map();

  /** @param {any} said @returns {Promise<boolean>} whether it was a list of keys or of cards taken back */
  async learn(said) {
    if (Array.isArray(said?.keys)) {
      for (const key of said.keys.slice(0, 100)) {
        // a key goes by its own digest, so that nobody can give another one under its name
        if (key?.kty === 'EC' && key.crv === 'P-256' && key.kid === (await thumbprint(key))) this.#keys.set(key.kid, key);
      }
      return true;
    }
    if (Array.isArray(said?.rids) && typeof said.kid === 'string') {
      const rids = this.#revoked.get(said.kid) ?? new Set();
      for (const rid of said.rids) rids.add(String(rid));
      this.#revoked.set(said.kid, rids);
      return true;
    }
    return false;
  }

  /** @param {string} kid */
  key(kid) {
    return this.#keys.get(kid);
  }

  /** It was taken back, if before a moment then before this one. @param {string} kid @param {string} rid @param {number} issued in seconds */
  revoked(kid, rid, issued) {
    return [...(this.#revoked.get(kid) ?? [])].some((said) => {
      const [id, before] = said.split('.');
      return id === rid && (before === undefined || issued < Number(before));
    });
  }
}

/**
 * The cards in a file; what it says of issuers is learned. Nothing where it is neither.
 * @param {string} name
 * @param {Uint8Array} bytes
 * @param {Issuers} issuers
 * @returns {Promise<Cards | "learned" | undefined>}
 */
export async function cards(name, bytes, issuers) {
  if (bytes.byteLength > LIMITS.file) return undefined;
  const text = new TextDecoder().decode(bytes).trim();
  if (text.startsWith('shc:/')) return { name, tokens: [...digits(text)] };
  if (!/"(verifiableCredential|keys|rids)"\s*:\s*\[/.test(text) || text.includes('"resourceType"')) return undefined;
  try {
    const said = JSON.parse(text);
    if (Array.isArray(said?.verifiableCredential)) return { name, tokens: said.verifiableCredential.map(String) };
    return (await issuers.learn(said)) ? 'learned' : undefined;
  } catch {
    return undefined;
  }
}

/** The signed texts behind digits, a pair for each character; a text may be cut into parts, `shc:/2/3/…`. @param {string} text */
function* digits(text) {
  /** @type {string[]} */
  let parts = [];
  for (const [, part, of, digits] of text.matchAll(/shc:\/(?:(\d+)\/(\d+)\/)?(\d+)/g)) {
    const said = (digits.match(/\d\d/g) ?? []).map((pair) => String.fromCharCode(Number(pair) + 45)).join('');
    if (part === undefined) yield said;
    else {
      parts[Number(part) - 1] = said;
      if (parts.filter(Boolean).length === Number(of)) {
        yield parts.join('');
        parts = [];
      }
    }
  }
  if (parts.length > 0) yield '';
}

/**
 * What a signed text holds: a bundle, and a word where its signature was not checked; or only why not.
 * @param {string} name
 * @param {string} token
 * @param {Issuers} issuers
 * @returns {Promise<Taken>}
 */
export async function unsealed(name, token, issuers) {
  try {
    const [head, body, signature] = token.split('.');
    const { alg, kid, zip } = JSON.parse(new TextDecoder().decode(base64(head)));
    const packed = base64(body);
    const payload = JSON.parse(new TextDecoder().decode(zip === 'DEF' ? await inflated(packed) : packed));
    const bundle = payload.vc.credentialSubject.fhirBundle;
    const card = `${name} › ${payload.iss}`;
    if (alg !== 'ES256' || typeof bundle !== 'object') return { name: card, problem: 'card-broken' };
    const key = issuers.key(kid);
    if (key && !(await signed(key, `${head}.${body}`, base64(signature)))) return { name: card, problem: 'signature-wrong' };
    if (payload.vc.rid !== undefined && issuers.revoked(kid, String(payload.vc.rid), Number(payload.nbf))) return { name: card, problem: 'revoked' };
    const bytes = new TextEncoder().encode(JSON.stringify(bundle));
    return key ? { name: card, bytes } : { name: card, bytes, problem: 'signature-not-checked' };
  } catch {
    return { name, problem: 'card-broken' };
  }
}

/** @param {Key} key @param {string} text @param {Uint8Array<ArrayBuffer>} signature */
async function signed({ kty, crv, x, y }, text, signature) {
  const key = await crypto.subtle.importKey('jwk', { kty, crv, x, y }, { name: 'ECDSA', namedCurve: 'P-256' }, false, ['verify']);
  return crypto.subtle.verify({ name: 'ECDSA', hash: 'SHA-256' }, key, signature, new TextEncoder().encode(text));
}

/** The name of a key, as RFC 7638 makes it of the key itself. @param {Key} key */
async function thumbprint({ crv, kty, x, y }) {
  const digest = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(JSON.stringify({ crv, kty, x, y })));
  return btoa(String.fromCharCode(...new Uint8Array(digest))).replaceAll('+', '-').replaceAll('/', '_').replace(/=+$/, '');
}

/** @param {string} text @returns {Uint8Array<ArrayBuffer>} */
function base64(text) {
  return Uint8Array.from(atob(text.replaceAll('-', '+').replaceAll('_', '/')), (c) => c.charCodeAt(0));
}

/** Unpacked, and no further than a card may be long. @param {Uint8Array<ArrayBuffer>} packed */
async function inflated(packed) {
  const reader = new Blob([packed]).stream().pipeThrough(new DecompressionStream('deflate-raw')).getReader();
  /** @type {Uint8Array<ArrayBuffer>[]} */
  const chunks = [];
  let size = 0;
  for (;;) {
    const { done, value } = await reader.read();
    if (done) return new Uint8Array(await new Blob(chunks).arrayBuffer());
    size += value.byteLength;
    if (size > LIMITS.payload) {
      void reader.cancel();
      throw new Error('too large');
    }
    chunks.push(value);
  }
}
