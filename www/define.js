// @ts-check
import { TrialPrescreen } from './trial-prescreen.js';

if (!customElements.get('trial-prescreen')) customElements.define('trial-prescreen', TrialPrescreen);
