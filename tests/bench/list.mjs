// The pre-screening list with thousands of made-up people, in Chromium: how long until the verdicts stand, until the list is
// sorted and filtered, until all dates are known, and the longest task of the page at each step, with the most that the
// processor did in one: a task waits as long as others have the processor. The counts on the page are compared with those
// worked out by hand. `node list.mjs [PEOPLE …]`; needs the site (`cargo xtask build`) and the packages
// of the page's tests.
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { extname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { chromium } from '../e2e/node_modules/playwright-core/index.mjs';
import { AS_OF, MAPPING, lines, ofLine, people, verdicts } from './people.mjs';

const SITE = process.env.PRESCREEN_SITE ?? fileURLToPath(new URL('../../target/site', import.meta.url));
const TYPES = { '.html': 'text/html', '.js': 'text/javascript', '.css': 'text/css', '.json': 'application/json', '.wasm': 'application/wasm', '.svg': 'image/svg+xml' };

const server = createServer(async ({ url }, response) => {
  const path = new URL(url, 'http://localhost').pathname;
  const body = await readFile(join(SITE, path)).catch(() => undefined);
  return body ? response.writeHead(200, { 'content-type': TYPES[extname(path)] ?? 'application/octet-stream' }).end(body) : response.writeHead(404).end();
});
await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
const browser = await chromium.launch({ executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium', args: ['--no-sandbox'] });
const folder = await mkdtemp(join(tmpdir(), 'list-'));

/** The most time of the processor that one task of a page's main thread takes, in milliseconds. */
function busiest({ traceEvents }) {
  const own = ({ pid, tid }) => `${pid} ${tid}`;
  const main = new Set(traceEvents.filter(({ name, args }) => name === 'thread_name' && args.name === 'CrRendererMain').map(own));
  return Math.max(0, ...traceEvents.filter((one) => main.has(own(one)) && one.name.endsWith('RunTask')).map(({ tdur = 0 }) => tdur)) / 1000;
}

async function measured(count) {
  const everybody = people(count);
  const [table, mapping] = [join(folder, 'people.csv'), join(folder, 'columns.json')];
  await writeFile(table, lines(everybody));
  await writeFile(mapping, JSON.stringify(MAPPING));
  const page = await browser.newPage({ viewport: { width: 1280, height: 900 }, timezoneId: 'Asia/Shanghai', locale: 'en-GB' });
  await page.clock.setFixedTime(new Date(AS_OF));
  await page.addInitScript(() => {
    window.tasks = [];
    new PerformanceObserver((list) => window.tasks.push(...list.getEntries().map(({ duration }) => Math.round(duration)))).observe({ type: 'longtask', buffered: true });
  });
  const key = (name) => page.locator(`[data-key="${name}"]`);
  console.log(`${count.toLocaleString('en')} people`);
  const step = async (name, deed, until) => {
    await browser.startTracing(page, { categories: ['-*', 'toplevel', '__metadata'] });
    const start = performance.now();
    await deed();
    await until().waitFor({ timeout: 300_000 });
    const time = performance.now() - start;
    await page.waitForTimeout(60);
    const most = busiest(JSON.parse((await browser.stopTracing()).toString()));
    const longest = Math.max(0, ...(await page.evaluate(() => window.tasks.splice(0))));
    const said = longest > 0 ? `${longest} ms` : 'under 50 ms';
    console.log(`  ${name.padEnd(46)} ${time.toFixed(0).padStart(7)} ms   longest task ${said.padEnd(11)}   the processor ${most.toFixed(0).padStart(3)} ms`);
  };
  await step('the page opened, and a trial chosen', async () => {
    await page.goto(`http://127.0.0.1:${server.address().port}/charts.html`);
    await page.locator('option[value="NCT07084012"]').waitFor({ state: 'attached' });
    await key('trial').selectOption('NCT07084012');
  }, () => page.locator('#records-file'));
  await step('a table given, its columns shown', () => page.locator('#records-file').setInputFiles(table), () => key('read-sheet'));
  await page.locator('[id^="mapping-"]').setInputFiles(mapping);
  await page.waitForTimeout(500);
  await step('its rows read, and everybody evaluated', () => key('read-sheet').click(), () => key('to-list'));
  const dated = performance.now();
  await step('the list shown', () => key('to-list').click(), () => page.locator('tbody tr').first());
  const shown = (await page.locator('main').innerText()).match(/(\d+) with nothing against it · (\d+) open · (\d+) with something/).slice(1).map(Number);
  for (const column of ['number', 'age', 'deciding', 'open', 'confirmed']) await step(`sorted by ${column}`, () => key(`sort-${column}`).click(), () => page.locator(`th[aria-sort]:not([aria-sort="none"]) ${`[data-key="sort-${column}"]`}`));
  await step('filtered', () => key('show').selectOption('ineligible'), () => page.locator('caption', { hasText: `of ${shown[2]}` }));
  await step('the next page', () => key('next').click(), () => page.locator('caption', { hasText: '51 to' }));
  await step('somebody opened', () => page.locator('tbody th button').first().click(), () => key('note'));
  await step('what is missing', () => key('view-missing').click(), () => page.locator('table.heat'));
  await key('view-list').click();
  await page.getByText('A near miss: one value alone').waitFor({ timeout: 300_000 });
  console.log(`  ${'all dates known, beside all that'.padEnd(46)} ${(performance.now() - dated).toFixed(0).padStart(7)} ms`);
  await step('sorted by date', () => key('sort-again').click(), () => page.locator('[aria-sort="ascending"] [data-key="sort-again"]'));
  await step('the days that bring something', () => key('view-dates').click(), () => key('days'));
  const byHand = [0, 0, 0];
  for (const one of everybody) {
    const bytes = verdicts(ofLine(one));
    byHand[bytes.includes(1) ? 2 : bytes.includes(2) ? 1 : 0] += 1;
  }
  console.log(`  worked out by hand ${byHand.join(' · ')}, on the page ${shown.join(' · ')}${byHand.join() === shown.join() ? '' : ': NOT THE SAME'}`);
  await page.close({ runBeforeUnload: false });
}

const counts = process.argv.slice(2).map(Number);
for (const count of counts.length > 0 ? counts : [5_000, 20_000]) await measured(count);
await browser.close();
server.close();
await rm(folder, { recursive: true });
