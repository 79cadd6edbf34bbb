// A page of the site in Debian's Chromium, with what it does wrong recorded.
import { createServer } from 'node:http';
import { readFile } from 'node:fs/promises';
import { extname, join, normalize } from 'node:path';
import { fileURLToPath } from 'node:url';
import { chromium } from 'playwright-core';

const TYPES = {
  '.html': 'text/html; charset=utf-8', '.js': 'text/javascript; charset=utf-8', '.css': 'text/css; charset=utf-8',
  '.json': 'application/json', '.wasm': 'application/wasm', '.svg': 'image/svg+xml',
};
const ROOT = fileURLToPath(new URL('../../www', import.meta.url));

let browser;
let server;

/** The address of the site: the one that is given, or a server of our own. */
export async function base() {
  if (process.env.PRESCREEN_BASE) return process.env.PRESCREEN_BASE;
  server ??= await serve();
  return `http://127.0.0.1:${server.address().port}/`;
}

function serve() {
  const served = createServer(async (request, response) => {
    const path = normalize(decodeURIComponent(new URL(request.url, 'http://localhost').pathname)).replace(/\/$/, '/index.html');
    try {
      const content = await readFile(join(ROOT, path));
      response.writeHead(200, { 'content-type': TYPES[extname(path)] ?? 'application/octet-stream', 'cache-control': 'no-store' }).end(content);
    } catch {
      response.writeHead(404, { 'content-type': 'text/plain' }).end('not found');
    }
  });
  return new Promise((resolve) => served.listen(0, '127.0.0.1', () => resolve(served)));
}

/** The moment at which every visitor comes, on a clock in Shanghai: 15 March 2026, 14:30. */
export const NOW = '2026-03-15T06:30:00Z';

/** A fresh visitor, at a page of the site or at another address. `pages` are answers of our own for addresses that end so; null is no answer at all. */
export async function visit({ pages = {}, ready = true, path = 'check.html', at, now = NOW, ...options } = {}) {
  browser ??= await chromium.launch({
    executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
    args: ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking', '--disable-component-update', '--disable-sync'],
  });
  const context = await browser.newContext({ locale: 'en-GB', viewport: { width: 390, height: 844 }, timezoneId: 'Asia/Shanghai', reducedMotion: 'reduce', ...options });
  const page = await context.newPage();
  await page.clock.setFixedTime(new Date(now));
  const seen = { requests: [], violations: [], errors: [], events: [] };
  await context.exposeBinding('seenViolation', (_, text) => void seen.violations.push(text));
  await context.exposeBinding('seenEvent', (_, name, detail) => void seen.events.push({ name, detail }));
  await page.addInitScript(() => {
    addEventListener('securitypolicyviolation', (event) => window.seenViolation(`${event.violatedDirective} ${event.blockedURI}`));
    for (const name of ['ready', 'step', 'outcome', 'error', 'clear', 'update-available']) {
      addEventListener(`prescreen-${name}`, (event) => window.seenEvent(name, event.detail));
    }
  });
  page.on('request', (request) => seen.requests.push(request.url()));
  page.on('websocket', (socket) => seen.requests.push(socket.url()));
  page.on('pageerror', (error) => seen.errors.push(String(error)));
  for (const [ending, answer] of Object.entries(pages)) {
    await page.route((url) => url.pathname.endsWith(ending), (route) => (answer ? route.fulfill(answer) : route.abort()));
  }
  await page.goto(at ?? (await base()) + path);
  if (ready) await page.getByRole('button', { name: /^(Start now|开始)$/ }).waitFor();
  return { page, context, seen, close: () => context.close() };
}

/** After the last test of a file. */
export async function leave() {
  await browser?.close();
  server?.close();
}
