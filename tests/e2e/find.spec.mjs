// The list of trials: what is found by words and filters, in both languages, and the ways on.
import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import axe from '@axe-core/playwright';
import { leave, visit } from './visit.mjs';

after(leave);

const AxeBuilder = axe.default ?? axe;
const RULES = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'];

async function faults(page, name) {
  const { violations } = await new AxeBuilder({ page }).withTags(RULES).analyze();
  const found = violations.flatMap(({ id, nodes }) => nodes.map((node) => `${name}: ${id} ${node.target.join(' ')}`));
  const wide = await page.evaluate(() => document.scrollingElement.scrollWidth - document.documentElement.clientWidth);
  return wide > 0 ? [...found, `${name}: ${wide} px too wide`] : found;
}

const titles = (page) => page.locator('.card h3').allInnerTexts();

test('the list is searched in both languages, filtered, and never a dead end', async () => {
  const { page, seen, close } = await visit({ path: '', ready: false, viewport: { width: 320, height: 700 } });
  await page.locator('.card').first().waitFor();
  const asked = seen.requests.length;
  const count = page.locator('.count');
  const all = (await titles(page)).length;
  assert.ok(all >= 6);
  assert.equal(await count.innerText(), `All ${all} studies`);
  const found = await faults(page, 'list');

  for (const [typed, expected] of [['lupus', /lupus/i], ['脑梗死', /AIS/], ['CXSL2300184', /ARDS/], ['ＶＵＭ02 liver', /liver failure/]]) {
    await page.getByRole('textbox', { name: 'Search' }).fill(typed);
    assert.equal((await titles(page)).length, 1, typed);
    assert.match((await titles(page))[0], expected);
  }
  await page.getByRole('textbox', { name: 'Search' }).fill('');

  await page.getByRole('combobox', { name: 'Phase' }).selectOption('PHASE1');
  const phase = await titles(page);
  assert.ok(phase.some((title) => /Myasthenia/.test(title)) && !phase.some((title) => /AIS/.test(title)));
  assert.match(await count.innerText(), /do not say all that you filter by/);
  await page.getByLabel('Age in years').fill('70');
  assert.ok(!(await titles(page)).some((title) => /Myasthenia/.test(title)));
  await page.getByLabel('Age in years').fill('old');
  assert.ok((await titles(page)).some((title) => /Myasthenia/.test(title)));
  assert.ok(await page.locator('#age-wrong').isVisible());
  await page.getByRole('button', { name: 'Clear search and filters' }).click();
  assert.equal((await titles(page)).length, all);

  await page.getByRole('textbox', { name: 'Search' }).fill('<img src=x onerror=alert(1)>');
  assert.match(await page.locator('.empty').innerText(), /No study here fits/);
  assert.match(await count.innerText(), /^0 of/);
  assert.ok(await page.locator('.which').isHidden());
  found.push(...(await faults(page, 'nothing found')));
  await page.getByRole('button', { name: 'Show all studies' }).click();
  assert.equal(await page.evaluate(() => document.activeElement?.id), 'studies');

  await page.getByRole('textbox', { name: 'Search' }).fill('SYS6020');
  await page.getByRole('button', { name: '中文' }).click();
  assert.equal(await page.locator('#words').inputValue(), 'SYS6020');
  assert.equal((await titles(page)).length, 3);
  assert.doesNotMatch(await page.locator('main').innerText(), /\b(study|Any|Phase)\b/);
  await page.emulateMedia({ colorScheme: 'dark' });
  found.push(...(await faults(page, 'Chinese, dark')));
  assert.match(await page.locator('.card a').first().getAttribute('href'), /^trial\.html\?lang=zh-CN#/);
  const together = await page.locator('.which a').getAttribute('href');
  assert.match(together, /^check\.html\?lang=zh-CN#NCT06688435\+SYS6020-MM\+SYS6020-SLE$/);
  assert.deepEqual(found, []);
  assert.deepEqual([seen.requests.slice(asked).filter((url) => !/(sw\.js|trials|pkg|\.(js|css|html|svg))/.test(url)), seen.violations, seen.errors], [[], [], []]);
  await close();
});

test('a list that does not come says so, and can be asked for again', async () => {
  const { page, close } = await visit({ path: '', ready: false, pages: { 'index.json': null } });
  await page.getByRole('alert').waitFor();
  await page.unrouteAll();
  await page.getByRole('button', { name: 'Try again' }).click();
  await page.locator('.card').first().waitFor();
  await close();
});
