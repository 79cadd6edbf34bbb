// The whole site by the keyboard alone, as wide as a phone at 400 % (320 px), in the looks that people set: from the list
// to a study, a note, a message, the check, its result, sharing it, and being told of other studies.
import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { after, test } from 'node:test';
import { words as contact } from '../../www/contact/words.js';
import { noteWords as notes } from '../../www/notes/words.js';
import { share } from '../../www/share/words.js';
import { offer } from '../../www/share/words/offer.js';
import { en as study } from '../../www/study/words/en.js';
import { zh as studyZh } from '../../www/study/words/zh-cn.js';
import { words as watch } from '../../www/watch/words.js';
import { words as site } from '../../www/words.js';
import { faults } from './faults.mjs';
import { FOCUS, keyboard } from './keyboard.mjs';
import { faint } from './looks.mjs';
import { heading } from './walk.mjs';
import { base, leave, visit } from './visit.mjs';

after(leave);

const whole = JSON.parse(await readFile(new URL('../../www/trials/NCT07084012.json', import.meta.url), 'utf8'));
/** The same study with one condition: one question leads to the result. */
const short = {
  ...whole, wording: undefined, checklists: undefined, questions: { 'birth-date': whole.questions['birth-date'] }, contacts: [{ name: { en: 'Study office', 'zh-CN': '研究办公室' }, email: 'study@example.org' }],
  eligibility: { ...whole.eligibility, criteria: whole.eligibility.criteria.filter(({ id }) => id === 'I1') },
};

for (const [language, looks] of [['en', { forcedColors: 'active' }], ['zh-CN', { colorScheme: 'dark' }]]) {
  test(`every page by the keyboard alone at 320 px, in ${language}, ${JSON.stringify(looks)}`, async () => {
    const said = { ...site[language], study: language === 'en' ? study : studyZh, contact: contact[language], share: share[language], offer: offer[language], watch: watch[language], notes: notes[language] };
    const { page, seen, close } = await visit({
      path: 'index.html', ready: false, locale: language, viewport: { width: 320, height: 640 }, serviceWorkers: 'block', ...looks,
      pages: { 'NCT07084012.json': { contentType: 'application/json', body: JSON.stringify(short) } },
    });
    const found = [];
    const keys = keyboard({ active: () => page.evaluate(FOCUS), key: (key) => page.keyboard.press(key), type: (text) => page.keyboard.type(text) });
    const look = async (name) => found.push(...(await faint(page, name)), ...(looks.forcedColors ? [] : await faults(page, name)));
    const titled = (text) => heading(page).filter({ hasText: text }).waitFor();
    const { press, fill, tabTo, choose } = keys;

    await page.locator('.card').first().waitFor();
    await look('list');
    await tabTo(({ id }) => id === 'words');
    await page.keyboard.type('NCT07084012');
    await press(/IIa/);
    await page.getByRole('button', { name: said.notes.add }).last().waitFor();
    await look('study');
    await press(new RegExp(`^${said.notes.add}`));
    await page.locator('textarea:focus').waitFor();
    await page.keyboard.type('?');
    await look('note');
    await press(said.notes.save);
    await press(said.result.write);
    await titled(said.contact.heading);
    await press(said.question.continue);
    await page.locator('.summary').waitFor();
    await look('contact, error');
    await fill('email', 'anna@example.org');
    await press(said.question.continue);
    await titled(said.contact.preview.heading);
    await look('message');
    await press(said.study.check);

    await page.locator('trial-prescreen:state(ready)').waitFor();
    await look('start');
    await press(said.start.button);
    await choose('respondent', 'patient');
    await look('who');
    await press(said.question.continue);
    await titled(/./);
    await fill('date.year', '1960');
    await press(said.question.continue);
    await page.locator('.outcome, [part~="summary-list"]').first().waitFor();
    await press(new RegExp(`^(${said.review.submit}|${said.stop.result})$`));
    await page.locator('.outcome').waitFor();
    await look('result');
    await press(said.offer.share);
    await titled(said.share.heading);
    await choose('include', 'answers');
    await look('share');
    await press(said.share.make);
    await page.locator('.code').waitFor();
    await look('shared');
    await press(said.question.back);
    await press(said.result.watch);
    await titled(said.watch.offer.heading);
    await look('watch, offer');
    await press(said.watch.offer.button);
    await page.getByText(said.watch.report.nothing).waitFor();
    await look('watch');
    await press(said.watch.report.stop);
    await page.getByText(said.watch.stopped.heading).waitFor();

    assert.deepEqual([found, [...keys.hidden], seen.errors, seen.violations], [[], [], [], []]);
    await close();
  });
}

/** What a page tells its authors to write, with something of theirs above and below it. */
const written = (await readFile(new URL('../../README.md', import.meta.url), 'utf8')).match(/(?<=```html\n)[^]*?(?=```)/g)
  .map((code) => ({ contentType: 'text/html', body: `<!doctype html><html lang="en"><meta name="viewport" content="width=device-width"><title>A clinic</title><h1>A clinic</h1>${code.replaceAll('https://check.example.org/', '')}<p>Below` }));
const ready = 'trial-prescreen:state(ready)';
const FRAME = 'trial-prescreen-frame';
/** Pages, and what is there once they are complete. */
const PAGES = [
  ['index.html', '.card'], ['trial.html#NCT07084012', 'main h1'], ['check.html', ready], ['watch.html', 'main h1'], ['workshop.html', 'main h1'], ['charts.html', 'main h1'],
  ['demo/plain.html', ready], ['demo/frame.html', FRAME], ...written.map((page) => ['host.html', page.body.includes('<trial-prescreen ') ? ready : FRAME, page]),
];

test('what comes after the first look at a page, or at a page around a check, moves nothing that is seen', async () => {
  assert.equal(written.length, 2);
  for (const [path, there, host] of PAGES) {
    const { page, close } = await visit({ path: '404', ready: false, pages: host ? { 'host.html': host } : {} });
    await page.route(/\.js$/, async (route) => {
      await new Promise((resolve) => { setTimeout(resolve, 200); });
      await route.continue();
    }, { times: 1 });
    await page.goto((await base()) + path);
    await page.locator(there).first().waitFor({ state: 'attached' });
    if (there === FRAME) await page.locator(there).evaluate((frame) => frame.status === 'ready' || new Promise((resolve) => { frame.addEventListener('prescreen-ready', resolve, { once: true }); }));
    const moved = await page.evaluate(() => new Promise((resolve) => {
      new PerformanceObserver((list) => resolve(list.getEntries().reduce((sum, { value }) => sum + value, 0))).observe({ type: 'layout-shift', buffered: true });
      setTimeout(resolve, 200, 0);
    }));
    assert.ok(moved <= 0.02, `${path} ${there}: ${moved}`);
    await close();
  }
});
