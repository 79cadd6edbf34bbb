// @ts-check

/** @typedef {{ north: number, east: number }} Point  in degrees */

const EARTH = 6371.0088; // mean radius in km, IUGG

/**
 * The way between two points along a great circle, in km.
 * @param {Point} from
 * @param {Point} to
 */
export function distance(from, to) {
  const [a, b, c, d] = [from.north, from.east, to.north, to.east].map((degrees) => (degrees * Math.PI) / 180);
  const half = Math.sin((c - a) / 2) ** 2 + Math.cos(a) * Math.cos(c) * Math.sin((d - b) / 2) ** 2;
  return 2 * EARTH * Math.asin(Math.min(1, Math.sqrt(half)));
}

/**
 * Where a site lies; nothing where the document does not say, or says what is no place on earth.
 * @param {unknown} coordinates degrees north and degrees east, as decimals in text
 * @returns {Point | undefined}
 */
export function pointOf(coordinates) {
  if (!Array.isArray(coordinates) || coordinates.length !== 2) return undefined;
  const [north, east] = coordinates.map((text) => (/^[-+]?\d+(\.\d+)?$/.test(String(text)) ? Number(text) : NaN));
  return Math.abs(north) <= 90 && Math.abs(east) <= 180 ? { north, east } : undefined;
}
