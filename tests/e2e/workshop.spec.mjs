import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { after, describe, test } from 'node:test';
import { answerAll, begin, heading, press } from './walk.mjs';
import { RULES, violations } from './axe.mjs';
import { leave, visit } from './visit.mjs';

after(leave);

const BOTH = ['light', 'dark'];
const BANNED = /\b(please|sorry|invalid|valid|required|oops)\b|请|抱歉|无效|必填/i;

const ENGLISH = `Inclusion Criteria:

* Age 18 to 75 years
* ALT and AST <= 2.5 x ULN
* Able to walk without help

Exclusion Criteria:

* Platelets = 100 x 10^9/L
* Pacemaker; uncontrolled asthma
* None`;
const CHINESE = `入选标准：
1. 年龄18～75岁；
2. 能够独立行走。
排除标准：
1. 装有心脏起搏器。`;

const SAID = {
  en: { read: 'Read it', open: 'Open', checks: 'Checks', attempt: 'Try it', compare: 'Compare', correct: 'Correct', split: 'Split', word: 'Word the question', unread: 'Ask word for word', json: 'As JSON', apply: 'Apply', leave: 'Leave it as it was', undo: 'Undo', redo: 'Redo', save: 'Save as a file', other: 'Compare', paste: /Text of the criteria/, otherPaste: /other version/ },
  'zh-CN': { read: '读取', open: '打开', checks: '检查', attempt: '试用', compare: '比较', correct: '更正', split: '拆分', word: '编写问题', unread: '逐字提问', json: '用 JSON 编辑', apply: '应用', leave: '保持原样', undo: '撤销', redo: '重做', save: '保存为文件', other: '比较', paste: /入排标准文本/, otherPaste: /另一个版本/ },
};

const workshop = async (options = {}) => {
  const visited = await visit({ path: 'workshop.html', ready: false, ...options });
  await visited.page.locator('form.drop').waitFor();
  return visited;
};

/** Pastes a text and reads it, which it can be or cannot. */
async function paste(page, text, said = SAID.en, readable = true) {
  await page.getByLabel(said.paste).fill(text);
  await press(page, said.read);
  await page.locator(readable ? '.rows' : '.summary').waitFor();
}

const card = (page, id) => page.locator(`article[data-id="${id}"]`);
const act = (page, name, id) => page.getByRole('button', { name: `${name} (${id})`, exact: true }).click();
const apply = (page, id, said = SAID.en) => card(page, id).getByRole('button', { name: said.apply, exact: true }).click();

/** What the page would save. */
async function saved(page, said = SAID.en) {
  const [download] = await Promise.all([page.waitForEvent('download'), press(page, said.save)]);
  return { name: download.suggestedFilename(), text: await readFile(await download.path(), 'utf8') };
}

/** What is wrong with the page as it stands. */
async function faults(page, name, schemes = ['light']) {
  const found = [];
  for (const colorScheme of schemes) {
    await page.emulateMedia({ colorScheme });
    found.push(...(await violations(page, colorScheme === 'light' ? RULES : ['color-contrast'])).map((one) => `${name}, ${colorScheme}: ${one}`));
  }
  const measured = await page.evaluate(() => ({
    small: [...document.querySelectorAll('main :is(button, summary, select, input[type="text"], textarea, input[type="checkbox"])')]
      .filter((element) => element.checkVisibility() && !element.closest('trial-prescreen'))
      .map((element) => [element.closest('.tick')?.getBoundingClientRect() ?? element.getBoundingClientRect(), element.textContent.trim() || element.id])
      .filter(([box]) => box.height < 24 || box.width < 24)
      .map(([, text]) => text),
    titles: document.querySelectorAll('h1').length,
    wide: document.scrollingElement.scrollWidth - document.documentElement.clientWidth,
    placeholders: document.querySelectorAll('[placeholder]').length,
  }));
  if (measured.titles !== 1) found.push(`${name}: ${measured.titles} headings of the first level`);
  if (measured.wide > 0) found.push(`${name}: ${measured.wide} px too wide`);
  if (measured.placeholders > 0) found.push(`${name}: placeholders`);
  found.push(...measured.small.map((text) => `${name}: ${text} is small`));
  return found;
}

describe('a text becomes a trial', () => {
  test('English: every line is shown, tied to its reading both ways, and what is doubtful says why', async () => {
    const { page, seen, close } = await workshop({ viewport: { width: 1280, height: 900 } });
    await paste(page, ENGLISH);
    const shown = (await page.locator('.place .words').allInnerTexts()).join('\n');
    for (const line of ENGLISH.split('\n').filter(Boolean)) assert.ok(shown.includes(line), line);
    assert.match(await page.locator('main').innerText(), /Every one of 8 lines is accounted for/);
    assert.match(await card(page, 'I1').innerText(), /18/);
    assert.match(await card(page, 'E1').innerText(), /Doubtful[\s\S]*line 9/);
    await page.getByRole('button', { name: 'I2: go to its reading' }).press('Enter');
    assert.match(await page.evaluate(() => document.activeElement.textContent), /^I2/);
    await page.getByRole('button', { name: 'I2: go to its text' }).press('Enter');
    assert.equal(await page.evaluate(() => document.activeElement.getAttribute('data-key')), 'text-I2');
    assert.equal(await card(page, 'I2').evaluate((one) => one.classList.contains('tied')), true);
    await card(page, 'I3').hover();
    assert.equal(await page.locator('.place.tied[data-id="I3"]').count(), 1);
    assert.deepEqual(seen.errors, []);
    assert.deepEqual(seen.violations, []);
    await close();
  });

  test('Chinese, tried as a person to the end', async () => {
    const { page, seen, close } = await workshop({ locale: 'zh-CN' });
    const said = SAID['zh-CN'];
    await paste(page, CHINESE, said);
    assert.match(await card(page, 'I1').innerText(), /18/);
    await press(page, said.attempt);
    await begin(page, 'zh-CN');
    const asked = await answerAll(page, { 'birth-date': { text: { 'date.year': '1960', 'date.month': '5', 'date.day': '20' } } }, { language: 'zh-CN', otherwise: 'not sure' });
    assert.ok(asked.length >= 2, asked.join(' '));
    await press(page, '查看结果');
    assert.match(await page.locator('trial-prescreen .title').innerText(), /还不|无法|说不准/);
    assert.deepEqual(seen.errors, []);
    await close();
  });

  test('a registry record and several trials in one file', async () => {
    const { page, close } = await workshop();
    const record = (id) => ({ protocolSection: { identificationModule: { nctId: id, briefTitle: `Trial ${id}` }, eligibilityModule: { eligibilityCriteria: ENGLISH, minimumAge: '18 Years', sex: 'ALL' } } });
    await page.locator('#file').setInputFiles({ name: 'two.json', mimeType: 'application/json', buffer: Buffer.from(JSON.stringify([record('NCT00000001'), record('NCT00000002')])) });
    await page.getByRole('button', { name: /NCT00000002/ }).click();
    await page.locator('.rows').waitFor();
    assert.match(await page.locator('main').innerText(), /NCT00000002/);
    await close();
  });

  test('what cannot be read says why, and takes nothing away', async () => {
    const { page, close } = await workshop();
    for (const [text, message] of [['', /empty/], ['hello', /no record/], ['{"protocolSection"', /stops|JSON/], [`Inclusion Criteria:\n\n* ${'very '.repeat(200_000)}long`, /too|at most|bytes/]]) {
      await paste(page, text, SAID.en, false);
      await page.locator('.summary', { hasText: message }).waitFor();
      const problem = await page.locator('.summary').innerText();
      assert.doesNotMatch(problem, BANNED);
      assert.equal(await page.evaluate(() => document.activeElement.classList.contains('summary')), true);
      assert.equal(await page.getByLabel(SAID.en.paste).inputValue(), text);
    }
    await close();
  });
});

describe('a reading is corrected', () => {
  test('in the form, as JSON, taken back, done again, saved, opened again', async () => {
    const { page, seen, close } = await workshop({ viewport: { width: 1280, height: 900 } });
    await paste(page, ENGLISH);
    await act(page, SAID.en.correct, 'I1');
    await card(page, 'I1').getByLabel('Number').nth(1).fill('80');
    await card(page, 'I1').getByLabel('Staff').check();
    await apply(page, 'I1');
    assert.match(await card(page, 'I1').innerText(), /80/);
    assert.match(await page.evaluate(() => document.activeElement.textContent), /^I1/);
    await press(page, SAID.en.undo);
    assert.doesNotMatch(await card(page, 'I1').innerText(), /80/);
    await press(page, SAID.en.redo);
    assert.match(await card(page, 'I1').innerText(), /80/);

    await page.getByRole('button', { name: 'Accept: Platelets ≤ 100 x 10^9/L' }).click();
    assert.doesNotMatch(await card(page, 'E1').innerText(), /Asked as it stands/);
    await press(page, SAID.en.undo);
    assert.match(await card(page, 'E1').innerText(), /Asked as it stands/);
    await act(page, SAID.en.correct, 'E1');
    await card(page, 'E1').getByLabel('In other words').fill('Platelets of the right sort');
    await card(page, 'E1').getByRole('button', { name: 'Read these words' }).click();
    assert.match(await card(page, 'E1').innerText(), /not understood either/);
    await card(page, 'E1').getByLabel('In other words').fill('Platelets < 100 x 10^9/L');
    await card(page, 'E1').getByRole('button', { name: 'Read these words' }).click();
    assert.equal(await card(page, 'E1').getByLabel('Number').inputValue(), '100');
    await card(page, 'E1').getByRole('button', { name: SAID.en.json }).click();
    const json = card(page, 'E1').getByLabel('Expression');
    await json.fill('{"compare":{"subject":{"concept":"plateletz"},"high":{"value":"100","unit":"10*9/L"}}}');
    await apply(page, 'E1');
    assert.match(await card(page, 'E1').locator('.summary').innerText(), /plateletz/);
    assert.match(await json.inputValue(), /plateletz/);
    await json.fill('{"compare":{"subject":{"concept":"platelets"},"high":{"value":"100","unit":"10*9/L"}}');
    await apply(page, 'E1');
    assert.equal(await card(page, 'E1').locator('.summary').count(), 1);
    await json.fill('{"compare":{"subject":{"concept":"platelets"},"high":{"value":"100","unit":"10*9/L"}}}');
    await apply(page, 'E1');
    assert.match(await card(page, 'E1').innerText(), /was settled here/);

    const { name, text } = await saved(page);
    assert.match(name, /\.json$/);
    const document = JSON.parse(text);
    assert.deepEqual(document.eligibility.criteria.find(({ id }) => id === 'I1').answerableBy, ['staff']);
    assert.ok('platelets' in document.questions);
    await press(page, SAID.en.open);
    await page.locator('#file').setInputFiles({ name, mimeType: 'application/json', buffer: Buffer.from(text) });
    await page.locator('.rows').waitFor();
    assert.match(await card(page, 'I1').innerText(), /80/);
    assert.equal((await saved(page)).text, text);
    assert.deepEqual(seen.errors, []);
    await close();
  });

  for (const language of ['en', 'zh-CN']) {
    test(`a change, a length of time and the ways of giving have forms that keys fill in, in ${language}`, async () => {
      const said = SAID[language];
      const words = language === 'en'
        ? { kind: 'What it is', present: 'There or not there', change: 'A change over time', subject: 'What it is about', lasting: 'Only if it has gone on for so long without a break', routes: 'Only if it is given in some ways and not in others', inhaled: 'Inhaled', oral: 'By mouth', value: 'Number', sign: 'Sign', least: '≥ at least', direction: 'Which way it changed', down: 'down', within: 'Between two points no further apart than', unit: 'Unit' }
        : { kind: '类型', present: '有或没有', change: '一段时间内的变化', subject: '针对什么', lasting: '仅限不间断地持续了一段时间', routes: '仅限某些给药方式', inhaled: '吸入', oral: '口服', value: '数值', sign: '符号', least: '≥ 至少', direction: '变化方向', down: '降低', within: '两个时点相隔不超过', unit: '单位' };
      const { page, seen, close } = await workshop({ locale: language, viewport: { width: 1280, height: 900 } });
      await paste(page, language === 'en' ? ENGLISH : CHINESE, said);
      const one = card(page, 'I2');
      const focused = (label) => one.getByLabel(label, { exact: true }).first().evaluate((box) => box === document.activeElement);
      const expression = async () => JSON.parse((await saved(page, said)).text).eligibility.criteria.find(({ id }) => id === 'I2').expression;

      await act(page, said.correct, 'I2');
      await one.getByLabel(words.kind, { exact: true }).first().selectOption({ label: words.present });
      await one.getByLabel(words.subject, { exact: true }).fill('corticosteroid');
      for (const box of [words.lasting, words.routes]) {
        await one.getByLabel(box, { exact: true }).focus();
        await page.keyboard.press('Space');
        assert.equal(await focused(box), true, `${box} lost the focus`);
      }
      await page.keyboard.press('Tab');
      assert.equal(await focused(words.oral), true);
      for (let way = words.oral; way !== words.inhaled; ) {
        await page.keyboard.press('Tab');
        way = await page.evaluate(() => document.activeElement.closest('label').textContent);
      }
      await page.keyboard.press('Space');
      await one.getByLabel(words.value, { exact: true }).fill('3');
      await apply(page, 'I2', said);
      assert.deepEqual(await expression(), { present: { subject: { text: 'corticosteroid' }, status: 'current', lasting: { low: { value: '3', unit: 'mo' } }, routes: ['inhaled'] } });

      await act(page, said.correct, 'I2');
      assert.equal(await one.getByLabel(words.inhaled, { exact: true }).isChecked(), true);
      await one.getByLabel(words.kind, { exact: true }).first().selectOption({ label: words.change });
      await one.getByLabel(words.subject, { exact: true }).fill('systemic-corticosteroid');
      await one.getByLabel(words.direction, { exact: true }).selectOption({ label: words.down });
      await one.getByLabel(words.sign, { exact: true }).first().selectOption({ label: words.least });
      await one.getByLabel(words.value, { exact: true }).fill('20');
      await one.getByLabel(words.unit, { exact: true }).fill('%');
      await one.getByLabel(words.within, { exact: true }).fill('2 wk');
      assert.deepEqual(await faults(page, `change in ${language}`, BOTH), []);
      await apply(page, 'I2', said);
      assert.deepEqual(await expression(), { change: { subject: { concept: 'systemic-corticosteroid' }, direction: 'fall', low: { value: '20', unit: '%' }, within: '2 wk' } });
      assert.deepEqual(seen.errors, []);
      await close();
    });
  }

  test('split, moved, asked word for word, and worded', async () => {
    const { page, close } = await workshop({ viewport: { width: 1280, height: 900 } });
    await paste(page, ENGLISH);
    await act(page, SAID.en.split, 'E2');
    const lines = card(page, 'E2').locator('textarea');
    await lines.fill('Pacemaker;\nasthma');
    await apply(page, 'E2');
    assert.match(await card(page, 'E2').locator('.summary').innerText(), /not those/);
    await lines.fill('Pacemaker;\nuncontrolled asthma');
    await apply(page, 'E2');
    assert.equal(await card(page, 'E2.2').count(), 1);
    assert.match(await page.locator('.place[data-id="E2.1"]').innerText(), /Pacemaker/);
    await act(page, 'Move to the inclusion list', 'E2.2');
    assert.match(await card(page, 'E2.2').locator('h2').innerText(), /Inclusion/);
    await act(page, SAID.en.unread, 'I2');
    assert.match(await card(page, 'I2').innerText(), /Asked as it stands/);
    await act(page, SAID.en.word, 'I2');
    await card(page, 'I2').getByLabel('To the person').first().fill('Were your liver values above the limit?');
    await apply(page, 'I2');
    const { text } = await saved(page);
    assert.match(text, /Were your liver values above the limit\?/);
    const { criteria } = JSON.parse(text).eligibility;
    assert.equal(criteria.find(({ id }) => id === 'E2.2').category, 'inclusion');
    for (let step = 0; step < 4; step += 1) await press(page, SAID.en.undo);
    assert.equal(await card(page, 'E2').count(), 1);
    await close();
  });

  test('nothing typed is lost: not by another language, another view, or closing the page', async () => {
    const { page, close } = await workshop();
    await paste(page, ENGLISH);
    await act(page, SAID.en.correct, 'I1');
    await card(page, 'I1').getByLabel('Number').first().fill('21');
    await press(page, '中文');
    await press(page, SAID['zh-CN'].checks);
    await press(page, '读取结果');
    assert.equal(await card(page, 'I1').getByLabel('数值').first().inputValue(), '21');
    const asked = new Promise((resolve) => page.once('dialog', (dialog) => resolve(dialog.dismiss().then(() => dialog.type()))));
    await page.close({ runBeforeUnload: true });
    assert.equal(await asked, 'beforeunload');
    await close();
  });
});

test('two versions are compared: more, less, and a bound that moved', async () => {
  for (const language of ['en', 'zh-CN']) {
    const said = SAID[language];
    const { page, seen, close } = await workshop({ locale: language, viewport: { width: 1280, height: 900 } });
    await paste(page, ENGLISH, said);
    await press(page, said.compare);
    await page.getByLabel(said.otherPaste).fill(ENGLISH.replace('to 75 years', 'to 70 years').replace('* Able to walk without help\n', '').replace('* None', '* Known allergy to peanuts'));
    await page.locator('form.drop button[type="submit"]').click();
    await page.locator('.change').first().waitFor();
    const changed = await page.locator('.change.changed').innerText();
    assert.match(changed, /70/);
    assert.match(changed, language === 'en' ? /more people fit/ : /符合的人更多/);
    assert.equal(await page.locator('.change.added').count(), 1);
    assert.equal(await page.locator('.change.removed').count(), 1);
    const found = await faults(page, `compare in ${language}`, BOTH);
    assert.deepEqual(found, []);
    assert.deepEqual(seen.errors, []);
    await close();
  }
});

for (const language of ['en', 'zh-CN']) {
  test(`every state can be perceived and used at 320 px, in ${language}`, async () => {
    const said = SAID[language];
    const { page, close } = await workshop({ locale: language, viewport: { width: 320, height: 640 } });
    const found = await faults(page, 'open', BOTH);
    await paste(page, 'hello', said, false);
    found.push(...(await faults(page, 'problem')));
    await paste(page, language === 'en' ? ENGLISH : CHINESE, said);
    assert.equal(await page.evaluate(() => document.activeElement.className), 'title');
    for (const summary of await page.locator('main summary').all()) await summary.click();
    found.push(...(await faults(page, 'reading', BOTH)));
    for (const name of language === 'en' ? [said.split, said.word, said.correct] : [said.word, said.correct]) {
      await act(page, name, 'I1');
      found.push(...(await faults(page, name)));
      if (name !== said.correct) await card(page, 'I1').getByRole('button', { name: said.leave }).click();
    }
    await card(page, 'I1').getByRole('button', { name: said.json }).click();
    await card(page, 'I1').locator('textarea.code').fill('{');
    await apply(page, 'I1', said);
    found.push(...(await faults(page, 'json, error', BOTH)));
    await press(page, said.checks);
    found.push(...(await faults(page, 'checks')));
    await press(page, said.attempt);
    await page.locator('trial-prescreen .title').waitFor();
    found.push(...(await faults(page, 'attempt')).filter((fault) => !/headings of the first level/.test(fault)));
    assert.doesNotMatch(await page.locator('main').innerText(), BANNED);
    assert.deepEqual(found, []);
    await close();
  });
}

test('by the keyboard alone: read, correct, take back', async () => {
  const { page, close } = await workshop({ viewport: { width: 1280, height: 900 } });
  const focusOn = async (name, limit = 80) => {
    for (let step = 0; step < limit; step += 1) {
      await page.keyboard.press('Tab');
      const on = await page.evaluate(() => document.activeElement?.getAttribute('aria-label') ?? document.activeElement?.textContent?.trim());
      if (on === name) return;
    }
    throw new Error(`${name} is not reached`);
  };
  await page.getByLabel(SAID.en.paste).focus();
  await page.keyboard.insertText(ENGLISH);
  await page.keyboard.press('Tab');
  await page.keyboard.press('Enter');
  await page.locator('.rows').waitFor();
  await focusOn(`${SAID.en.unread} (I1)`);
  await page.keyboard.press('Space');
  assert.match(await card(page, 'I1').innerText(), /Asked as it stands/);
  await page.keyboard.press('Control+z');
  assert.doesNotMatch(await card(page, 'I1').innerText(), /Asked as it stands/);
  await focusOn(`${SAID.en.correct} (I1)`);
  await page.keyboard.press('Enter');
  assert.match(await page.evaluate(() => document.activeElement.textContent), /Correct the reading of I1/);
  await focusOn(SAID.en.leave);
  await page.keyboard.press('Enter');
  assert.match(await page.evaluate(() => document.activeElement.textContent), /^I1/);
  await close();
});

test('hostile text is shown as text, and nothing is asked of any server', async () => {
  const hostile = ['<img src=x onerror="document.title=1">', '<script>document.title=2</script>', 'javascript:alert(1)', '\u202Eesrever\u202C', '{{7*7}}', '[x](javascript:alert(2))'];
  const { page, context, seen, close } = await workshop();
  const loaded = seen.requests.length;
  await context.setOffline(true);
  const long = Array.from({ length: 1200 }, (_, n) => `* Criterion ${n} ${hostile[n % hostile.length]}`).join('\n');
  await paste(page, `Inclusion Criteria:\n\n${hostile.map((text) => `* ${text}`).join('\n')}\n${long}`);
  assert.match(await page.locator('.place').nth(1).innerText(), /<img src=x/);
  assert.equal(await page.locator('main :is(img, script, iframe, a)').count(), 0);
  assert.ok((await page.locator('article.card').count()) <= 100, 'the first hundred are enough');
  await act(page, SAID.en.word, 'I1');
  await apply(page, 'I1');
  await press(page, SAID.en.attempt);
  await page.locator('trial-prescreen .title').waitFor();
  await saved(page);
  await press(page, SAID.en.compare);
  await page.getByLabel(SAID.en.otherPaste).fill(`Inclusion Criteria:\n\n${hostile.map((text) => `* ${text}`).join('\n')}`);
  await page.locator('form.drop button[type="submit"]').click();
  await page.locator('.change').first().waitFor();
  assert.deepEqual(seen.requests.slice(loaded).filter((url) => !url.startsWith('blob:')), []);
  assert.deepEqual(seen.violations, []);
  assert.deepEqual(seen.errors, []);
  assert.match(await page.title(), /^(Error: )?Trial workshop$/);
  const kept = await page.evaluate(async () => [localStorage.length, sessionStorage.length, document.cookie, (await indexedDB.databases()).length, (await caches.keys()).length]);
  assert.deepEqual(kept, [0, 0, '', 0, 0]);
  await close();
});

test('what the browser needs and does not get is said', async () => {
  const { page, close } = await visit({ path: 'workshop.html', ready: false, pages: { 'trial_prescreen_bg.wasm': null } });
  await heading(page).filter({ hasText: 'cannot run' }).waitFor();
  await press(page, '中文');
  assert.match(await heading(page).innerText(), /无法/);
  await close();
});
