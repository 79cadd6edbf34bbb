// Contrast as it comes out on the screen, by pixels: of every text on what is behind it (WCAG 1.4.3) and of every field's
// outline on what is around it (1.4.11). What style sheets say is not looked at, so it holds in forced colours too.

/** Where texts and fields stand. It is sent as text, so it uses nothing from outside. */
function placed() {
  const inside = [document, ...[...document.querySelectorAll('*')].flatMap(({ shadowRoot }) => shadowRoot ?? [])];
  const all = inside.flatMap((root) => [...root.querySelectorAll('*')]).filter((one) => one.checkVisibility({ visibilityProperty: true, opacityProperty: true }) && !one.closest('.spoken, [aria-disabled], option, .skip, svg, style, noscript'));
  const place = ({ left, top, width, height }) => ({ x: left + scrollX, y: top + scrollY, width, height });
  const texts = all.filter((one) => [...one.childNodes].some((node) => node.nodeType === 3 && node.data.trim())).map((one) => {
    const { fontSize, fontWeight } = getComputedStyle(one);
    const large = parseFloat(fontSize) >= (Number(fontWeight) >= 700 ? 18.66 : 24);
    const range = document.createRange();
    range.selectNodeContents(one);
    return { ...place(range.getBoundingClientRect()), what: one.textContent.trim().slice(0, 40), least: large ? 3 : 4.5 };
  });
  const fields = all.filter((one) => one.matches('input:not([type="hidden"], [type="file"]), select, textarea')).map((one) => ({ ...place(one.getBoundingClientRect()), what: `${one.localName} ${one.name || one.id}`, least: 3, field: true }));
  return [...texts, ...fields].filter(({ width, height }) => width > 4 && height > 4);
}

/** @returns what is too faint on the page as it stands, and what does not fit its width */
export async function faint(page, name) {
  let boxes;
  let picture;
  // what moved while the picture was taken is looked at again
  do {
    boxes = await page.evaluate(placed);
    picture = (await page.screenshot({ fullPage: true, caret: 'initial' })).toString('base64');
  } while (JSON.stringify(boxes) !== JSON.stringify(await page.evaluate(placed)));
  const found = await page.evaluate(async ({ picture, boxes }) => {
    const bitmap = await createImageBitmap(new Blob([Uint8Array.from(atob(picture), (one) => one.charCodeAt(0))], { type: 'image/png' }));
    const { width, height } = bitmap;
    const canvas = new OffscreenCanvas(width, height).getContext('2d', { willReadFrequently: true });
    canvas.drawImage(bitmap, 0, 0);
    const { data } = canvas.getImageData(0, 0, width, height);
    const scale = width / document.documentElement.clientWidth;
    const linear = Array.from({ length: 256 }, (_, byte) => (byte <= 10 ? byte / 255 / 12.92 : ((byte / 255 + 0.055) / 1.055) ** 2.4));
    const light = (colour) => 0.2126 * linear[colour >> 16] + 0.7152 * linear[(colour >> 8) & 255] + 0.0722 * linear[colour & 255];
    const contrast = (a, b) => (Math.max(light(a), light(b)) + 0.05) / (Math.min(light(a), light(b)) + 0.05);
    const at = (x, y) => {
      const start = (Math.min(height - 1, Math.max(0, Math.round(y))) * width + Math.min(width - 1, Math.max(0, Math.round(x)))) * 4;
      return (data[start] << 16) | (data[start + 1] << 8) | data[start + 2];
    };
    return boxes.flatMap(({ x, y, width: w, height: h, what, least, field }) => {
      // the beginning of a text stands for all of it
      const [left, top, right, bottom] = [x, y, x + (field ? w : Math.min(w, 120)), y + (field ? h : Math.min(h, 60))].map((one) => one * scale);
      const colours = new Map();
      if (field) for (let step = -4; step <= 7; step += 1) colours.set(at(left + step * scale, (top + bottom) / 2), step === -4 ? 2 : 1);
      else for (let row = top; row < bottom; row += 1) for (let column = left; column < right; column += 1) colours.set(at(column, row), (colours.get(at(column, row)) ?? 0) + 1);
      const behind = [...colours].reduce((most, one) => (one[1] > most[1] ? one : most))[0];
      const best = Math.max(...[...colours.keys()].map((colour) => contrast(colour, behind)));
      return best < least ? [`${what}: ${best.toFixed(2)}:1`] : [];
    });
  }, { picture, boxes });
  const wide = await page.evaluate(() => document.scrollingElement.scrollWidth - document.documentElement.clientWidth);
  return [...found.map((one) => `${name}: ${one}`), ...(wide > 0 ? [`${name}: ${wide} px too wide`] : [])];
}
