import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { after, test } from 'node:test';
import { faults } from './faults.mjs';
import { FITTING, WORDS, answerAll, begin, heading, press } from './walk.mjs';
import { leave, visit } from './visit.mjs';

after(leave);

const text = (page) => page.locator('.root').innerText();
const answers = (page) => page.locator('.answer').evaluateAll((rows) => [...new Set(rows.map((row) => `${row.querySelector('dt').textContent}: ${row.querySelector('dd').textContent}`))].sort());
const databases = (page) => page.evaluate(async () => (await indexedDB.databases()).length);

/** From the result to a link and a code. */
async function shared(page, ...parts) {
  await press(page, 'Share with a code');
  await press(page, 'Make the link and the code');
  assert.match(await page.locator('.summary').innerText(), /Tick what is to be in the link/);
  for (const part of parts) await page.getByLabel(part).check();
  await press(page, 'Make the link and the code');
  await heading(page).filter({ hasText: 'Your link and your code' }).waitFor();
  return { link: await page.locator('.link-text').innerText(), code: await page.locator('.code').innerText() };
}

async function entered(page, code, button = 'Open') {
  await page.getByLabel('Code').fill(code);
  await press(page, button);
}

test('a check goes to somebody else by a link and a code, and says the same there', async () => {
  const one = await visit({ viewport: { width: 320, height: 640 } });
  await begin(one.page);
  await answerAll(one.page, { ...FITTING, egfr: 'not sure', creatinine: 'not sure' });
  const given = await answers(one.page);
  await press(one.page, WORDS.en.submit);
  const outcome = await heading(one.page).innerText();
  const { link, code } = await shared(one.page, 'My answers', 'The result of today');
  assert.match(code, /^[0-9A-HJKMNP-TV-Z]{5}-[0-9A-HJKMNP-TV-Z]{5}$/);
  assert.match(link, /^http:\/\/[^#]*check\.html#tp1\.[\w-]+$/);
  assert.ok(link.length <= 430, `${link.length} characters`);
  assert.ok((await one.page.locator('.qr').boundingBox()).width > 200);
  assert.match(await text(one.page), /We cannot cancel a link/);
  assert.doesNotMatch(await text(one.page), new RegExp(`${code}[^]*${code}`), 'the code stands there once');
  assert.deepEqual(await faults(one.page, 'made'), []);
  assert.deepEqual([one.seen.violations, one.seen.errors], [[], []]);
  await one.close();

  const [, fragment] = link.split('#');
  // on the clock of another place: the times that were told stay what they were
  const two = await visit({ ready: false, path: `check.html#${fragment}`, timezoneId: 'America/New_York' });
  await heading(two.page).filter({ hasText: 'Open a shared check' }).waitFor();
  assert.equal(new URL(two.page.url()).hash, '');
  assert.equal(await two.page.evaluate(() => document.querySelector('main').outerHTML.includes('tp1.')), false);
  assert.deepEqual(two.seen.requests.filter((url) => url.includes('tp1.') || url.includes(fragment)), []);
  assert.deepEqual(await faults(two.page, 'closed'), []);
  await entered(two.page, 'K7QM2');
  assert.match(await two.page.locator('.summary').innerText(), /10 letters and digits/);
  await entered(two.page, code.replace(/.$/, (last) => (last === '0' ? '1' : '0')));
  await two.page.locator('.summary', { hasText: 'That code did not open it' }).waitFor();
  await entered(two.page, ` ${code.toLowerCase().replace('-', ' ')}`);
  await heading(two.page).filter({ hasText: 'Is this the right check?' }).waitFor();
  assert.match(await text(two.page), /Made on 15 March 2026, for this study: A Phase IIa/);
  assert.deepEqual(await answers(two.page), given);
  assert.deepEqual(await faults(two.page, 'opened'), []);
  await press(two.page, 'Continue from here');
  assert.equal(await heading(two.page).innerText(), WORDS.en.review);
  await two.page.getByRole('button', { name: 'Change Start of the stroke' }).click();
  assert.match(await text(two.page), /by the clock of another place/);
  await press(two.page, WORDS.en.onward);
  assert.deepEqual(await answers(two.page), given);
  await press(two.page, WORDS.en.submit);
  assert.equal(await heading(two.page).innerText(), outcome);
  assert.equal(await databases(two.page), 0);
  assert.deepEqual([two.seen.violations, two.seen.errors], [[], []]);
  await two.close();
});

test('a link of a newer version and a damaged one say so; a link to an open page is taken in', async () => {
  const { page, seen, close } = await visit({ ready: false, path: 'check.html#tp2.AAAA' });
  const sealed = (await readFile(new URL('../seal/full.tp1', import.meta.url), 'utf8')).trim();
  await entered(page, 'K7QM2-9XHTD');
  await page.locator('.summary', { hasText: 'newer version' }).waitFor();
  for (const damaged of ['tp1.AQE', `${sealed.slice(0, 60)}${sealed[60] === 'A' ? 'B' : 'A'}${sealed.slice(61)}`, 'tp1.<img src=x>']) {
    await page.evaluate((fragment) => { location.hash = fragment; }, damaged);
    await page.waitForFunction(() => location.hash === '');
    await page.locator('.summary').waitFor({ state: 'detached' });
    await entered(page, 'K7QM2-9XHTD');
    await page.locator('.summary', { hasText: 'That code did not open it' }).waitFor();
  }
  await page.evaluate((fragment) => { location.hash = fragment; }, sealed);
  await page.waitForFunction(() => location.hash === '');
  await page.locator('.summary').waitFor({ state: 'detached' });
  await entered(page, 'K7QM2-9XHTD');
  await heading(page).filter({ hasText: 'Is this the right check?' }).waitFor();
  assert.match(await text(page), /has changed since then/);
  assert.match(await text(page), /3 September 1948/);
  await press(page, 'Close and delete');
  await press(page, 'Delete and start over');
  await page.getByRole('button', { name: 'Start now' }).waitFor();
  await page.getByText('Open a trial file or a shared check').click();
  await page.locator('#file').setInputFiles({ name: 'check.tpseal', mimeType: 'text/plain', buffer: Buffer.from(sealed) });
  await heading(page).filter({ hasText: 'Open a shared check' }).waitFor();
  await press(page, 'Do not open it');
  await page.getByRole('button', { name: 'Start now' }).waitFor();
  assert.deepEqual([seen.violations, seen.errors], [[], []]);
  await close();
});

test('answers are kept on the device only where that is asked for, locked, and deleted when that is asked for', async () => {
  const { page, context, seen, close } = await visit();
  await begin(page);
  await answerAll(page, { ...FITTING, 'ischaemic-stroke': 'no' });
  await press(page, WORDS.en.see);
  assert.equal(await databases(page), 0);
  const given = await answers(page);
  await press(page, 'Keep on this device');
  assert.deepEqual(await faults(page, 'keeping'), []);
  await press(page, 'Keep them');
  await heading(page).filter({ hasText: 'are kept on this device' }).waitFor();
  const code = await page.locator('.code').innerText();
  assert.deepEqual(await faults(page, 'kept'), []);
  const stored = await page.evaluate(() => new Promise((resolve) => {
    const request = indexedDB.open('trial-prescreen');
    request.onsuccess = () => { const got = request.result.transaction('kept').objectStore('kept').getAll(); got.onsuccess = () => { request.result.close(); resolve(JSON.stringify(got.result)); }; };
  }));
  assert.match(stored, /^\[\{"sealed":"tp1\.[\w-]+","until":"2026-04-14"\}\]$/);

  const again = await context.newPage();
  await again.clock.setFixedTime(new Date('2026-03-20T06:30:00Z'));
  await again.goto(page.url());
  await press(again, 'Open it with your code');
  await entered(again, code);
  await heading(again).filter({ hasText: 'This is the check you kept' }).waitFor();
  assert.deepEqual(await answers(again), given);
  await press(again, 'Close and delete');
  assert.match(await text(again), /kept on this device is deleted too/);
  await press(again, 'Delete and start over');
  await again.getByRole('button', { name: 'Start now' }).waitFor();
  assert.equal(await databases(again), 0);
  await again.reload();
  await again.getByRole('button', { name: 'Start now' }).waitFor();
  assert.equal(await again.getByRole('button', { name: 'Open it with your code' }).count(), 0);
  assert.equal(await databases(again), 0);
  assert.deepEqual([seen.violations, seen.errors], [[], []]);
  await close();
});

test('a check of several studies is shared and kept as one', async () => {
  const { page, context, seen, close } = await visit({ path: 'check.html#SYS6020-MM+SYS6020-SLE' });
  await begin(page);
  await answerAll(page, { 'SYS6020-MM:text:multiple myeloma': 'no', 'SYS6020-SLE:lupus': 'yes' });
  const given = await answers(page);
  await press(page, WORDS.en.submit);
  const groups = () => page.locator('.group-of').allInnerTexts();
  const meant = await groups();
  const { link, code } = await shared(page, 'My answers', 'The result of today');
  await page.getByRole('button', { name: 'Back', exact: true }).click();
  await press(page, 'Keep on this device');
  await press(page, 'Keep them');
  await heading(page).filter({ hasText: 'are kept on this device' }).waitFor();
  const own = await page.locator('.code').innerText();

  const other = await context.newPage();
  await other.clock.setFixedTime(new Date('2026-03-15T06:30:00Z'));
  await other.goto(link);
  await entered(other, code);
  await heading(other).filter({ hasText: 'Is this the right check?' }).waitFor();
  assert.match(await text(other), /SYS6020 cells for multiple myeloma|multiple myeloma.*;.*lupus/i);
  assert.deepEqual(await answers(other), given);
  assert.deepEqual(await faults(other, 'several opened'), []);
  await press(other, 'Continue from here');
  await press(other, WORDS.en.submit);
  assert.deepEqual(await other.locator('.group-of').allInnerTexts(), meant);
  await press(page, 'Back to the check');
  await page.reload();
  await press(page, 'Open it with your code');
  await entered(page, own);
  await heading(page).filter({ hasText: 'This is the check you kept' }).waitFor();
  assert.deepEqual(await answers(page), given);
  assert.deepEqual([seen.violations, seen.errors], [[], []]);
  await close();
});
