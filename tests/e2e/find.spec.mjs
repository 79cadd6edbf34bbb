// The list of trials: what is found by words and filters, in both languages; one conversation over all of them.
import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { WORDS, answerAll, asked, begin, heading, press } from './walk.mjs';
import { faults } from './faults.mjs';
import { leave, visit } from './visit.mjs';

after(leave);

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

const ALL = 'NCT07084012+NCT06688435+SYS6020-MM+SYS6020-SLE+VUM02-ACLF+VUM02-ARDS';
const SOMEONE = {
  'SYS6020-MM:text:multiple myeloma': 'no', 'VUM02-ACLF:acute-on-chronic-liver-failure': 'no', 'VUM02-ARDS:ards': 'no', 'SYS6020-SLE:lupus': 'yes',
  'NCT07084012:birth-date': { text: { 'date.year': '1980', 'date.month': '5', 'date.day': '20' } },
  'NCT06688435:myasthenia-gravis': 'yes', 'NCT07084012:ischaemic-stroke': 'no', 'NCT07084012:systemic-corticosteroid': { ticked: { absent: 'none' } },
};

test('one conversation for all studies asks each thing once, and goes on with one of them with the answers', async () => {
  const { page, seen, close } = await visit({ path: `check.html#${ALL}`, viewport: { width: 320, height: 700 } });
  const found = await faults(page, 'start');
  assert.equal(await heading(page).innerText(), 'Which of these studies might fit you?');
  for (const sign of [/drooping face/, /blue or grey lips/]) assert.match(await page.locator('.emergency').innerText(), sign);
  await begin(page);
  const requests = seen.requests.length;
  const questions = await answerAll(page, SOMEONE);
  const keys = questions.map((id) => id.replace(/^[^:]*:/, ''));
  assert.equal(new Set(keys).size, keys.length);
  await press(page, WORDS.en.submit);
  const outcome = (id) => page.locator(`[data-trial="${id}"]`).evaluate((element) => element.parentElement.previousElementSibling.textContent);
  assert.match(await outcome('SYS6020-SLE'), /cannot tell yet/);
  assert.match(await outcome('NCT06688435'), /cannot tell yet/);
  for (const id of ['NCT07084012', 'SYS6020-MM', 'VUM02-ACLF', 'VUM02-ARDS']) assert.match(await outcome(id), /not a fit right now/, id);
  assert.match(await page.locator('[data-trial="VUM02-ARDS"]').innerText(), /Acute lung failure \(ARDS\): no/);
  assert.doesNotMatch(await page.locator('.screen').innerText(), /you are eligible|may be able to take part \(/i);
  found.push(...(await faults(page, 'result')));
  assert.equal(await page.locator('[data-trial="SYS6020-MM"] a').getAttribute('href'), 'trial.html#SYS6020-MM');

  await page.locator('[data-trial="NCT06688435"] button').click();
  const more = await asked(page);
  assert.ok(more && !keys.includes(more), more);
  const rest = await answerAll(page, {});
  assert.deepEqual(rest.filter((id) => keys.includes(id)), []);
  const answers = await page.locator('.screen').innerText();
  for (const kept of ['Date of birth', 'Myasthenia gravis', 'Steroid medicines']) assert.match(answers, new RegExp(kept));
  assert.doesNotMatch(answers, /Lupus|myeloma/i);
  await press(page, WORDS.en.submit);
  assert.match(await heading(page).innerText(), /cannot tell yet/);
  await page.evaluate(() => history.go(1 - history.state.step - 1));
  await press(page, 'Back to all studies');
  assert.equal(await heading(page).innerText(), 'What your answers mean for each study');
  await press(page, 'Start over');
  await press(page, 'Delete and start over');
  await begin(page);
  assert.equal(await page.locator('form input:checked').count(), 0);
  assert.deepEqual(seen.requests.slice(requests), []);
  assert.deepEqual([found, seen.violations, seen.errors], [[], [], []]);
  await close();
});
