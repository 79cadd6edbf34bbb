// The page of one trial: all that its document says, as text, in both languages; the nearest site; nothing that leaves.
import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { after, test } from 'node:test';
import { distance, pointOf } from '../../www/study/distance.js';
import { placeNamed, places } from '../../www/study/places.js';
import { faults } from './faults.mjs';
import { leave, visit } from './visit.mjs';

after(leave);

const document = async (id) => JSON.parse(await readFile(new URL(`../../www/trials/${id}.json`, import.meta.url), 'utf8'));

test('the way between two places follows a great circle, and a place that is none is no place', () => {
  const between = (a, b) => distance(placeNamed(a).point, placeNamed(b).point);
  assert.ok(Math.abs(between('Beijing', '上海市') - 1067) < 10);
  assert.ok(Math.abs(between('London', 'new york') - 5570) < 30);
  assert.ok(Math.abs(distance({ north: 0, east: 179 }, { north: 0, east: -179 }) - 222.4) < 1);
  assert.equal(places.filter(({ en, 'zh-CN': zh, point }) => !en || !zh || !pointOf([String(point.north), String(point.east)])).length, 0);
  for (const none of [undefined, ['91', '0'], ['1'], ['a', '2'], ['1e1', '2'], {}]) assert.equal(pointOf(none), undefined);
});

test('every criterion stands there with its number, its plain words and its exact ones, in both languages and on paper', async () => {
  const study = await document('NCT07084012');
  const { page, seen, close } = await visit({ path: 'trial.html#NCT07084012', ready: false, viewport: { width: 320, height: 700 } });
  await page.locator('#eligibility').waitFor();
  assert.match(await page.title(), /Phase IIa/);
  const found = await faults(page, 'study');
  for (const { id, text, source } of study.eligibility.criteria) {
    const row = page.locator(`[data-criterion="${id}"]`);
    const said = await row.evaluate((element) => element.textContent);
    for (const words of [id, text.en.short, text.en.patient, text.en.full, source.item]) assert.ok(said.includes(words), `${id}: ${words}`);
  }
  assert.match(await page.locator('section[aria-labelledby="sites"]').innerText(), /name no hospital/);
  await page.getByRole('button', { name: 'Who can take part' }).click();
  assert.equal(await page.evaluate(() => globalThis.document.activeElement?.id), 'eligibility');
  assert.match(page.url(), /trial\.html#NCT07084012$/);
  const link = page.locator('section[aria-labelledby="sources"] a');
  assert.deepEqual([await link.getAttribute('href'), await link.getAttribute('rel')], ['https://clinicaltrials.gov/study/NCT07084012', 'noreferrer noopener external']);
  assert.match(await link.innerText(), /opens clinicaltrials\.gov/);
  await page.getByRole('button', { name: '中文' }).click();
  for (const { id, text } of study.eligibility.criteria) {
    const said = await page.locator(`[data-criterion="${id}"]`).evaluate((element) => element.textContent);
    assert.ok(said.includes(text['zh-CN'].patient) && said.includes(text['zh-CN'].full), id);
  }
  await page.emulateMedia({ colorScheme: 'dark' });
  found.push(...(await faults(page, 'Chinese, dark')));
  await page.emulateMedia({ media: 'print' });
  await page.evaluate(() => dispatchEvent(new Event('beforeprint')));
  assert.match(await page.locator('main').innerText(), /PaO|NIHSS 总分 8～20/);
  assert.equal(await page.locator('main button:visible, main nav:visible').count(), 0);
  assert.deepEqual(found, []);
  assert.deepEqual([seen.violations, seen.errors], [[], []]);
  await close();
});

test('a hostile document shows as text, its sites are sorted on the device, and the position is asked for on request only', async () => {
  const study = await document('VUM02-ACLF');
  const evil = '<img src=x onerror="window.hurt=1"><script>window.hurt=1</script>\u202e';
  study.title = { en: evil, 'zh-CN': evil };
  study.overview = { en: evil + 'x'.repeat(100_000) };
  study.source = ['javascript:window.hurt=1', 'data:text/html,x', 'http://example.org/', '//example.org', 'https://user:secret@example.org/', 'https://example.org/page'].map((link) => ({ name: evil, link, taken: evil }));
  study.contacts = [{ name: { en: evil }, phone: 'javascript:1', email: 'a@b?bcc=c@d' }];
  const site = (name, coordinates) => ({ name: { en: name, 'zh-CN': name }, country: JSON.parse('{"__proto__": "x", "en": "China"}'), coordinates });
  study.sites = [site('Nowhere', undefined), site('Off the map', ['95', '0']), site('Guangzhou Hospital', ['23.1', '113.3']), site('Beijing Hospital', ['39.9', '116.4'])];
  const { page, context, seen, close } = await visit({
    path: 'trial.html#VUM02-ACLF', ready: false, viewport: { width: 320, height: 700 }, geolocation: { latitude: 22.5, longitude: 114.1 },
    pages: { 'VUM02-ACLF.json': { contentType: 'application/json', body: JSON.stringify(study) } },
  });
  await page.locator('#sites').waitFor();
  assert.ok((await page.locator('h1').innerText()).startsWith('<img src=x'));
  assert.equal(await page.locator('main img, main script').count(), 0);
  assert.deepEqual(await page.locator('section[aria-labelledby="sources"] a').evaluateAll((links) => links.map((link) => link.getAttribute('href'))), ['https://example.org/page']);
  assert.deepEqual(await page.locator('section[aria-labelledby="contact"] a').evaluateAll((links) => links.map((link) => link.getAttribute('href'))), ['tel:1', 'mailto:a%40b%3Fbcc%3Dc%40d']);
  const found = await faults(page, 'hostile');
  const names = () => page.locator('.sites li strong').allInnerTexts();
  assert.equal((await names())[0], 'Nowhere');
  const before = seen.requests.length;
  await page.getByLabel('My city').fill('石家庄');
  await page.getByRole('button', { name: 'Sort by distance' }).click();
  await page.getByText('The nearest is Beijing Hospital').waitFor();
  assert.deepEqual(await names(), ['Beijing Hospital', 'Guangzhou Hospital', 'Nowhere', 'Off the map']);
  await page.getByLabel('My city').fill('Atlantis');
  await page.getByRole('button', { name: 'Sort by distance' }).click();
  await page.getByText('not among those').waitFor();
  await page.getByRole('button', { name: 'Use my position' }).click();
  await page.getByText('did not give its position').waitFor();
  await context.grantPermissions(['geolocation']);
  await page.getByRole('button', { name: 'Use my position' }).click();
  await page.getByText('The nearest is Guangzhou Hospital').waitFor();
  assert.deepEqual(seen.requests.slice(before).filter((url) => !/\/(sw|places|study|chunk)|\.(wasm|json|css|svg|html)$|\/$/.test(url)), []);
  assert.equal(await page.evaluate(() => window.hurt), undefined);
  assert.deepEqual([found, seen.violations, seen.errors], [[], [], []]);
  await close();
});

test('an address that names no trial of the site leads to the list', async () => {
  const { page, seen, close } = await visit({ path: 'trial.html#../../evil', ready: false });
  await page.getByRole('heading', { name: 'not on the list' }).waitFor();
  await page.evaluate(() => { location.hash = '#NCT00000000'; });
  await page.getByRole('heading', { name: 'not on the list' }).waitFor();
  assert.ok(!seen.requests.some((url) => /evil|NCT00000000\.json/.test(url.replace(/#.*/, ''))));
  await page.evaluate(() => { location.hash = '#SYS6020-MM'; });
  await page.getByRole('heading', { name: 'SYS6020 cells for multiple myeloma' }).waitFor();
  await close();
});
