// Pages of others that have the check in them: in a frame of its own site, and the example pages.
import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import { after, test } from 'node:test';
import { violations } from './axe.mjs';
import { FITTING, WORDS, answerTo, asked, enter, press } from './walk.mjs';
import { base, leave, visit } from './visit.mjs';

after(leave);

/** A clinic's page on another site than that of the check, which serves the script of the frame's element itself. */
async function clinic(body) {
  const page = `<!doctype html><html lang="en"><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>A clinic</title><style>p { margin-block: 30rem }</style><main><h1>A clinic</h1>${body}</main><script type="module" src="define-frame.js"></script>`;
  const server = createServer(async ({ url }, response) => {
    const script = url !== '/' && (await fetch(new URL(url.slice(1), await base())));
    response.writeHead(200, { 'content-type': script ? 'text/javascript' : 'text/html' }).end(script ? await script.text() : page);
  });
  await new Promise((resolve) => server.listen(0, 'localhost', resolve));
  server.unref();
  return `http://localhost:${server.address().port}/`;
}

test('a check in a frame shows the page around its height, and nothing that is typed', async () => {
  const frame = `${await base()}frame.html#NCT07084012`;
  const at = await clinic(`<trial-prescreen-frame src="${frame}" lang="zh-CN" respondent="patient" theme="dark"><b>Call 555-0100</b></trial-prescreen-frame><p>Below</p>`);
  const { page, seen, close } = await visit({ ready: false, at });
  const check = page.frameLocator('iframe');
  const words = WORDS['zh-CN'];
  await check.getByRole('button', { name: words.start }).waitFor();
  assert.match(await check.locator('header').innerText(), /嵌入它的网站看不到您在这里输入的内容/);
  assert.match(await check.locator('.root').innerText(), /不会离开本页面/);
  assert.equal(await check.locator('.title').evaluate((title) => getComputedStyle(title).colorScheme), 'dark');
  await page.waitForFunction(() => document.querySelector('trial-prescreen-frame').status === 'ready');
  assert.equal(await page.getByText('Call 555-0100').isVisible(), false);
  assert.equal(await page.locator('iframe').getAttribute('title'), '看看某项研究是否可能适合您');
  await page.evaluate(() => {
    window.spied = [];
    for (const name of ['keydown', 'input', 'change', 'click', 'submit']) addEventListener(name, (event) => window.spied.push(name), true);
    addEventListener('message', ({ data }) => window.spied.push(data));
    window.reached = (() => { try { return Boolean(document.querySelector('trial-prescreen-frame').shadowRoot.querySelector('iframe').contentWindow.document); } catch { return false; } })();
  });
  await check.getByRole('button', { name: words.start }).click();
  const fits = () => page.waitForFunction(() => {
    const frame = document.querySelector('trial-prescreen-frame').shadowRoot.querySelector('iframe');
    return Math.abs(frame.getBoundingClientRect().height - window.spied.findLast((data) => data.prescreen === 'size')?.height) < 2;
  });
  await check.locator('form').waitFor();
  await fits();
  for (let id = await asked(check); id !== null; id = await asked(check)) {
    await enter(check, id === 'ischaemic-stroke' ? 'no' : await answerTo(check, id, FITTING));
    await check.getByRole('button', { name: words.onward, exact: true }).click();
    await check.locator(`form[data-question="${id}"]`).waitFor({ state: 'detached' });
  }
  await check.getByRole('button', { name: words.see }).click();
  await check.locator('.outcome').waitFor();
  await fits();
  assert.ok(await page.evaluate(() => document.querySelector('trial-prescreen-frame').getBoundingClientRect().top > -5), 'the new screen is in view');
  const { spied, reached } = await page.evaluate(() => ({ spied: window.spied, reached: window.reached }));
  assert.equal(reached, false);
  assert.deepEqual([...new Set(spied.filter((one) => typeof one === 'string'))], []);
  const said = spied.filter((one) => typeof one === 'object');
  assert.deepEqual([...new Set(said.map(({ prescreen }) => prescreen))].sort(), ['outcome', 'size', 'step']);
  for (const { prescreen, nonce, ...rest } of said) assert.deepEqual([nonce.length, Object.keys(rest)], [36, { size: ['height'], step: ['index'], outcome: [] }[prescreen]]);
  assert.deepEqual([...new Set(seen.events.filter(({ detail }) => Object.keys(detail ?? {}).length > 0).map(({ name }) => name))], ['step']);
  assert.deepEqual(await violations(page), []);
  await check.getByRole('button', { name: '用口令分享' }).click();
  await check.getByLabel('今天的结果').check();
  await check.getByRole('button', { name: '生成链接和口令' }).click();
  await check.locator('.title', { hasText: '您的链接和口令' }).waitFor();
  await check.getByRole('button', { name: words.back }).click();
  await check.getByRole('button', { name: words.back }).click();
  await check.getByRole('button', { name: words.see }).waitFor();
  assert.deepEqual(seen.violations, []);
  assert.deepEqual(seen.errors, []);
  await close();
});

test('a frame hears only its page, and a page only its frame', async () => {
  const frame = `${await base()}frame.html#NCT07084012`;
  const at = await clinic(`<trial-prescreen-frame src="${frame}"></trial-prescreen-frame><iframe id="other" srcdoc="<p>Somebody else"></iframe>
    <trial-prescreen-frame id="none" src="javascript:alert(1)"><b>Call 555-0100</b></trial-prescreen-frame>`);
  const { page, close } = await visit({ ready: false, at });
  await page.waitForFunction(() => document.querySelector('trial-prescreen-frame').status === 'ready');
  const heard = await page.evaluate(async () => {
    const element = document.querySelector('trial-prescreen-frame');
    const inner = element.shadowRoot.querySelector('iframe');
    const events = [];
    addEventListener('prescreen-outcome', () => events.push('outcome'));
    const forged = { prescreen: 'size', nonce: '00000000-0000-0000-0000-000000000000', height: 9 };
    window.postMessage(forged, '*');
    document.querySelector('#other').contentWindow.eval(`parent.postMessage(${JSON.stringify({ ...forged, prescreen: 'outcome' })}, '*')`);
    // of a wrong form, with its own nonce unknown to us, and to the frame from a place that is not its page
    for (const data of [null, 5, 'hello', { prescreen: 'hello' }, { prescreen: 'hello', nonce: 7, settings: 1 }, { prescreen: 'hello', nonce: 'x'.repeat(36), settings: { lang: 'zh-CN' } }]) inner.contentWindow.postMessage(data, '*');
    await new Promise((resolve) => setTimeout(resolve, 200));
    return { events, height: inner.style.blockSize, none: document.querySelector('#none').status };
  });
  assert.deepEqual([heard.events, heard.none, heard.height === '9px'], [[], 'error', false]);
  assert.equal(await page.locator('#none').getByText('Call 555-0100').isVisible(), true);
  assert.equal(await page.frameLocator('trial-prescreen-frame >> iframe').first().locator(':root').getAttribute('lang'), 'en');
  await close();
});

/** Where the frame's page leads to when nothing is around it, by what stands behind its address. */
const STUDIES = { to: './', en: 'All studies', 'zh-CN': '全部研究' };
const ALONE = {
  '': [STUDIES],
  '#<img src=x>': [STUDIES],
  '#NCT07084012': [{ to: 'check.html#NCT07084012', en: 'Go to the check of study NCT07084012', 'zh-CN': '前往研究 NCT07084012 的预筛查' }, STUDIES],
  '#NCT06688435+SYS6020-MM': [{ to: 'check.html#NCT06688435+SYS6020-MM', en: 'Go to the check of these studies', 'zh-CN': '前往这些研究的预筛查' }, STUDIES],
};

test('the page of the frame, opened by itself, says so and leads to the check', async () => {
  for (const [fragment, links] of Object.entries(ALONE)) {
    const { page, seen, close } = await visit({ ready: false, path: `frame.html${fragment}`, viewport: { width: 320, height: 640 } });
    for (const [language, said] of [['en', /part of another website/], ['zh-CN', /供其他网站嵌入/]]) {
      await page.locator(`button[lang="${language}"]`).click();
      assert.match(await page.getByRole('heading', { level: 1 }).innerText(), said);
      const own = language === 'en' ? '' : `?lang=${language}`;
      const shown = await page.locator('main a').evaluateAll((all) => all.map((one) => [one.textContent, one.getAttribute('href')]));
      assert.deepEqual(shown, links.map((link) => [link[language], link.to.replace(/#|$/, `${own}$&`)]), fragment);
    }
    assert.deepEqual(await violations(page), []);
    assert.deepEqual(await page.locator('a, button').evaluateAll((all) => all.filter((one) => one.getBoundingClientRect().height < 44).map((one) => one.textContent)), []);
    assert.ok((await page.evaluate(() => document.scrollingElement.scrollWidth - document.documentElement.clientWidth)) <= 0);
    assert.deepEqual([seen.events, seen.errors, seen.violations], [[], [], []]);
    await page.locator('main a').first().click();
    await (links.length > 1 ? page.getByRole('button', { name: '开始' }) : page.locator('.card').first()).waitFor();
    await close();
  }
});

test('the example pages have the check in them, and break no policy', async () => {
  const preact = await readFile(new URL('node_modules/preact/dist/preact.module.js', import.meta.url), 'utf8');
  const pages = { 'preact.module.js': { contentType: 'text/javascript', body: preact } };
  for (const [path, language] of [['demo/plain.html', 'en'], ['demo/strict.html', 'zh-CN'], ['demo/frame.html', 'en'], ['demo/framework.html', 'en']]) {
    const { page, seen, close } = await visit({ ready: false, path, pages, colorScheme: path.includes('plain') ? 'dark' : 'light' });
    const check = path === 'demo/frame.html' ? page.frameLocator('iframe') : page;
    const words = WORDS[language];
    await check.getByRole('button', { name: words.start }).click();
    const framework = path === 'demo/framework.html';
    if (!framework) {
      await check.getByLabel(words.myself).check();
      await check.getByRole('button', { name: words.onward, exact: true }).click();
    }
    await check.locator('form[data-question]').waitFor();
    if (framework) assert.equal(await page.locator('#where').innerText(), 'Screen 2');
    assert.deepEqual(await violations(page), [], path);
    assert.equal(await page.evaluate(() => document.scrollingElement.scrollWidth > document.documentElement.clientWidth), false, path);
    assert.deepEqual([seen.violations, seen.errors], [[], []], path);
    await close();
  }
});
