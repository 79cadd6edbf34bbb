// @ts-check
/** @import { Locale } from "../pkg/check.js" */

/** The fields of the form, and what browsers know them by. */
export const FIELDS = /** @type {const} */ ({
  given: 'given-name', family: 'family-name', email: 'email', phone: 'tel', language: 'language',
});

/** @typedef {keyof typeof FIELDS} Field */
/** @typedef {"reach" | "email" | "phone"} Fault */

/**
 * The fields as a language orders them.
 * @param {Locale} locale
 * @returns {Field[]}
 */
export function order(locale) {
  return locale === 'zh-CN' ? ['family', 'given', 'email', 'phone', 'language'] : ['given', 'family', 'email', 'phone', 'language'];
}

/**
 * What was typed, on one line each and without signs that nobody sees.
 * @param {FormData} draft
 * @returns {Record<Field, string>}
 */
export function entered(draft) {
  const fields = /** @type {Field[]} */ (Object.keys(FIELDS));
  return /** @type {Record<Field, string>} */ (Object.fromEntries(fields.map((field) => [field, plain(String(draft.get(field) ?? ''))])));
}

/**
 * What keeps the message from being of use, by field.
 * @param {Record<Field, string>} entered
 * @returns {Map<Field, Fault>}
 */
export function faults({ email, phone }) {
  /** @type {Map<Field, Fault>} */
  const found = new Map();
  if (email === '' && phone === '') found.set('email', 'reach');
  if (email !== '' && !/^[^\s@]+@[^\s@]+\.[^\s@.]+$/.test(email)) found.set('email', 'email');
  if (phone !== '' && (phone.normalize('NFKC').match(/\d/g) ?? []).length < 5) found.set('phone', 'phone');
  return found;
}

/**
 * Text as it is seen: no controls, and nothing that turns its direction around.
 * @param {string} text
 */
export function plain(text) {
  return text.replace(/[\p{Cc}\p{Zl}\p{Zp}\u061C\u200B\u200E\u200F\u202A-\u202E\u2060\u2066-\u2069\uFEFF]+/gu, ' ').trim();
}
