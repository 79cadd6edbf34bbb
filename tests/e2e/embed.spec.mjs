import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { FITTING, answerAll, asked, heading, press } from './walk.mjs';
import { leave, visit } from './visit.mjs';

after(leave);

/** Somebody else's page, with the element in it. */
const host = (body, head = '') => ({
  ready: false,
  path: 'host.html',
  pages: { 'host.html': { contentType: 'text/html; charset=utf-8', body: `<!doctype html><html lang="en"><title>A clinic</title>${head}<h1>A clinic</h1>${body}` } },
});
const define = '<script type="module" src="define.js"></script>';
const SRC = 'src="trials/NCT07084012.json"';

test('a page around keeps its title, its address and its history', async () => {
  const { page, seen, close } = await visit(host(`<trial-prescreen ${SRC} respondent="patient" heading-level="3"></trial-prescreen>${define}`));
  await press(page, 'Start now');
  assert.notEqual(await asked(page), null, 'the page has said who answers');
  const before = await page.evaluate(() => [history.length, location.href, document.title]);
  const questions = await answerAll(page, FITTING);
  assert.ok(questions.length > 5);
  await press(page, 'Back');
  assert.deepEqual(await page.evaluate(() => [history.length, location.href, document.title]), before);
  assert.equal(await heading(page).evaluate((title) => title.localName), 'h3');
  assert.deepEqual(seen.errors, []);
  await close();
});

test('two checks on one page share the engine and no answer', async () => {
  const { page, seen, close } = await visit(host(`<trial-prescreen id="a" ${SRC} respondent="patient"></trial-prescreen><trial-prescreen id="b" ${SRC} respondent="caregiver" lang="zh-CN"></trial-prescreen>${define}`));
  const [first, second] = [page.locator('#a'), page.locator('#b')];
  await first.getByRole('button', { name: 'Start now' }).click();
  await second.getByRole('button', { name: '开始' }).waitFor();
  assert.notEqual(await first.locator('form').count(), 0);
  assert.equal(await second.locator('form').count(), 0);
  assert.equal(seen.requests.filter((url) => url.endsWith('.wasm')).length, 1);
  await close();
});

test('what is set before the class is there is taken up, and staff are asked in their words', async () => {
  const { page, close } = await visit(host(`<trial-prescreen></trial-prescreen><script>Object.assign(document.querySelector('trial-prescreen'), { src: 'trials/NCT07084012.json', respondent: 'staff', asOf: '2026-03-15T14:30+08:00', headingLevel: 2 })</script>${define}`));
  await press(page, 'Start now');
  const questions = await answerAll(page, FITTING, {
    each: async () => assert.equal(await page.getByLabel(/Not in the chart/).count() > 0, true),
  });
  assert.ok(questions.includes('nihss'), questions.join(' '));
  await press(page, 'See what this means');
  assert.match(await page.locator('.small').last().innerText(), /15 March 2026/);
  await close();
});

test('a host’s style sheet and a second definition do no harm', async () => {
  const { page, seen, close } = await visit(
    host(`<trial-prescreen ${SRC} respondent="patient"></trial-prescreen>${define}<script type="module" src="define.js?again"></script>`, '<style>body * { all: revert; float: left; font: 8px fantasy; color: red }</style>'),
  );
  await press(page, 'Start now');
  const style = await heading(page).evaluate((title) => ({ ...['display', 'fontFamily', 'color'].map((name) => getComputedStyle(title)[name]) }));
  assert.deepEqual([style[0], /fantasy/.test(style[1]), style[2] === 'rgb(255, 0, 0)'], ['block', false, false]);
  assert.ok((await page.locator('.option input').first().evaluate((input) => parseFloat(getComputedStyle(input).width))) >= 24);
  assert.deepEqual(seen.errors, []);
  await close();
});

test('importing the class registers nothing', async () => {
  const { page, close } = await visit(host('<trial-prescreen><p slot="fallback">Call 555-0100</p></trial-prescreen><script type="module">await import("./trial-prescreen.js"); document.title = String(customElements.get("trial-prescreen"))</script>'));
  await page.waitForFunction(() => document.title === 'undefined');
  assert.equal(await page.getByText('Call 555-0100').isVisible(), true);
  await close();
});
