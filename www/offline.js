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
    const { active } = await navigator.serviceWorker.ready;
    if (active) await activated(active);
    ready();
  } catch {
    // a browser that keeps nothing, or a network that was cut: the page works as it stands
  }
}

/**
 * A worker answers for the page once it is active, not while it becomes so.
 * @param {ServiceWorker} worker
 * @returns {Promise<void>}
 */
function activated(worker) {
  return new Promise((resolve) => {
    const look = () => worker.state === 'activated' && resolve();
    worker.addEventListener('statechange', look);
    look();
  });
}

/** @param {ServiceWorker} waiting */
function use(waiting) {
  navigator.serviceWorker.addEventListener('controllerchange', () => location.reload(), { once: true });
  waiting.postMessage('use');
}
