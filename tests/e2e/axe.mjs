// What axe finds wrong with a page as it stands. It is put in once a document, and works out the failures only.
import { readFile } from 'node:fs/promises';

export const AXE = await readFile(new URL('node_modules/axe-core/axe.min.js', import.meta.url), 'utf8');

/** WCAG 2.2, levels A and AA. */
export const RULES = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'];

/** @returns what is wrong in any frame of the page: the rule, where, and why */
export async function violations(page, runOnly = RULES) {
  const found = await Promise.all(page.frames().map(async (frame) => {
    if (!(await frame.evaluate(() => 'axe' in window))) await frame.evaluate(AXE);
    return frame.evaluate(async (runOnly) => {
      const { violations } = await window.axe.run(document, { runOnly, iframes: false, resultTypes: ['violations'] });
      return violations.flatMap(({ id, nodes }) => nodes.map(({ target, failureSummary }) => `${id} ${target.join(' ')} ${failureSummary}`));
    }, runOnly);
  }));
  return found.flat();
}
