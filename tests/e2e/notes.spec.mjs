import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { after, test } from 'node:test';
import { FITTING, WORDS, answerAll, begin, heading, press } from './walk.mjs';
import { violations } from './axe.mjs';
import { leave, visit } from './visit.mjs';

after(leave);

const block = (page, id) => page.locator(`[data-block="criterion:${id}"]`);
const highlighted = (page) => page.evaluate(() => [...(CSS.highlights.get('prescreen-note') ?? [])].map(String));
const databases = (page) => page.evaluate(async () => (await indexedDB.databases()).length);

/** What the keyboard alone can do: to an element by Tab, and Enter. */
async function pressed(page, target) {
  await target.focus();
  await page.keyboard.press('Enter');
}

test('notes on the page of a trial: by keyboard, on words, through another language, kept only where that is asked for', async () => {
  const { page, seen, close } = await visit({ ready: false, path: 'trial.html#NCT07084012', viewport: { width: 320, height: 640 } });
  const e3 = block(page, 'E3');
  await e3.getByRole('button', { name: /^Add note about:/ }).waitFor();
  await pressed(page, e3.getByRole('button', { name: /^Add note/ }));
  await pressed(page, e3.getByRole('button', { name: 'Choose words to quote' }));
  const field = e3.getByLabel(/^Select words/);
  const before = await field.inputValue();
  for (let n = 0; n < 2; n += 1) await page.keyboard.press('ArrowRight');
  for (let n = 0; n < 9; n += 1) await page.keyboard.press('Shift+ArrowRight');
  await page.keyboard.press('x');
  assert.equal(await field.inputValue(), before, 'the text cannot be changed');
  await pressed(page, e3.getByRole('button', { name: 'Use these words' }));
  const words = await e3.locator('blockquote').textContent();
  assert.equal(words.length, 9);
  await page.keyboard.type('Ask the doctor\nabout this');
  assert.deepEqual(await violations(page), []);
  await page.keyboard.press('Tab');
  await page.keyboard.press('Enter');
  await e3.getByRole('button', { name: /^Note 1 about:/ }).waitFor();
  assert.deepEqual(await highlighted(page), [words]);
  assert.match(await page.locator('.note-list').innerText(), /Ask the doctor\nabout this/);

  // with the mouse: what is selected is what the note is about
  const overview = page.locator('[data-block="overview"]');
  await overview.locator('.lead').selectText();
  await overview.getByRole('button', { name: /^Add note/ }).click();
  await overview.getByLabel(/^Your note about/).fill('<b>all of it</b>');
  await overview.getByRole('button', { name: 'Save the note' }).click();
  assert.equal((await highlighted(page)).length, 2);

  await page.getByRole('button', { name: '中文' }).click();
  await block(page, 'E3').getByRole('button', { name: /^笔记 1/ }).click();
  assert.match(await block(page, 'E3').innerText(), /这里的文字有变化/);
  assert.equal(await block(page, 'E3').locator('blockquote').textContent(), words);
  await block(page, 'E3').locator('textarea').fill('问问医生');
  await page.getByRole('button', { name: 'English' }).click();
  await page.locator('.note-list li').nth(1).waitFor();
  assert.equal(await block(page, 'E3').locator('textarea').inputValue(), '问问医生', 'what was not saved yet is not lost');
  await block(page, 'E3').getByRole('button', { name: 'Save the note' }).click();
  assert.equal((await highlighted(page)).length, 2);

  const [download] = await Promise.all([page.waitForEvent('download'), page.getByRole('button', { name: 'Save as a file' }).click()]);
  const { items } = JSON.parse(await readFile(await download.path(), 'utf8'));
  assert.deepEqual(items[0].target.selector.refinedBy[0].exact, words);
  assert.equal(items[1].body.value, '<b>all of it</b>');
  await page.emulateMedia({ media: 'print' });
  assert.match(await page.locator('main').innerText(), /My notes[^]*问问医生/);
  await page.emulateMedia({ media: null });

  assert.equal(await databases(page), 0);
  await page.getByRole('button', { name: 'Keep my notes on this device' }).click();
  await page.getByRole('button', { name: 'Do not keep them any more' }).waitFor();
  await page.reload();
  await page.locator('.note-list li').nth(1).waitFor();
  assert.deepEqual(await violations(page), []);
  await page.locator('.note-list').getByRole('button', { name: /Delete this note/ }).first().click();
  await page.locator('.note-list li').nth(1).waitFor({ state: 'detached' });
  await page.getByRole('button', { name: 'Do not keep them any more' }).click();
  await page.getByRole('button', { name: 'Keep my notes on this device' }).waitFor();
  assert.equal(await databases(page), 0);
  assert.deepEqual([seen.violations, seen.errors], [[], []]);
  await close();
});

test('notes in a check: on a question and on a condition, never an answer, in a link only where ticked', async () => {
  const { page, seen, close } = await visit();
  await begin(page);
  await page.getByLabel('I am not sure').check();
  await press(page, 'My notes');
  await heading(page).filter({ hasText: 'My notes' }).waitFor();
  await press(page, 'Back');
  await page.getByRole('button', { name: /^Add note about:/ }).click();
  await page.getByLabel(/^Your note about/).fill('My son knows the time');
  await press(page, 'Save the note');
  assert.equal(await page.getByLabel('I am not sure').isChecked(), true, 'typing a note changes no answer');
  await answerAll(page, { ...FITTING, 'ischaemic-stroke': 'no' });
  await press(page, WORDS.en.see);
  const criterion = page.locator('.criterion.fail').first();
  await criterion.getByRole('button', { name: /^Add note about:/ }).click();
  await page.getByLabel(/^Your note about/).fill('Bring the letter');
  await press(page, 'Save the note');
  assert.match(await page.locator('[data-note-list]').innerText(), /My son knows the time[^]*Bring the letter/);
  assert.deepEqual(await violations(page), []);

  await press(page, 'Share with a code');
  await page.getByLabel('My answers').check();
  await page.getByLabel('My notes').check();
  await press(page, 'Make the link and the code');
  await page.locator('.code').waitFor();
  const [link, code] = [await page.locator('.link-text').innerText(), await page.locator('.code').innerText()];
  await page.evaluate((fragment) => { location.hash = fragment; }, new URL(link).hash);
  await page.getByLabel('Code').fill(code);
  await press(page, 'Open');
  await page.getByRole('button', { name: 'Continue from here' }).waitFor();
  assert.match(await page.locator('.root').innerText(), /My son knows the time[^]*Bring the letter/);
  assert.equal(await databases(page), 0);
  assert.deepEqual([seen.violations, seen.errors], [[], []]);
  await close();
});
