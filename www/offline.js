// @ts-check
import { place } from './place.js';
import { scriptURL } from './trusted.js';

/** Keeps the site on the device, so that it works without a network, where the browser can. */
export function keepOffline() {
  // a browser that keeps nothing, or a network that was cut: the page works as it stands
  navigator.serviceWorker?.register(/** @type {string} */ (scriptURL(place('sw.js')))).catch(() => {});
}

/**
 * Looks at what the service worker of this page keeps on the device.
 * @param {string[]} files their addresses
 * @param {() => void} kept told once it answers for this page and all of these files are kept
 * @param {(use: () => void) => void} newer told after that when a newer one waits, and how to use it
 */
export async function watchKept(files, kept, newer) {
  const { serviceWorker } = navigator;
  if (!serviceWorker) return;
  const registration = await serviceWorker.ready;
  const { active } = registration;
  if (active) await activated(active);
  const found = await Promise.all(files.map((file) => caches.match(file, { ignoreSearch: true }))).catch(() => [undefined]);
  if (!found.every(Boolean)) return;
  kept();
  const offer = (/** @type {ServiceWorker | null} */ waiting) => waiting && serviceWorker.controller && newer(() => use(waiting));
  const follow = () => {
    const { installing } = registration;
    installing?.addEventListener('statechange', () => installing.state === 'installed' && offer(installing));
  };
  registration.addEventListener('updatefound', follow);
  follow();
  offer(registration.waiting);
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
