// The main way, without a network, and the embed in Firefox and in WebKit: what Chromium alone shows is not yet the web.
import assert from 'node:assert/strict';
import { createServer } from 'node:http';
import { after, describe, test } from 'node:test';
import { AxeBuilder } from '@axe-core/playwright';
import { firefox } from 'playwright-core';
import { FITTING, WORDS, answerAll, begin, heading, press } from './walk.mjs';
import { base, leave } from './visit.mjs';
import { walker } from './walker.mjs';
import { webkit } from './webkit.mjs';

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

describe('Firefox', () => {
  let browser;
  const open = async (options) => {
    browser ??= await firefox.launch({ channel: 'moz-firefox', executablePath: process.env.FIREFOX ?? '/usr/bin/firefox-esr' });
    const context = await browser.newContext({ viewport: { width: 390, height: 844 }, ...options });
    const page = await context.newPage();
    const errors = [];
    page.on('pageerror', (error) => errors.push(String(error)));
    return { page, errors, close: () => context.close() };
  };
  after(() => browser?.close());

  for (const language of ['en', 'zh-CN']) {
    test(`the check in ${language}, by the keyboard at its last step, axe clean`, async () => {
      const { page, errors, close } = await open({ locale: language });
      await page.goto(`${await base()}check.html`);
      await page.locator('trial-prescreen').evaluate((check, asOf) => check.setAttribute('as-of', asOf), ASOF);
      await begin(page, language);
      await answerAll(page, FITTING, { language });
      const submit = page.getByRole('button', { name: WORDS[language].submit, exact: true });
      await submit.focus();
      await page.keyboard.press('Enter');
      await page.locator('.outcome').waitFor();
      assert.match(await heading(page).innerText(), OUTCOME[language]);
      const { violations } = await new AxeBuilder({ page }).withTags(['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa']).analyze();
      assert.deepEqual(violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html}`), []);
      assert.deepEqual(errors, []);
      await close();
    });
  }

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
        const inside = frame.shadowRoot?.querySelector('iframe') ?? frame.querySelector('iframe');
        if (inside && inside.clientHeight > 400) return 'high';
        await new Promise((resolve) => setTimeout(resolve, 50));
      }
      return 'low';
    });
    assert.equal(state, 'high');
  });
});
