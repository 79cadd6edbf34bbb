// @ts-check
/** @import { Locale } from "../pkg/check.js" */

import { make } from '../dom.js';
import { to } from '../shell.js';
import { compared, published } from './documents.js';
import { watched } from './list.js';
import { words } from './words.js';

/**
 * A line that leads to what is new; nothing where nothing is.
 * @returns {Promise<((locale: Locale) => (Node | string)[]) | undefined>}
 */
export async function news() {
  const list = await watched();
  if (!list) return undefined;
  const { fresh, changed, gone } = compared(list.documents, await published());
  const count = fresh.length + changed.length + gone.length;
  if (count === 0) return undefined;
  return (locale) => {
    const said = words[locale].notice;
    return [said.news(count), ' ', make('a', { href: to('watch.html', locale) }, said.see)];
  };
}
