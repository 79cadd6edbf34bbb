// @ts-check
import { place } from './place.js';
import { scriptURL } from './trusted.js';

/**
 * Keeps the site on the device, so that it works without a network, where the browser can.
 * @param {() => void} ready told once everything is kept
 * @param {(use: () => void) => void} newer told when a newer release waits, and how to use it
 */
export async function keepOffline(ready, newer) {
  if (!('serviceWorker' in navigator)) return;
  try {
    const registration = await navigator.serviceWorker.register(/** @type {string} */ (scriptURL(place('sw.js'))));
    const offer = (/** @type {ServiceWorker | null} */ waiting) => waiting && navigator.serviceWorker.controller && newer(() => use(waiting));
    offer(registration.waiting);
    registration.addEventListener('updatefound', () => {
      const { installing } = registration;
      installing?.addEventListener('statechange', () => installing.state === 'installed' && offer(installing));
    });
    await navigator.serviceWorker.ready;
    ready();
  } catch {
    // a browser that keeps nothing, or a network that was cut: the page works as it stands
  }
}

/** @param {ServiceWorker} waiting */
function use(waiting) {
  navigator.serviceWorker.addEventListener('controllerchange', () => location.reload(), { once: true });
  waiting.postMessage('use');
}
