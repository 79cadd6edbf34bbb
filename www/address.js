// @ts-check
import { isSealed } from './sealed.js';

/** A sealed check in the address. It is taken out before anything else runs, and stands in no history. */
const fragment = location.hash.slice(1);
export const sealed = isSealed(fragment) ? fragment : '';
if (sealed) forgetFragment();

/** Nothing of a fragment stays in the address or in the history. */
export function forgetFragment() {
  history.replaceState(history.state, '', location.pathname + location.search);
}

/**
 * The trials that the address asks for, `check.html#NCT07084012` or several joined by `+`: their files among the site's
 * own. What the page names itself stands where the fragment names none.
 */
const [, named] = /^#([A-Za-z0-9][A-Za-z0-9-]{1,40}(?:\+[A-Za-z0-9][A-Za-z0-9-]{1,40}){0,49})$/.exec(location.hash) ?? [];
export const ids = named ? named.split('+') : [];
if (named) document.querySelector('trial-prescreen')?.setAttribute('src', ids.map((id) => `trials/${id}.json`).join(' '));
