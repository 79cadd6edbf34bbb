// @ts-check
/** @import { Squares } from "../sealing.js" */

/** Light squares around a code, which readers need. */
const QUIET = 4;
const SPACE = 'http://www.w3.org/2000/svg';

/**
 * A QR code, dark on light whatever the theme is.
 * @param {Squares} squares
 * @param {string} label
 */
export function drawn({ side, dark }, label) {
  const rows = Array.from({ length: side }, (_, y) => runs(dark.subarray(y * side, (y + 1) * side)).map(([x, width]) => `M${x + QUIET} ${y + QUIET}h${width}v1h-${width}z`));
  const whole = side + 2 * QUIET;
  const svg = drawing('svg', { viewBox: `0 0 ${whole} ${whole}`, width: whole * 4, height: whole * 4, role: 'img', 'aria-label': label, class: 'qr', 'shape-rendering': 'crispEdges' });
  svg.append(drawing('rect', { width: whole, height: whole, fill: '#fff' }), drawing('path', { d: rows.flat().join(''), fill: '#000' }));
  return svg;
}

/**
 * Where dark squares stand side by side, and how many.
 * @param {Uint8Array} row
 */
function runs(row) {
  /** @type {[number, number][]} */
  const found = [];
  row.forEach((dark, x) => {
    const last = found.at(-1);
    if (dark && last && last[0] + last[1] === x) last[1] += 1;
    else if (dark) found.push([x, 1]);
  });
  return found;
}

/**
 * @param {string} name
 * @param {Record<string, string | number>} settings
 */
function drawing(name, settings) {
  const element = document.createElementNS(SPACE, name);
  for (const [key, value] of Object.entries(settings)) element.setAttribute(key, String(value));
  return element;
}
