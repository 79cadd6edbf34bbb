// What is wrong with a page of ours as it stands: by axe, by its headings, by its width.
import { violations } from './axe.mjs';

export async function faults(page, name) {
  const found = (await violations(page)).map((one) => `${name}: ${one}`);
  const seen = await page.evaluate(() => {
    const inside = [document, ...[...document.querySelectorAll('*')].flatMap(({ shadowRoot }) => shadowRoot ?? [])];
    // the errors of a screen stand before its heading
    const levels = inside.flatMap((root) => [...root.querySelectorAll(':is(h1, h2, h3, h4, h5, h6):not(.summary *)')]).map(({ tagName }) => Number(tagName[1]));
    return {
      tops: levels.filter((level) => level === 1).length,
      jumps: levels.filter((level, at) => level > (levels[at - 1] ?? 0) + 1).length,
      wide: Math.max(0, document.scrollingElement.scrollWidth - document.documentElement.clientWidth),
    };
  });
  const { tops, jumps, wide } = seen;
  return tops !== 1 || jumps > 0 || wide > 0 ? [...found, `${name}: ${JSON.stringify(seen)}`] : found;
}
