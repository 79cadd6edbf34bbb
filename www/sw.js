// @ts-check
// One release of the site, kept whole: every file was compared with its digest before it was kept, and files of two
// releases are never mixed. A new release waits until the person agrees. Nothing but files of the site is ever kept.

/** The digests of the files, by path; the assembly of the site writes it in. @type {Record<string, string>} */
const files = FILES;
const worker = /** @type {ServiceWorkerGlobalScope} */ (/** @type {unknown} */ (self));
const root = new URL('./', worker.location.href);
const own = `prescreen ${root.pathname} `;
const release = own + VERSION;

/** @param {string} path */
async function whole(path) {
  const address = new URL(path, root);
  const integrity = files[path];
  // what the browser holds from an earlier release does not fit the digest
  return fetch(address, { integrity }).catch(() => fetch(address, { integrity, cache: 'reload' }));
}

async function keep() {
  const cache = await caches.open(release);
  try {
    await Promise.all(Object.keys(files).map(async (path) => {
      const response = await whole(path);
      if (!response.ok) throw new Error(`${path}: ${response.status}`);
      await cache.put(new URL(path, root), response);
    }));
  } catch (cause) {
    await caches.delete(release);
    throw cause;
  }
}

/** @param {Request} request */
async function answer(request) {
  const { origin, pathname } = new URL(request.url);
  const path = pathname.endsWith('/') ? `${pathname}index.html` : pathname;
  const kept = await caches.match(new URL(path, origin), { cacheName: release });
  return kept ?? fetch(request);
}

worker.addEventListener('install', (event) => event.waitUntil(keep()));

worker.addEventListener('activate', (event) => {
  const earlier = async () => {
    const names = (await caches.keys()).filter((name) => name.startsWith(own) && name !== release);
    await Promise.all(names.map((name) => caches.delete(name)));
    await worker.clients.claim();
  };
  event.waitUntil(earlier());
});

worker.addEventListener('fetch', (event) => {
  const { method, url } = event.request;
  if (method === 'GET' && new URL(url).origin === root.origin) event.respondWith(answer(event.request));
});

worker.addEventListener('message', ({ data }) => {
  if (data === 'use') void worker.skipWaiting();
});
