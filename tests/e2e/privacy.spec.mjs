import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { FITTING, WORDS, answerAll, begin, heading, press } from './walk.mjs';
import { base, leave, visit } from './visit.mjs';

after(leave);

for (const language of ['en', 'zh-CN']) {
  test(`nothing is asked of any server once the check is ready, in ${language}`, async () => {
    const { page, context, seen, close } = await visit({ locale: language });
    await page.locator('[data-words="kept"]:not(:empty)').waitFor();
    const loaded = seen.requests.length;
    const site = new URL(await base());
    assert.deepEqual(seen.requests.filter((url) => new URL(url).origin !== site.origin), []);
    const address = page.url();
    await page.evaluate(() => {
      window.print = () => {};
      for (const name of ['sendBeacon']) navigator[name] = () => { throw new Error(name); };
      for (const name of ['open', 'RTCPeerConnection', 'WebSocket', 'EventSource']) window[name] = function () { throw new Error(name); };
    });
    await begin(page, language);
    await answerAll(page, { ...FITTING, ast: 'not sure' }, { language });
    await press(page, WORDS[language].submit);
    for (const summary of await page.locator('.part > summary, .criterion > summary').all()) await summary.click();
    await page.locator('.primary').last().click();
    await press(page, language === 'en' ? '中文' : 'English');
    assert.deepEqual(seen.requests.slice(loaded), []);
    assert.equal(page.url(), address);
    assert.deepEqual(seen.violations, []);
    assert.deepEqual(seen.errors, []);
    const kept = await page.evaluate(async () => ({
      local: localStorage.length, session: sessionStorage.length, cookies: document.cookie,
      databases: (await indexedDB.databases()).length,
    }));
    assert.deepEqual(kept, { local: 0, session: 0, cookies: '', databases: 0 });
    assert.deepEqual((await context.storageState()).origins, []);
    assert.equal(JSON.stringify(await page.evaluate(() => history.state)).replace(/\d+/, 'n'), '{"step":n}');
    assert.equal(await page.title(), language === 'en' ? '临床试验预筛查' : 'Trial Pre-screen');
    await close();
  });
}

test('where nothing is kept, what can be opened is there too, and only sealing is fetched when somebody shares', async () => {
  const { page, seen, close } = await visit({ serviceWorkers: 'block' });
  await page.locator('trial-prescreen:state(ready)').waitFor();
  await page.waitForLoadState('networkidle');
  const loaded = seen.requests.length;
  await begin(page);
  await answerAll(page, { ...FITTING, 'ischaemic-stroke': 'no' });
  await press(page, 'See the result');
  for (const part of ['Contact the study team', 'My notes', 'Tell me about other studies', 'Keep on this device', 'Share with a code']) {
    const before = await heading(page).innerText();
    await press(page, part);
    await heading(page).filter({ hasNotText: before }).waitFor();
    assert.doesNotMatch(await heading(page).innerText(), /could not be loaded/, part);
    await page.getByRole('button', { name: 'Back', exact: true }).click();
    await heading(page).filter({ hasText: before }).waitFor();
  }
  assert.deepEqual(seen.requests.slice(loaded), []);
  await press(page, 'Share with a code');
  await page.getByLabel('My answers').check();
  await press(page, 'Make the link and the code');
  await heading(page).filter({ hasText: 'Your link and your code' }).waitFor();
  const { origin } = new URL(page.url());
  for (const url of seen.requests.slice(loaded)) assert.match(url, new RegExp(`^${origin}/(sealing|sealing-\\w+|pkg/seal)[^/]*$`));
  assert.deepEqual(seen.errors, []);
  await close();
});

test('events tell the page around that something happened, and not what', async () => {
  const { page, seen, close } = await visit();
  await begin(page);
  await answerAll(page, FITTING);
  await press(page, 'See what this means');
  await press(page, 'Start over');
  await press(page, 'Delete and start over');
  await page.getByRole('status').filter({ hasText: 'Your answers are deleted' }).waitFor();
  assert.deepEqual([...new Set(seen.events.map(({ name }) => name))].sort(), ['clear', 'outcome', 'ready', 'step']);
  for (const { name, detail } of seen.events) {
    assert.deepEqual(Object.keys(detail), name === 'step' ? ['index'] : [], name);
  }
  await close();
});

test('the check goes on in airplane mode, from the moment at which it says so', async () => {
  const { page, context, seen, close } = await visit();
  await page.getByText('You can turn on airplane mode now').waitFor();
  await context.setOffline(true);
  await begin(page);
  await answerAll(page, FITTING);
  await press(page, 'See what this means');
  assert.match(await heading(page).innerText(), /able to take part/);
  assert.deepEqual(seen.errors, []);
  await close();
});

test('the policy of the page blocks every other server', async () => {
  const { page, seen, close } = await visit();
  const tried = await page.evaluate(async () => {
    const failed = async (attempt) => attempt.then(() => false, () => true);
    const image = new Image();
    return {
      fetch: await failed(fetch('https://example.org/')),
      beacon: await failed(fetch('https://example.org/', { method: 'POST', mode: 'no-cors', body: 'x' })),
      image: await failed(new Promise((resolve, reject) => Object.assign(image, { onload: resolve, onerror: reject, src: 'https://example.org/x.png' }))),
      script: (() => { try { document.createElement('script').src = 'https://example.org/x.js'; return false; } catch { return true; } })(),
      markup: (() => { try { document.createElement('div').innerHTML = '<b>x</b>'; return false; } catch { return true; } })(),
      code: (() => { try { return !(0, eval)('1'); } catch { return true; } })(),
    };
  });
  assert.deepEqual(tried, { fetch: true, beacon: true, image: true, script: true, markup: true, code: true });
  assert.ok(seen.violations.length >= 3, seen.violations.join('; '));
  assert.deepEqual(seen.requests.filter((url) => url.includes('example.org')).length <= 3, true);
  await close();
});

test('the page says that nothing leaves it; the element in another page claims less', async () => {
  const { page, close } = await visit();
  assert.match(await page.locator('.root').innerText(), /Nothing you enter leaves this page/);
  const host = await page.evaluate(async () => {
    const element = document.querySelector('trial-prescreen');
    element.ownPage = false;
    await new Promise(requestAnimationFrame);
    return element.shadowRoot.textContent;
  });
  assert.match(host, /This check itself sends nothing/);
  assert.doesNotMatch(host, /leaves this page/);
  await close();
});
