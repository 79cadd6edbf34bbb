// @ts-check
/** @import { View } from "../view.js" */

import { look } from '../look.js';

const put = look(`
.link-text { padding: 0.6em 0.8em; border: 1px solid var(--_hair); border-radius: var(--_radius); background: var(--_soft); font-size: 0.8em; line-break: anywhere; user-select: all; }
.code { font: 700 1.7em/1.4 ui-monospace, monospace; letter-spacing: 0.08em; user-select: all; }
.qr { display: block; max-inline-size: 100%; block-size: auto; forced-color-adjust: none; }
figure { margin: 0 0 1em; }
`);

/** Gives links, codes and pictures of them their look. @param {View} view */
export function dress({ settings }) {
  if (settings.shadowRoot) put(settings.shadowRoot);
}
