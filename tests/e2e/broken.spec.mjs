import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { after, describe, test } from 'node:test';
import { FITTING, answerAll, begin, heading, press } from './walk.mjs';
import { NOW, base, leave, visit } from './visit.mjs';

after(leave);

const TRIAL = 'trials/NCT07084012.json';
const trial = JSON.parse(await readFile(new URL('../../www/trials/NCT07084012.json', import.meta.url), 'utf8'));
const json = (body) => ({ contentType: 'application/json', body });
const text = JSON.stringify(trial);
const nested = (depth) => {
  const [first, ...rest] = trial.eligibility.criteria;
  const criteria = [{ ...first, expression: 'HERE' }, ...rest];
  const without = JSON.stringify({ ...trial, eligibility: { ...trial.eligibility, criteria } });
  return without.replace('"HERE"', `${'{"not":'.repeat(depth)}{}${'}'.repeat(depth)}`);
};

const BROKEN = {
  'the engine does not arrive': { pages: { 'check_bg.wasm': null }, code: 'engine' },
  'the engine is not WebAssembly': { pages: { 'check_bg.wasm': { contentType: 'application/wasm', body: 'not wasm' } }, code: 'browser' },
  'the rest of the engine does not arrive': { pages: { 'check_later.wasm': null }, code: 'engine' },
  'the rest of the engine is another': { pages: { 'check_later.wasm': { contentType: 'application/wasm', body: Buffer.from('0061736d01000000', 'hex') } }, code: 'engine' },
  'the trial is not there': { pages: { [TRIAL]: { status: 404, body: 'not found' } }, code: 'trial' },
  'the trial does not arrive': { pages: { [TRIAL]: null }, code: 'trial' },
  'the trial is empty': { pages: { [TRIAL]: json('') }, code: 'empty' },
  'the trial is not JSON': { pages: { [TRIAL]: json('<!doctype html><p>Log in</p>') }, code: 'not-json' },
  'the trial is cut short': { pages: { [TRIAL]: json(text.slice(0, 5000)) }, code: 'truncated' },
  'the trial is nested without end': { pages: { [TRIAL]: json(nested(5000)) }, code: 'too-deep' },
  'the trial is 50 MB': { pages: { [TRIAL]: json(`${text.slice(0, -1)}${' '.repeat(50 * 2 ** 20)}}`) }, code: 'too-large' },
  'the trial is of a later version': { pages: { [TRIAL]: json(text.replace('trial-prescreen/1', 'trial-prescreen/2')) }, code: 'later-version' },
  'the trial is some other document': { pages: { [TRIAL]: json('{"name":"x"}') }, code: 'not-a-trial' },
  'the trial is in another encoding': { pages: { [TRIAL]: { contentType: 'application/json', body: Buffer.from(text, 'utf16le') } }, code: 'wrong-encoding' },
};

/** The trial without its words in one language. */
const without = (language) => JSON.parse(text, (_, value) => {
  if (value && typeof value === 'object' && !Array.isArray(value)) delete value[language];
  return value;
});

const OTHERWISE = {
  'the English words have changed since they were translated': { document: { ...trial, overview: { ...trial.overview, en: 'Another overview.' } }, lacking: 'zh-CN' },
  'there are no Chinese words': { document: without('zh-CN'), lacking: 'zh-CN' },
  'there are no English words': { document: without('en'), lacking: 'en' },
};

describe('a study in one language is shown in that language, and says so in the other', () => {
  const SAID = { en: /missing or out of date. The check is shown in Chinese/, 'zh-CN': /中文译文尚未更新，因此预筛查以英文显示/ };
  const NAMES = { en: 'English', 'zh-CN': '中文' };
  for (const [what, { document, lacking }] of Object.entries(OTHERWISE)) {
    test(what, async () => {
      const there = lacking === 'en' ? 'zh-CN' : 'en';
      const { page, seen, close } = await visit({ locale: lacking, ready: false, pages: { [TRIAL]: json(JSON.stringify(document)) } });
      const notice = page.locator(`.notice[lang="${lacking}"]`);
      await page.locator('trial-prescreen:state(ready)').waitFor();
      assert.match(await notice.innerText(), SAID[lacking]);
      await begin(page, there);
      await page.locator('form[data-question]').waitFor();
      assert.match(await notice.innerText(), SAID[lacking]);
      assert.equal(await page.locator('.root').getAttribute('lang'), there);
      assert.equal(/\p{Script=Han}/u.test(await page.locator('form').innerText()), there === 'zh-CN');
      await press(page, NAMES[there]);
      assert.equal(await page.locator('.notice').count(), 0);
      await press(page, NAMES[lacking]);
      assert.equal(await notice.count(), 1);
      assert.deepEqual(seen.errors, []);
      await close();
    });
  }
});

describe('what fails is said in words', () => {
  for (const [what, { pages, code }] of Object.entries(BROKEN)) {
    test(what, async () => {
      const { page, seen, close } = await visit({ pages, ready: false });
      await heading(page).filter({ hasText: 'cannot run' }).waitFor();
      const shown = await page.locator('.root').innerText();
      assert.match(shown, /emergency number/);
      assert.match(shown, /study team/);
      assert.equal(await page.getByText('stands on its own page').isVisible(), true);
      assert.equal(await page.getByText('该研究的介绍页').isVisible(), false);
      assert.equal(await page.getByRole('button', { name: 'Try again' }).count(), 1);
      assert.deepEqual(seen.events.filter(({ name }) => name === 'error').map(({ detail }) => detail.code), [code]);
      assert.deepEqual(seen.errors, []);
      await press(page, '中文');
      assert.match(await heading(page).innerText(), /无法/);
      await close();
    });
  }

  test('without JavaScript there are still words and a way on', async () => {
    const { page, close } = await visit({ ready: false, javaScriptEnabled: false });
    const shown = await page.locator('main').innerText();
    assert.match(shown, /emergency number/);
    assert.match(shown, /JavaScript is turned off/);
    assert.match(shown, /急救电话/);
    await close();
  });

  test('without the page’s own script the words beneath stay', async () => {
    const { page, close } = await visit({ ready: false, pages: { 'page.js': null } });
    assert.match(await page.locator('main').innerText(), /How to reach|how to reach/);
    await close();
  });

  test('trying again loads the page anew', async () => {
    const { page, close } = await visit({ ready: false, pages: { [TRIAL]: { status: 503, body: '' } } });
    await heading(page).filter({ hasText: 'cannot run' }).waitFor();
    await page.unrouteAll();
    await press(page, 'Try again');
    await page.getByRole('button', { name: 'Start now' }).waitFor();
    await close();
  });
});

test('an engine that breaks down on the way is said, and not hidden', async () => {
  const text = async (name) => (await fetch(new URL(name, await base()))).text();
  const names = ['page.js', ...(await text('page.js')).matchAll(/page-[\w-]+\.js/g)].map(String);
  const scripts = await Promise.all(names.map(async (name) => [name, await text(name)]));
  const calls = scripts.filter(([, script]) => script.includes('.trial_answer('));
  assert.equal(calls.length, 1);
  const pages = Object.fromEntries(calls.map(([name, script]) => [name, { contentType: 'text/javascript', body: script.replace('.trial_answer(', '.nothing_of_the_kind(') }]));
  const { page, seen, close } = await visit({ pages });
  await begin(page);
  await press(page, 'Continue');
  assert.match(await heading(page).innerText(), /cannot run/);
  assert.match(await page.locator('.root').innerText(), /Nothing was decided/);
  assert.deepEqual(seen.events.filter(({ name }) => name === 'error').map(({ detail }) => detail.code), ['failure']);
  await close();
});

test('markup in a trial is shown as text', async () => {
  const hostile = '<img src=x onerror="document.title=1"><script>document.title=2</script>\u202e{{7*7}}';
  const poisoned = (value, key) => {
    if (Array.isArray(value)) return value.map((one) => poisoned(one, key));
    if (value && typeof value === 'object') {
      const localized = Object.keys(value).every((name) => name === 'en' || name === 'zh-CN');
      return Object.fromEntries(Object.entries(value).map(([name, one]) => [name, localized && typeof one === 'string' ? hostile + one : poisoned(one, name)]));
    }
    return ['patient', 'short', 'why', 'place', 'hint', 'full', 'item'].includes(key) && typeof value === 'string' ? hostile + value : value;
  };
  const { page, seen, close } = await visit({ pages: { [TRIAL]: json(JSON.stringify(poisoned(trial))) } });
  assert.match(await page.locator('.lead').first().innerText(), /<img src=x/);
  await begin(page);
  assert.match(await heading(page).innerText(), /<script>/);
  const made = await page.evaluate(() => document.querySelector('trial-prescreen').shadowRoot.querySelectorAll('img, script, b').length);
  assert.equal(made, 0);
  assert.deepEqual(seen.violations, []);
  assert.equal(await page.title(), 'Trial Pre-screen');
  await close();
});

test('an answer that is markup, turns the line around or has no end is no answer', async () => {
  const { page, seen, close } = await visit();
  await begin(page);
  await page.getByLabel('Someone was there when it began').check();
  for (const typed of ['<img src=x onerror="document.title=1">\u202e2026', '9'.repeat(1_000_000), '__proto__', 'javascript:document.title=1']) {
    await page.locator('[name="date.year"]').evaluate((input, text) => { input.value = text; }, typed);
    await press(page, 'Continue');
    assert.match(await page.locator('.summary').innerText(), /Enter a date that exists|could not be read/);
    assert.equal(await page.locator('[name="date.year"]').inputValue(), typed);
  }
  assert.equal(await page.locator('.screen img').count(), 0);
  assert.equal(await page.title(), 'Error: Trial Pre-screen');
  assert.deepEqual([seen.violations, seen.errors], [[], []]);
  await close();
});

test('a trial with words without end, keys of prototypes and links that run is refused, or harmless', async () => {
  const poison = (text) => text.replace('"options": {', '"options": {"__proto__": "x", "constructor": "y",').replace('"contacts": [', '"contacts": [{"name": {"en": "z", "__proto__": "z"}, "phone": "javascript:document.title=1", "email": "javascript:document.title=1"},');
  const evil = await visit({ pages: { [TRIAL]: json(poison(JSON.stringify(trial, null, 1))) } });
  await begin(evil.page);
  await answerAll(evil.page, { ...FITTING, 'ischaemic-stroke': 'no' });
  await press(evil.page, 'See the result');
  const links = await evil.page.locator('.screen a').evaluateAll((all) => all.map(({ protocol }) => protocol));
  assert.deepEqual([...new Set(links)].filter((protocol) => !['tel:', 'mailto:', 'http:', 'https:'].includes(protocol)), []);
  assert.deepEqual(await evil.page.evaluate(() => [({}).x, Object.keys(Object.prototype).length]), [undefined, 0]);
  assert.deepEqual([evil.seen.violations, evil.seen.errors], [[], []]);
  await evil.close();
  const endless = await visit({ ready: false, pages: { [TRIAL]: json(JSON.stringify({ ...trial, overview: { en: 'x'.repeat(1_100_000), 'zh-CN': 'x' } })) } });
  await heading(endless.page).filter({ hasText: 'cannot run' }).waitFor();
  assert.equal(await endless.page.evaluate(() => document.scrollingElement.scrollWidth <= innerWidth), true);
  await endless.close();
});

describe('a trial file of one’s own', () => {
  const mine = JSON.stringify({ ...trial, id: 'MINE-1', title: { en: 'A study of mine' } });
  const choose = async (page, name, content) => {
    const details = page.getByText('Open a trial file or a shared check');
    if (!(await page.locator('#file').isVisible())) await details.click();
    await page.locator('#file').setInputFiles({ name, mimeType: 'application/json', buffer: Buffer.from(content) });
  };

  test('takes the place of the bundled one', async () => {
    const { page, close } = await visit();
    await choose(page, 'mine.json', mine);
    await page.getByText('mine.json is open.').last().waitFor();
    assert.equal(await page.locator('.lead').first().innerText(), 'A study of mine');
    await begin(page);
    await close();
  });

  test('takes its place also while the bundled one is on its way', async () => {
    const { page, close } = await visit({ ready: false, path: 'page.css' });
    await page.clock.install({ time: new Date(Date.parse(NOW) - 60_000) });
    await page.clock.pauseAt(new Date(NOW));
    const engine = page.waitForResponse(/check_bg\.wasm/);
    await page.goto(`${await base()}check.html`);
    await (await engine).finished();
    await choose(page, 'mine.json', mine);
    await page.waitForTimeout(500);
    await page.clock.runFor(500);
    await page.locator('trial-prescreen').evaluate((element) => element.ready);
    await page.getByText('mine.json is open.').last().waitFor();
    assert.equal(await page.locator('.lead').first().innerText(), 'A study of mine');
    await close();
  });

  test('that is broken is refused with its place, and the former one goes on', async () => {
    const { page, close } = await visit();
    await choose(page, 'broken.json', '{\n  "format": "trial-prescreen/1",\n  oops\n}');
    const findings = page.locator('.findings');
    await findings.waitFor();
    assert.match(await findings.innerText(), /line 3, column 3/);
    assert.match(await page.locator('.lead').first().innerText(), /hUC-MSC/);
    await begin(page);
    await close();
  });
});
