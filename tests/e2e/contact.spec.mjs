// Writing to the study, and being told what is new: nothing goes or stays without being asked for.
import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { after, describe, test } from 'node:test';
import { faults } from './faults.mjs';
import { FITTING, WORDS, answerAll, begin, press } from './walk.mjs';
import { base, leave, visit } from './visit.mjs';

after(leave);

const SAID = {
  en: { write: 'Contact the study team', along: ['The result of the check', 'My answers'], change: 'Change the message', mail: 'Open it in my e-mail program', empty: 'Open an e-mail without the text', copy: 'Copy the message', save: 'Save as a file' },
  'zh-CN': { write: '联系研究团队', along: ['预筛查的结果', '我的回答'], change: '修改内容', mail: '在我的邮件程序中打开', empty: '打开一封没有正文的邮件', copy: '复制正文', save: '保存为文件' },
};

const whole = JSON.parse(await readFile(new URL('../../www/trials/NCT07084012.json', import.meta.url), 'utf8'));
/** The same study with one condition: one question leads to the result. */
const study = {
  ...whole, wording: undefined, checklists: undefined, questions: { 'birth-date': whole.questions['birth-date'] },
  eligibility: { ...whole.eligibility, criteria: whole.eligibility.criteria.filter(({ id }) => id === 'I1') },
};
const served = (document) => ({ 'NCT07084012.json': { contentType: 'application/json', body: JSON.stringify(document) } });
const REACHABLE = { ...study, contacts: [{ name: { en: 'Study office' }, email: 'study@example.org' }] };

/** From a finished check to the form. */
async function toForm({ language = 'en', document = REACHABLE, endpoint = '', ...options } = {}) {
  const visited = await visit({ locale: language, viewport: { width: 320, height: 640 }, serviceWorkers: 'block', pages: served(document), ...options });
  const { page } = visited;
  if (endpoint) await page.locator('trial-prescreen').evaluate((element, address) => { element.contactEndpoint = address; }, endpoint);
  await begin(page, language);
  await answerAll(page, FITTING, { language });
  await press(page, WORDS[language].submit);
  await write(page, language);
  return visited;
}

async function write(page, language = 'en') {
  await press(page, SAID[language].write);
  await page.locator('[name="email"]').waitFor();
}

const fill = async (page, typed) => { for (const [name, text] of Object.entries(typed)) await page.locator(`[name="${name}"]`).fill(text); };
const message = (page) => page.locator('pre.message').first().textContent();

for (const language of ['en', 'zh-CN']) {
  test(`a message is drafted as it is shown, and nothing is sent, in ${language}`, async () => {
    const said = SAID[language];
    const { page, seen, close } = await toForm({ language });
    const loaded = seen.requests.length;
    const found = await faults(page, 'form');
    assert.deepEqual(
      await page.locator('form input[type="text"]').evaluateAll((all) => Object.fromEntries(all.map((one) => [one.name, `${one.autocomplete} ${one.placeholder}`.trim()]))),
      { given: 'given-name', family: 'family-name', email: 'email', phone: 'tel', language: 'language' },
    );
    assert.equal(await page.locator('form :checked').count(), 0);
    await press(page, WORDS[language].onward);
    assert.equal(await page.locator('.summary button').count(), 1);
    found.push(...(await faults(page, 'form, error')));
    await page.locator('.summary button').click();
    assert.equal(await page.evaluate(() => document.activeElement.shadowRoot.activeElement.name), 'email');
    await fill(page, { given: 'Anna \u202E', family: 'Berg', email: 'anna@example', phone: '123' });
    await press(page, WORDS[language].onward);
    assert.equal(await page.locator('.summary button').count(), 2);
    assert.equal(await page.locator('[name="given"]').inputValue(), 'Anna \u202E');
    await fill(page, { email: 'anna@example.com', phone: '' });
    await press(page, WORDS[language].onward);
    const plain = await message(page);
    assert.match(plain, /Anna\n/);
    assert.doesNotMatch(plain, /1960|\u202E/);
    const link = new URL(await page.getByRole('link', { name: said.mail }).getAttribute('href'));
    assert.deepEqual([link.protocol, decodeURIComponent(link.pathname), [...link.searchParams.keys()]], ['mailto:', 'study@example.org', ['subject', 'body']]);
    assert.equal(link.searchParams.get('body'), plain.replaceAll('\n', '\r\n'));
    assert.equal(link.searchParams.get('subject'), await page.locator('.letter dd').nth(1).textContent());
    found.push(...(await faults(page, 'preview')));
    await press(page, said.change);
    for (const name of said.along) await page.getByLabel(name).check();
    await press(page, WORDS[language].onward);
    const whole = await message(page);
    assert.match(whole, /1960/);
    assert.ok(whole.startsWith(plain), 'what was ticked comes behind the rest');
    const saved = page.waitForEvent('download');
    await press(page, said.save);
    assert.equal(await readFile(await (await saved).path(), 'utf8'), whole);
    await press(page, said.change);
    await fill(page, { language: 'Deutsch '.repeat(300) });
    await press(page, WORDS[language].onward);
    const long = await message(page);
    const short = new URL(await page.getByRole('link', { name: said.empty }).getAttribute('href'));
    assert.deepEqual([...short.searchParams.keys()], ['subject'], 'a text that is too long is not cut');
    await press(page, language === 'en' ? '中文' : 'English');
    await page.locator('.title', { hasText: language === 'en' ? '全部' : 'whole' }).waitFor();
    assert.match(await message(page), /anna@example\.com/);
    assert.notEqual(await message(page), long);
    assert.deepEqual(seen.requests.slice(loaded).filter((url) => !url.startsWith('blob:')), []);
    assert.deepEqual([found, seen.errors, seen.violations], [[], [], []]);
    assert.deepEqual(await page.evaluate(async () => [localStorage.length, sessionStorage.length, (await indexedDB.databases()).length]), [0, 0, 0]);
    await close();
  });
}

test('a page may open a form of its own; a study without an address leaves saving and copying', async () => {
  const { page, close } = await toForm({ document: study, permissions: ['clipboard-read', 'clipboard-write'] });
  await press(page, 'Back');
  await page.evaluate(() => addEventListener('prescreen-contact', (event) => { event.preventDefault(); document.title = `asked ${JSON.stringify(event.detail)}`; }, { once: true }));
  await press(page, SAID.en.write);
  assert.equal(await page.title(), 'asked {}');
  assert.equal(await page.locator('[name="email"]').count(), 0);
  await write(page);
  await fill(page, { phone: '+86 755 1234' });
  await press(page, 'Continue');
  assert.equal(await page.getByRole('link', { name: /e-mail/ }).count(), 0);
  await press(page, SAID.en.copy);
  await page.getByText('The message is copied.').waitFor();
  assert.equal(await page.evaluate(() => navigator.clipboard.readText()), await message(page));
  await close();
});

describe('an address of the site', () => {
  test('gets what was shown, letter by letter, once it is pressed; what fails loses nothing', async () => {
    const posted = [];
    const { page, context, seen, close } = await toForm({ endpoint: 'contact' });
    await context.addCookies([{ name: 'who', value: 'somebody', url: await base() }]);
    await page.route('**/contact', async (route) => {
      posted.push(route.request());
      await route.fulfill({ status: posted.length === 1 ? 503 : 204 });
    });
    await fill(page, { given: 'Anna', email: 'anna@example.com', language: 'Deutsch' });
    await page.getByLabel('My answers').check();
    await press(page, 'Continue');
    const text = await message(page);
    const data = await page.locator('pre.data').textContent();
    const found = await faults(page, 'preview');
    assert.equal(await page.locator('.letter dd').first().textContent(), `${await base()}contact`);
    assert.deepEqual(posted, [], 'nothing is sent without a press');
    await press(page, 'Send the message');
    await page.getByText('The message was not sent').waitFor();
    found.push(...(await faults(page, 'failed')));
    assert.equal(await message(page), text);
    await press(page, 'Try again');
    await page.getByText('Your message was sent').waitFor();
    found.push(...(await faults(page, 'sent')));
    assert.equal(posted.length, 2);
    for (const request of posted) {
      assert.equal(request.postData(), data);
      assert.deepEqual([request.method(), request.headers()['content-type'], request.headers().cookie], ['POST', 'application/json', undefined]);
      assert.equal(request.headers().referer, undefined);
    }
    const { format, trial, from, subject, text: sent, ...rest } = JSON.parse(data);
    assert.deepEqual([format, trial, from, sent, rest], ['prescreen-contact/1', 'NCT07084012', { given: 'Anna', email: 'anna@example.com', language: 'Deutsch' }, text, {}]);
    assert.match(subject, /NCT07084012/);
    await press(page, 'Back');
    assert.equal(await page.locator('[name="email"]').inputValue(), '', 'what was sent does not stay');
    assert.deepEqual([found, seen.errors, seen.violations], [[], [], []]);
    await close();
  });

  test('is one of this very site, or it is refused and said so; it cannot pass the message on', async () => {
    const { page, seen, close } = await toForm({ endpoint: 'https://collector.example/contact' });
    assert.match(await page.locator('.notice').innerText(), /another site, collector\.example/);
    await fill(page, { email: 'anna@example.com' });
    await press(page, 'Continue');
    assert.equal(await page.getByRole('button', { name: 'Send the message' }).count(), 0);
    assert.equal(await page.getByRole('link', { name: SAID.en.mail }).count(), 1);
    await page.locator('trial-prescreen').evaluate((element) => { element.contactEndpoint = 'contact'; });
    await press(page, 'Back');
    await press(page, 'Back');
    await write(page);
    await page.route('**/contact', (route) => route.fulfill({ status: 307, headers: { location: '/elsewhere' } }));
    await fill(page, { email: 'anna@example.com' });
    await press(page, 'Continue');
    await press(page, 'Send the message');
    await page.getByText('The message was not sent').waitFor();
    assert.deepEqual(seen.requests.filter((url) => /collector|elsewhere/.test(url)), []);
    await close();
  });
});

test('the page of a study has the form too, and keeps what is typed when the language changes', async () => {
  const { page, seen, close } = await visit({ path: 'trial.html#NCT07084012', ready: false, viewport: { width: 320, height: 640 }, serviceWorkers: 'block', pages: served(REACHABLE) });
  await press(page, SAID.en.write);
  await fill(page, { given: 'Anna', email: 'anna@' });
  await press(page, '中文');
  await press(page, WORDS['zh-CN'].onward);
  assert.equal(await page.locator('.summary button').count(), 1);
  const found = await faults(page, 'in the page of a study');
  await press(page, 'English');
  assert.equal(await page.locator('[name="given"]').inputValue(), 'Anna');
  await fill(page, { email: 'anna@example.com' });
  await press(page, 'Continue');
  assert.match(await message(page), /Anna\n/);
  assert.equal(await page.getByRole('link', { name: SAID.en.mail }).count(), 1);
  await press(page, 'Back');
  assert.equal(await page.locator('[name="email"]').inputValue(), 'anna@example.com');
  assert.equal(await page.locator('[name="along"]').count(), 0, 'there is nothing of a check to add');
  assert.deepEqual([found, seen.errors, seen.violations], [[], [], []]);
  await close();
});

describe('being told of other studies', () => {
  const criterion = study.eligibility.criteria[0];
  const age = (high) => ({ compare: { subject: { concept: 'age' }, low: { value: '18', unit: 'y' }, high: { value: high, unit: 'y' } } });
  const younger = {
    ...criterion, expression: age('60'),
    text: {
      en: { full: 'Age 18 to 60', short: 'Age 18 to 60', patient: 'The study is for people aged 18 to 60.' },
      'zh-CN': { full: '18～60 岁', short: '年龄 18～60 岁', patient: '本研究面向 18～60 岁的人。' },
    },
  };
  const titled = (id) => ({ ...study, id, title: { en: `Study ${id}`, 'zh-CN': `研究 ${id}` } });
  // somebody of 65 in March is 66 in June
  const same = { ...titled('SAME-1'), eligibility: { ...study.eligibility, criteria: [{ ...criterion, expression: age('65') }] } };
  const AT_FIRST = { NCT07084012: { ...study, status: 'RECRUITING' }, 'GONE-1': titled('GONE-1'), 'SAME-1': same };
  const LATER = { NCT07084012: { ...study, status: 'SUSPENDED', eligibility: { ...study.eligibility, criteria: [younger] } }, 'SAME-1': same, 'NEW-1': titled('NEW-1') };
  const databases = (page) => page.evaluate(async () => (await indexedDB.databases()).map(({ name }) => name));
  const listed = (trials) => ({ trials: Object.values(trials).map(({ id, title }) => ({ id, title, interventions: [], countries: [], criteria: 'published' })) });

  test('the list is kept only if asked, tells what changed for this person, and can be deleted', async () => {
    let trials = AT_FIRST;
    const { page, seen, close } = await visit({ viewport: { width: 320, height: 640 }, serviceWorkers: 'block', ready: false, path: 'index.html' });
    const site = await base();
    await page.route('**/trials/*.json', (route) => {
      const [, id] = /([^/]+)\.json$/.exec(new URL(route.request().url()).pathname);
      return route.fulfill({ contentType: 'application/json', body: JSON.stringify(id === 'index' ? listed(trials) : trials[id]) });
    });
    const toResult = async () => {
      await page.goto(`${site}check.html`);
      await begin(page);
      await answerAll(page, FITTING);
      await page.getByRole('button', { name: new RegExp(`^(${WORDS.en.see}|${WORDS.en.submit})$`) }).click();
    };
    const outcomes = () => page.locator('[data-outcome]').evaluateAll((all) => all.map(({ dataset }) => [dataset.outcome, dataset.cause ?? 'new']));
    await toResult();
    await press(page, 'Tell me about other studies');
    await page.getByRole('heading', { name: 'Tell me about other studies' }).waitFor();
    const found = await faults(page, 'offer');
    assert.deepEqual(await databases(page), []);
    await press(page, 'Keep the list on this device');
    await page.getByText('Nothing has changed.').waitFor();
    assert.deepEqual(await databases(page), ['trial-prescreen-watch']);
    const kept = await page.evaluate(() => new Promise((resolve) => {
      indexedDB.open('trial-prescreen-watch').onsuccess = ({ target: { result } }) => {
        result.transaction('list').objectStore('list').getAll().onsuccess = (event) => { result.close(); resolve(event.target.result); };
      };
    }));
    assert.equal(kept.length, 1);
    assert.deepEqual(Object.keys(kept[0]).sort(), ['documents', 'since']);
    assert.deepEqual(kept[0].documents.map(({ id, text }) => [id, text]), Object.entries(trials).map(([id, document]) => [id, JSON.stringify(document)]), 'what is kept is what the site published, and nothing else');

    await press(page, 'Back');
    await press(page, 'Keep on this device');
    await page.locator('[name="days"]').selectOption('90');
    await press(page, 'Keep them');
    const code = await page.locator('.code').innerText();

    trials = LATER;
    await page.clock.setFixedTime(new Date('2026-06-01T06:30:00Z'));
    await page.goto(`${site}index.html`);
    await page.getByText('news of 3 studies').waitFor();
    await page.goto(`${site}check.html`);
    await page.getByText('news of 3 studies').waitFor();
    found.push(...(await faults(page, 'notice')));
    await page.getByRole('link', { name: 'See what is new' }).click();
    const item = (id) => page.locator(`[data-trial="${id}"]`);
    await item('NEW-1').waitFor();
    assert.match(await item('NEW-1').innerText(), /Study NEW-1/);
    assert.match(await item('NCT07084012').innerText(), /Status: Paused \(it was: Looking for people\)[^]*Changed condition: The study is for people aged 18 to 60\.\s+It was: The study is for people aged 18 to 75\./);
    assert.match(await item('GONE-1').innerText(), /Study GONE-1/);
    assert.equal(await item('SAME-1').count(), 0);
    await page.getByLabel('Code').fill('K7QM2');
    await press(page, 'Open');
    await page.locator('.summary', { hasText: '10 letters and digits' }).waitFor();
    found.push(...(await faults(page, 'what is new')));
    await page.getByLabel('Code').fill(code);
    await press(page, 'Open');
    await page.locator('[data-outcome]').first().waitFor();
    assert.deepEqual(await outcomes(), [['NCT07084012', 'document'], ['SAME-1', 'time'], ['NEW-1', 'new']]);
    found.push(...(await faults(page, 'what it means for what is kept')));
    await press(page, '中文');
    await page.getByRole('heading', { name: '新的研究' }).waitFor();
    assert.match(await item('NCT07084012').innerText(), /18～60/);

    await toResult();
    await press(page, 'Tell me about other studies');
    const meant = page.locator('[data-outcome]');
    await meant.first().waitFor();
    assert.deepEqual(await outcomes(), [['NCT07084012', 'document'], ['NEW-1', 'new']], 'what was said just now meant nothing before');
    assert.match(await meant.first().innerText(), /Now: .*not a fit.*\. Before: .*able to take part.*\.[^]*Age 18 to 60/);
    assert.match(await meant.last().innerText(), /able to take part/);
    found.push(...(await faults(page, 'what it means')));
    await press(page, 'I have read this');
    await page.getByText('Nothing has changed.').waitFor();
    await press(page, 'Stop and delete the list');
    await page.getByText('The list is deleted').waitFor();
    found.push(...(await faults(page, 'deleted')));
    assert.deepEqual(await databases(page), ['trial-prescreen'], 'the answers that are kept are deleted where they were kept');
    const own = new URL(site).origin;
    assert.deepEqual(seen.requests.filter((url) => new URL(url).origin !== own), []);
    assert.deepEqual([found, seen.errors, seen.violations], [[], [], []]);
    await close();
  });
});
