// The site without a network, and one release of it after another.
import assert from 'node:assert/strict';
import { createServer } from 'node:http';
import { after, test } from 'node:test';
import { FITTING, answerAll, begin, heading, press } from './walk.mjs';
import { base, leave, visit } from './visit.mjs';

after(leave);

const KEPT = 'This page is kept on this device';

/** The site again, on a server that can answer otherwise. */
async function another(change) {
  const site = await base();
  const server = createServer(async (request, response) => {
    const told = await fetch(new URL(request.url.slice(1), site));
    const body = Buffer.from(await told.arrayBuffer());
    response.writeHead(told.status, { 'content-type': told.headers.get('content-type') ?? '', 'cache-control': 'no-store' });
    response.end(change.current(request.url.slice(1), body));
  });
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
  server.unref();
  return { address: `http://127.0.0.1:${server.address().port}/`, close: () => server.close() };
}

test('once kept, the site opens and works without a network', async () => {
  const { page, context, seen, close } = await visit();
  await page.getByText(KEPT).waitFor();
  const asked = seen.requests.length;
  await context.setOffline(true);
  await page.reload();
  await begin(page);
  await answerAll(page, FITTING);
  await press(page, 'See what this means');
  assert.match(await heading(page).innerText(), /able to take part/);
  await press(page, 'Share with a code');
  await page.getByLabel('My answers').check();
  await press(page, 'Make the link and the code');
  await page.locator('.code').waitFor();
  await page.goto(new URL('./', page.url()).href);
  await page.getByText('NCT07084012').first().waitFor();
  assert.ok(seen.requests.length > asked);
  const kept = await page.evaluate(async () => {
    const [name, ...others] = await caches.keys();
    const requests = await (await caches.open(name)).keys();
    return { others, foreign: requests.filter(({ url }) => !url.startsWith(new URL('./', location.href).href)).length, queries: requests.filter(({ url }) => /[?#]/.test(url)).length };
  });
  assert.deepEqual(kept, { others: [], foreign: 0, queries: 0 });
  assert.deepEqual([seen.violations, seen.errors], [[], []]);
  await close();
});

test('a newer release waits until the person agrees, and no answer is lost to it', async () => {
  const change = { current: (_, body) => body };
  const site = await another(change);
  const { page, seen, close } = await visit({ at: `${site.address}check.html` });
  await page.getByText(KEPT).waitFor();
  await page.locator('trial-prescreen:state(offline)').waitFor();
  assert.deepEqual(seen.events.map(({ name }) => name), ['ready']);
  const release = () => page.evaluate(async () => (await caches.keys()).sort());
  const [first] = await release();
  const version = first.split(' ').at(-1);
  change.current = (path, body) => (path === 'sw.js' ? Buffer.from(body.toString().replaceAll(version, 'f00dfeedf00dfeed')) : body);
  await page.reload();
  const offer = page.getByText('A newer version of this page is ready.');
  await offer.waitFor();
  assert.deepEqual(seen.events.map(({ name }) => name), ['ready', 'ready', 'update-available']);
  await begin(page);
  assert.equal(await offer.count(), 0);
  await press(page, 'Back');
  await press(page, 'Back');
  await offer.waitFor();
  assert.equal((await release()).length, 2);
  await Promise.all([page.waitForEvent('load'), press(page, 'Use it now')]);
  await page.getByText(KEPT).waitFor();
  assert.deepEqual((await release()).map((name) => name.split(' ').at(-1)), ['f00dfeedf00dfeed']);
  assert.equal(await offer.count(), 0);
  await close();
  site.close();
});

test('a release with one altered file is not kept at all', async () => {
  const site = await another({ current: (path, body) => (path === 'icon.svg' ? Buffer.concat([body, Buffer.from('<!-- -->')]) : body) });
  const { page, close } = await visit({ at: `${site.address}check.html` });
  const state = await page.evaluate(async () => {
    // it is refused once no worker and nothing kept has been there for a while
    let idle = 0;
    for (let turn = 0; turn < 300 && idle < 15; turn += 1) {
      const registration = await navigator.serviceWorker.getRegistration();
      if (registration?.active) return 'kept';
      const busy = registration?.installing || registration?.waiting || (await caches.keys()).length > 0;
      idle = busy ? 0 : idle + 1;
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
    return idle === 15 ? 'refused' : 'part of it is kept';
  });
  assert.equal(state, 'refused');
  assert.deepEqual(await page.evaluate(() => caches.keys()), []);
  assert.equal(await page.getByText(KEPT).count(), 0);
  assert.equal(await page.locator('trial-prescreen:state(offline)').count(), 0);
  await close();
  site.close();
});
