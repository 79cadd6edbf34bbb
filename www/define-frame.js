// @ts-check
import { TrialPrescreenFrame } from './trial-prescreen-frame.js';

if (!customElements.get('trial-prescreen-frame')) customElements.define('trial-prescreen-frame', TrialPrescreenFrame);
