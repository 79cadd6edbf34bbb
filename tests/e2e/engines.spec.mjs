// The main way, without a network, and the embed in Firefox and in WebKit: what Chromium alone shows is not yet the web.
import assert from 'node:assert/strict';
import { createServer } from 'node:http';
import { after, describe, test } from 'node:test';
import { firefox } from 'playwright-core';
import { faults } from './faults.mjs';
import { FOCUS, keyboard } from './keyboard.mjs';
import { CHARTS, CHOSEN, GIVEN, listed } from './listing.mjs';
import { faint } from './looks.mjs';
import { FITTING, WORDS, heading } from './walk.mjs';
import { base, leave } from './visit.mjs';
import { walker } from './walker.mjs';
import { webkit } from './webkit.mjs';
import { en } from '../../www/charts/words/en.js';
import { zh } from '../../www/charts/words/zh-cn.js';

after(leave);

const ASOF = '2026-03-15T14:30+00:00';
const OUTCOME = { en: /able to take part/, 'zh-CN': /可能可以参加|可能适合|参加/ };

/** The site on a server that can be shut: a network that is cut, for a browser that cannot be told to cut it. */
async function shuttable() {
  const site = await base();
  const server = createServer(async ({ url }, response) => {
    const answer = await fetch(new URL(url.slice(1), site));
    response.writeHead(answer.status, { 'content-type': answer.headers.get('content-type') ?? '', 'cache-control': 'no-store', connection: 'close' }).end(Buffer.from(await answer.arrayBuffer()));
  });
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
  server.unref();
  return {
    address: `http://127.0.0.1:${server.address().port}/`,
    shut: () => new Promise((resolve) => {
      server.close(resolve);
      server.closeAllConnections();
    }),
  };
}

/** Goes from the start screen to the result by the keyboard alone; what each question's screen shows is looked at. */
async function byKeyboard(means, language, look = async () => {}) {
  const words = WORDS[language];
  const { press, choose, answer, hidden } = keyboard(means);
  await press(words.start);
  await choose('respondent', 'patient');
  await press(words.onward);
  for (let question = await means.fields(); question; question = await means.fields(question.id)) {
    await look(question.id);
    await answer(FITTING[question.id], question.names);
    await press(words.onward);
  }
  await press(words.submit);
  return [...hidden];
}

/** The question that comes after another, once it is there; null where the answers come. */
const NEXT = async (before) => {
  const root = () => document.querySelector('trial-prescreen').shadowRoot;
  for (let turn = 0; turn < 800; turn += 1) {
    const form = root().querySelector('form[data-question]');
    if (form && form.dataset.question !== before) return { id: form.dataset.question, names: [...new Set([...form.elements].filter((one) => one.name && one.checkVisibility()).map(({ name }) => name))] };
    if (!form && root().querySelector('[part~="summary-list"]')) return null;
    await new Promise((resolve) => setTimeout(resolve, 25));
  }
  throw new Error(`nothing follows ${before}`);
};

describe('Firefox', () => {
  let browser;
  const open = async (options, firefoxUserPrefs = {}) => {
    await browser?.close();
    browser = await firefox.launch({ channel: 'moz-firefox', executablePath: process.env.FIREFOX ?? '/usr/bin/firefox-esr', firefoxUserPrefs });
    const context = await browser.newContext({ viewport: { width: 320, height: 640 }, ...options });
    const page = await context.newPage();
    const errors = [];
    // a driver that takes a picture would like to add a style, which the page's policy does not let it
    page.on('pageerror', (error) => /blocked an inline style/.test(error.message) || errors.push(String(error)));
    return { page, errors, close: () => context.close() };
  };
  after(() => browser?.close());

  const DARK = { 'layout.css.prefers-color-scheme.content-override': 0 };
  const FORCED = { 'browser.display.document_color_use': 2 };
  for (const [language, looks, prefs] of [['en', '(forced-colors: active)', FORCED], ['zh-CN', '(prefers-color-scheme: dark)', DARK]]) {
    test(`the check in ${language}, by the keyboard alone, at 320 px, ${looks}, axe clean, and on paper`, async () => {
      const { page, errors, close } = await open({ locale: language }, prefs);
      await page.goto(`${await base()}check.html`);
      assert.equal(await page.evaluate((query) => matchMedia(query).matches, looks), true);
      await page.locator('trial-prescreen').evaluate((check, asOf) => check.setAttribute('as-of', asOf), ASOF);
      await page.locator('trial-prescreen:state(ready)').waitFor();
      const means = { active: () => page.evaluate(FOCUS), key: (key) => page.keyboard.press(key), type: (text) => page.keyboard.type(text), fields: (before) => page.evaluate(NEXT, before) };
      const found = [];
      const hidden = await byKeyboard(means, language, async (id) => found.push(...(await faint(page, id))));
      await page.locator('.outcome').waitFor();
      assert.match(await heading(page).innerText(), OUTCOME[language]);
      found.push(...(await faint(page, 'result')), ...(await faults(page, 'result')));
      assert.equal((await page.pdf()).subarray(0, 5).toString(), '%PDF-');
      assert.equal(await page.locator('details:not([open])').count(), 0, 'on paper nothing is folded');
      assert.deepEqual([found, hidden, errors], [[], [], []]);
      await close();
    });
  }

  test('the list of a site, from records to a log that is kept, without a network and by the keyboard alone, axe clean', async () => {
    const site = await shuttable();
    const { page, errors, close } = await open({ locale: 'en-GB', viewport: { width: 1280, height: 900 } });
    await page.goto(`${site.address}charts.html`);
    await page.evaluate(CHOSEN);
    await site.shut();
    await page.evaluate(GIVEN, CHARTS);
    const found = [];
    const means = { active: () => page.evaluate(FOCUS), key: (key) => page.keyboard.press(key), back: 'Shift+Tab', type: (text) => page.keyboard.type(text), run: (deed, given) => page.evaluate(deed, given) };
    const { hidden, rows, code } = await listed(means, en, async (name) => found.push(...(await faults(page, name))));
    assert.match(rows, /two.*90 or more.*Something against it/);
    assert.match(code, /^\w{5}-\w{5}$/);
    assert.deepEqual([found, hidden, errors], [[], [], []]);
    await close();
  });

  test('without a network, and in a frame of its own', async () => {
    const site = await shuttable();
    const { page, errors, close } = await open({ locale: 'en-GB' });
    await page.goto(`${site.address}check.html`);
    await page.locator('[data-words="kept"]:not(:empty)').waitFor();
    await site.shut();
    await page.reload();
    await page.getByRole('button', { name: WORDS.en.start }).waitFor();
    await page.goto(`${await base()}demo/frame.html`);
    const inner = page.frameLocator('iframe').getByRole('button', { name: WORDS.en.start });
    await inner.waitFor();
    assert.deepEqual(errors, []);
    await close();
  });
});

describe('WebKit', () => {
  let browser;
  after(() => browser?.close());

  test('the check in English, in the dark, by the keyboard alone, axe clean', async (test) => {
    const dark = await webkit({ dark: true });
    test.after(() => dark.close());
    await dark.go(`${await base()}check.html?lang=en`);
    assert.equal(await dark.run(async () => matchMedia('(prefers-color-scheme: dark)').matches), true);
    await dark.run(async (asOf) => {
      const check = document.querySelector('trial-prescreen');
      check.setAttribute('as-of', asOf);
      await check.ready;
    }, ASOF);
    const means = { active: () => dark.run(FOCUS), key: (key) => dark.press(key), type: (text) => dark.press(...text), fields: (before) => dark.run(NEXT, before) };
    const found = await dark.axe();
    const hidden = await byKeyboard(means, 'en');
    const title = await dark.run(async () => {
      const root = document.querySelector('trial-prescreen').shadowRoot;
      while (!root.querySelector('.outcome')) await new Promise((resolve) => setTimeout(resolve, 25));
      return root.querySelector('.title').textContent;
    });
    found.push(...(await dark.axe()));
    assert.match(title, OUTCOME.en);
    assert.deepEqual([found, hidden], [[], []]);
  });

  test('the check in both languages', async () => {
    browser = await webkit();
    for (const language of ['en', 'zh-CN']) {
      await browser.go(`${await base()}check.html`);
      await browser.run(async (tag) => document.querySelector(`button[lang="${tag}"]`).click(), language);
      const { heading, questions, focus, width } = await browser.run(walker, { answers: FITTING, words: WORDS[language], asOf: ASOF });
      assert.match(heading, OUTCOME[language]);
      assert.ok(questions.length > 5);
      assert.equal(focus, 'title');
      assert.equal(width, true);
    }
  });

  test('the list of a site in Chinese, from records to a log that is kept, without a network and by the keyboard alone, axe clean', async () => {
    const site = await shuttable();
    await browser.go(`${site.address}charts.html`);
    await browser.run(async () => document.querySelector('button[lang="zh-CN"]').click());
    await browser.run(CHOSEN);
    await site.shut();
    await browser.run(GIVEN, CHARTS);
    const found = [];
    const means = { active: () => browser.run(FOCUS), key: (key) => browser.press(key), type: (text) => browser.press(...text), run: browser.run };
    const { hidden, rows, code } = await listed(means, zh, async () => found.push(...(await browser.axe())));
    assert.match(rows, /two.*90 岁及以上.*有不符之处/);
    assert.match(code, /^\w{5}-\w{5}$/);
    assert.deepEqual([found, hidden], [[], []]);
  });

  test('without a network, and in a frame of its own', async () => {
    const site = await shuttable();
    await browser.go(`${site.address}check.html`);
    await browser.run(async () => {
      for (let turn = 0; !(document.querySelector('[data-words="kept"]').textContent && navigator.serviceWorker.controller?.state === 'activated'); turn += 1) {
        if (turn > 600) throw new Error('not kept');
        await new Promise((resolve) => setTimeout(resolve, 50));
      }
    });
    await site.shut();
    // WebKitGTK now and then fails to load a part the first time after the network went; the page then says so
    let title;
    for (let attempt = 0; !title && attempt < 3; attempt += 1) {
      await browser.go(`${site.address}check.html`);
      title = await browser.run(async () => {
        const check = document.querySelector('trial-prescreen');
        return check.ready.then(() => check.shadowRoot.querySelector('.title').textContent, () => '');
      });
    }
    assert.match(title, /Check|预筛查|核对/);
    await browser.go(`${await base()}demo/frame.html`);
    const state = await browser.run(async () => {
      const frame = document.querySelector('trial-prescreen-frame');
      for (let turn = 0; turn < 600; turn += 1) {
        const inside = frame.shadowRoot?.querySelector('iframe');
        if (frame.status === 'ready' && inside.clientHeight > 400) return 'high';
        await new Promise((resolve) => setTimeout(resolve, 50));
      }
      return 'low';
    });
    assert.equal(state, 'high');
    const inside = await browser.run(walker, { answers: FITTING, words: WORDS.en, asOf: ASOF, width: 320 });
    assert.match(inside.heading, OUTCOME.en);
    assert.equal(inside.width, true, 'it fits 320 px');
  });
});
