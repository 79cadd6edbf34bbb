// @ts-check

/** Colours that stand on each other, and the contrast WCAG 2.2 asks for: 1.4.3 for text, 1.4.11 for outlines. */
const PAIRS = /** @type {const} */ ([
  ['text', 'background', 4.5], ['text', 'soft', 4.5], ['muted', 'background', 4.5], ['muted', 'soft', 4.5],
  ['accent', 'background', 4.5], ['accent', 'soft', 4.5], ['on-accent', 'accent', 4.5], ['alert', 'background', 4.5],
  ['line', 'background', 3], ['focus', 'background', 3],
]);

/**
 * Tells those who work on the page which of its colours cannot be read on each other.
 * @param {HTMLElement} root the inside of the element
 */
export function warnOfContrast(root) {
  for (const [one, other, least] of PAIRS) {
    const ratio = contrast(pixel(root, one), pixel(root, other));
    if (ratio < least) {
      console.warn(`trial-prescreen: --prescreen-${one} on --prescreen-${other} has a contrast of ${ratio.toFixed(2)}:1; it needs ${least}:1`);
    }
  }
}

/**
 * A colour as it comes out on the screen.
 * @param {HTMLElement} root
 * @param {string} name
 */
function pixel(root, name) {
  const probe = document.createElement('span');
  probe.style.color = `var(--_${name})`;
  root.append(probe);
  const canvas = new OffscreenCanvas(1, 1).getContext('2d');
  if (!canvas) return [0, 0, 0];
  canvas.fillStyle = getComputedStyle(probe).color;
  probe.remove();
  canvas.fillRect(0, 0, 1, 1);
  return [...canvas.getImageData(0, 0, 1, 1).data.slice(0, 3)];
}

/**
 * @param {number[]} one
 * @param {number[]} other
 */
function contrast(one, other) {
  const [dark, light] = [luminance(one), luminance(other)].sort((a, b) => a - b);
  return (light + 0.05) / (dark + 0.05);
}

/** @param {number[]} rgb */
function luminance(rgb) {
  const [red, green, blue] = rgb.map((byte) => (byte <= 10 ? byte / 255 / 12.92 : ((byte / 255 + 0.055) / 1.055) ** 2.4));
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}
