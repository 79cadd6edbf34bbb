// @ts-check
/** @import { DateText } from "./pkg/check.js" */

/** @param {number} number @param {number} [width] */
const padded = (number, width = 2) => String(number).padStart(width, '0');

/**
 * Now, to the minute, with the offset of this place.
 * @returns {DateText}
 */
export function now() {
  const date = new Date();
  const offset = -date.getTimezoneOffset();
  return new Date(date.getTime() + offset * 60_000).toISOString().slice(0, 16) + offsetText(offset);
}

/**
 * The day that lies so many days before a moment.
 * @param {DateText} moment
 * @param {number} days
 */
export function dayBefore(moment, days) {
  const day = new Date(`${moment.slice(0, 10)}T00:00:00Z`);
  day.setUTCDate(day.getUTCDate() - days);
  return { year: padded(day.getUTCFullYear(), 4), month: String(day.getUTCMonth() + 1), day: String(day.getUTCDate()) };
}

/**
 * The offsets that clocks here can have shown at a local time: two where a clock change makes it doubtful.
 * A time that is not one has the offset of now; that it is none is the engine's to say.
 * @param {{ year: string, month: string, day: string, hour: string, minute: string }} local
 * @returns {string[]}
 */
export function offsets(local) {
  const [year, month, day, hour, minute] = [local.year, local.month, local.day, local.hour, local.minute].map(whole);
  const written = Date.UTC(year, month - 1, day, hour, minute);
  if (Number.isNaN(written)) return [offsetText(-new Date().getTimezoneOffset())];
  const around = [-24, 24].map((hours) => -new Date(written + hours * 3_600_000).getTimezoneOffset());
  const candidates = [...new Set(around)];
  const real = candidates.filter((offset) => -new Date(written - offset * 60_000).getTimezoneOffset() === offset);
  return (real.length > 0 ? real : candidates).map(offsetText);
}

/** The name of this place's time zone. */
export function zone() {
  return new Intl.DateTimeFormat().resolvedOptions().timeZone ?? '';
}

/** @param {string} text digits, or the English name of a month */
function whole(text) {
  const plain = text.normalize('NFKC').trim().replace(/[年月日号]$/, '');
  const named = /^[a-z]{3}/i.test(plain) ? 'janfebmaraprmayjunjulaugsepoctnovdec'.indexOf(plain.slice(0, 3).toLowerCase()) : -1;
  return /^\d+$/.test(plain) ? Number(plain) : named >= 0 ? named / 3 + 1 : Number.NaN;
}

/** @param {number} minutes */
function offsetText(minutes) {
  const size = Math.abs(minutes);
  return `${minutes < 0 ? '-' : '+'}${padded(Math.floor(size / 60))}:${padded(size % 60)}`;
}
