// What a person waits for: a phone with a processor four times slower, on slow 4G, with nothing kept from before.
// Prints the median of five visits. Needs the site (`cargo xtask build`) and the packages of the page's tests. With
// `--serve` it only serves the site as a host some way off does, for whatever else measures it: what reckons the wait from
// the order in which files came (Lighthouse) cannot from a server on the same machine, where all are there at once.
import { createServer } from 'node:http';
import { readFile, readdir } from 'node:fs/promises';
import { extname, join, relative } from 'node:path';
import { setTimeout as after } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { brotliCompressSync } from 'node:zlib';
import { chromium } from '../e2e/node_modules/playwright-core/index.mjs';

const SITE = process.env.PRESCREEN_SITE ?? fileURLToPath(new URL('../../target/site', import.meta.url));
const TYPES = {
  '.html': 'text/html; charset=utf-8', '.js': 'text/javascript; charset=utf-8', '.css': 'text/css; charset=utf-8',
  '.json': 'application/json', '.wasm': 'application/wasm', '.svg': 'image/svg+xml',
};
const SLOW = { latency: 562.5, downloadThroughput: (1.51 * 2 ** 20) / 8, uploadThroughput: (0.675 * 2 ** 20) / 8, offline: false };
const VISITS = 5;
/** The host that is some way off: milliseconds to it, and bytes in each of them. */
const AWAY = { latency: 40, pace: 1500 };
const PIECE = 16_384;

const pieces = (body) => Array.from({ length: Math.ceil(body.length / PIECE) }, (_, at) => body.subarray(at * PIECE, (at + 1) * PIECE));

/** @param away whether files come from some way off, and all that there are */
async function serve(away) {
  const files = new Map();
  for (const entry of await readdir(SITE, { withFileTypes: true, recursive: true })) {
    if (!entry.isFile() || (!away && entry.name.startsWith('trial_prescreen'))) continue;
    const path = join(entry.parentPath ?? entry.path, entry.name);
    files.set(`/${relative(SITE, path)}`, { type: TYPES[extname(path)] ?? 'application/octet-stream', body: brotliCompressSync(await readFile(path)) });
  }
  const server = createServer(async ({ url }, response) => {
    if (away) await after(AWAY.latency);
    const file = files.get(new URL(url, 'http://localhost').pathname.replace(/\/$/, '/index.html'));
    if (!file) return response.writeHead(404).end();
    response.writeHead(200, { 'content-type': file.type, 'content-encoding': 'br', 'content-length': file.body.length, 'cache-control': 'max-age=600' });
    for (const piece of away ? pieces(file.body) : [file.body]) {
      response.write(piece);
      if (away) await after(piece.length / AWAY.pace);
    }
    response.end();
  });
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
  return server;
}

function watch(hurry) {
  const seen = { shift: 0, longest: 0, ready: 0, first: 0, question: 0 };
  Object.assign(window, { seen });
  new PerformanceObserver((list) => { for (const entry of list.getEntries()) if (!entry.hadRecentInput) seen.shift += entry.value; }).observe({ type: 'layout-shift', buffered: true });
  new PerformanceObserver((list) => { for (const entry of list.getEntries()) seen.longest = Math.max(seen.longest, entry.duration); }).observe({ type: 'longtask', buffered: true });
  addEventListener('prescreen-ready', () => { seen.ready = performance.now(); });
  const look = () => {
    const root = document.querySelector('trial-prescreen')?.shadowRoot;
    if (root?.querySelector('.title') && !seen.first) requestAnimationFrame(() => { seen.first ||= performance.now(); });
    if (hurry) root?.querySelector('.emergency ~ .actions .primary')?.click();
    if (root?.querySelector('form') && !seen.question) requestAnimationFrame(() => { seen.question ||= performance.now(); });
    if (!seen.first || (hurry && !seen.question)) requestAnimationFrame(look);
  };
  requestAnimationFrame(look);
}

/** @param hurry whether the person presses what goes on as soon as it is there */
async function visit(browser, address, hurry) {
  const context = await browser.newContext({ viewport: { width: 390, height: 844 }, deviceScaleFactor: 2, isMobile: true, hasTouch: true, serviceWorkers: 'allow' });
  const page = await context.newPage();
  const session = await context.newCDPSession(page);
  await session.send('Network.enable');
  await session.send('Network.emulateNetworkConditions', SLOW);
  await session.send('Emulation.setCPUThrottlingRate', { rate: 4 });
  let bytes = 0;
  const asked = [];
  session.on('Network.requestWillBeSent', ({ request }) => asked.push(new URL(request.url).pathname));
  session.on('Network.loadingFinished', ({ encodedDataLength }) => { bytes += encodedDataLength; });
  await page.addInitScript(watch, hurry);
  await page.goto(address);
  await page.waitForFunction(() => window.seen.ready > 0, undefined, { timeout: 60_000 });
  const [requests, before] = [asked.length, await page.evaluate(() => performance.getEntriesByType('resource').filter(({ startTime }) => startTime < (window.seen.question || window.seen.first)).length + 1)];
  const kilobytes = bytes / 1024;
  await page.waitForTimeout(500);
  const seen = await page.evaluate(() => ({ ...window.seen, paint: performance.getEntriesByName('first-contentful-paint')[0]?.startTime ?? 0 }));
  await context.close();
  return { ...seen, requests, before, kilobytes, asked };
}

const median = (values) => values.toSorted((one, other) => one - other)[Math.floor(values.length / 2)];

const only = process.argv.includes('--serve');
const server = await serve(only);
if (only) {
  console.log(`http://127.0.0.1:${server.address().port}/`);
  await new Promise(() => {});
}
const address = `http://127.0.0.1:${server.address().port}/${process.env.PRESCREEN_PAGE ?? 'check.html'}`;
const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
  args: ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking', '--disable-component-update', '--disable-sync'],
});
const visits = [];
const hurried = [];
for (let count = 0; count < VISITS; count += 1) {
  visits.push(await visit(browser, address, false));
  hurried.push(await visit(browser, address, true));
}
const of = (name, those = visits) => median(those.map((visit) => visit[name]));
console.log(`slow 4G, processor 4 times slower, median of ${VISITS} visits to ${new URL(address).pathname}:`);
console.log(`  first paint ${(of('paint') / 1000).toFixed(2)} s, first screen ${(of('first') / 1000).toFixed(2)} s, first question of somebody in a hurry ${(of('question', hurried) / 1000).toFixed(2)} s after ${of('before', hurried)} requests, engine and trial ready ${(of('ready') / 1000).toFixed(2)} s`);
console.log(`  layout shift ${of('shift').toFixed(4)}, longest task ${of('longest').toFixed(0)} ms`);
console.log(`  ${of('requests')} requests and ${of('kilobytes').toFixed(0)} KiB until ready: ${visits[0].asked.slice(0, of('requests')).join(' ')}`);
await browser.close();
server.close();
