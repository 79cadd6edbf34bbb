// @ts-check
/** @import { TrialPrescreen } from "./trial-prescreen.js" */

import { forgetFragment, sealed } from './address.js';
import './define.js';
import { isSealed } from './sealed.js';
import { shell, write } from './shell.js';
import { words } from './words.js';

const check = /** @type {TrialPrescreen} */ (document.querySelector('trial-prescreen'));
let index = 0;

if (sealed) check.openShared(sealed);
const refresh = shell((locale) => {
  const { skip, version } = words[locale];
  check.lang = locale;
  write('version', check.versions.engine && version(check.versions.engine));
  return { skip };
}, {
  ready: new Promise((resolve) => { check.addEventListener('prescreen-ready', resolve, { once: true }); }),
  busy: () => index > 0,
});

check.addEventListener('prescreen-ready', refresh, { once: true });
check.addEventListener('prescreen-step', (event) => {
  ({ index } = /** @type {CustomEvent<{ index: number }>} */ (event).detail);
  refresh();
});
addEventListener('hashchange', () => {
  const fragment = location.hash.slice(1);
  if (!isSealed(fragment)) return;
  forgetFragment();
  check.openShared(fragment);
});
