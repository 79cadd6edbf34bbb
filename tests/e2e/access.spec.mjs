import assert from 'node:assert/strict';
import { after, describe, test } from 'node:test';
import { FITTING, WORDS, answerAll, answerTo, asked, begin, enter, heading, press } from './walk.mjs';
import { faint } from './looks.mjs';
import { RULES, violations } from './axe.mjs';
import { leave, visit } from './visit.mjs';

after(leave);

const BANNED = /\b(please|sorry|invalid|valid|required|oops)\b|请|抱歉|无效|必填/i;

/** What is wrong with the screen as it stands, in light and in dark. */
async function faults(page, name) {
  const found = [];
  for (const colorScheme of ['light', 'dark']) {
    await page.emulateMedia({ colorScheme });
    // nothing but contrast depends on the colours
    found.push(...(await violations(page, colorScheme === 'light' ? RULES : ['color-contrast'])).map((one) => `${name}, ${colorScheme}: ${one}`));
  }
  const measured = await page.evaluate(() => {
    const { shadowRoot } = document.querySelector('trial-prescreen');
    const small = [...document.querySelectorAll('button'), ...shadowRoot.querySelectorAll('button, summary, select, input[type="text"], label.option, a')]
      .filter((element) => element.checkVisibility())
      .map((element) => [element.getBoundingClientRect(), element.textContent.trim() || element.name])
      .filter(([box]) => box.height < 44 || box.width < 44)
      .map(([box, text]) => `${text} is ${Math.round(box.width)} × ${Math.round(box.height)}`);
    return {
      small,
      titles: shadowRoot.querySelectorAll('h1').length,
      wide: document.scrollingElement.scrollWidth - document.documentElement.clientWidth,
      clipped: [...shadowRoot.querySelectorAll('.title, .option span, dd, dt, p, li')].filter((one) => !one.classList.contains('spoken') && one.scrollWidth > one.clientWidth + 1 && getComputedStyle(one).display !== 'inline').map((one) => one.textContent),
      placeholders: shadowRoot.querySelectorAll('[placeholder]').length,
    };
  });
  if (measured.titles !== 1) found.push(`${name}: ${measured.titles} headings of the first level`);
  if (measured.wide > 0) found.push(`${name}: ${measured.wide} px too wide`);
  if (measured.placeholders > 0) found.push(`${name}: placeholders`);
  found.push(...measured.small.map((small) => `${name}: ${small}`), ...measured.clipped.map((text) => `${name}: clipped: ${text}`));
  return found;
}

const focused = (page) =>
  page.evaluate(() => {
    const inner = document.activeElement?.shadowRoot?.activeElement;
    return inner?.classList.contains('title') ? 'title' : inner?.classList.contains('summary') ? 'summary' : (inner?.outerHTML ?? 'nothing');
  });

for (const language of ['en', 'zh-CN']) {
  const words = WORDS[language];

  test(`every screen and every error can be perceived and used at 320 px, in ${language}`, async () => {
    const { page, close } = await visit({ locale: language, viewport: { width: 320, height: 640 } });
    const found = await faults(page, 'start');
    const titles = new Map();
    await press(page, words.start);
    found.push(...(await faults(page, 'who')));
    await press(page, words.onward);
    assert.equal(await focused(page), 'summary');
    found.push(...(await faults(page, 'who, error')));
    await page.getByLabel(words.myself).check();
    await press(page, words.onward);
    for (let id = await asked(page); id !== null; id = await asked(page)) {
      assert.equal(await focused(page), 'title', id);
      const title = await heading(page).innerText();
      assert.equal(titles.get(title), undefined, `${id} and ${titles.get(title)} share a heading`);
      titles.set(title, id);
      assert.equal(await page.locator('form input:checked').count(), 0, `${id} has something chosen`);
      found.push(...(await faults(page, id)));
      await press(page, words.onward);
      assert.equal(await focused(page), 'summary', id);
      const error = await page.locator('.summary').innerText();
      assert.doesNotMatch(error, BANNED);
      if ((await page.locator('form .error').count()) !== (await page.locator('.summary button').count())) found.push(`${id}: the error is not at its field`);
      assert.match(await page.title(), language === 'en' ? /^Error: / : /^有误/);
      found.push(...(await faults(page, `${id}, error`)));
      await page.locator('.summary button').first().click();
      assert.match(await focused(page), /<(input|select)/, id);
      await enter(page, await answerTo(page, id, FITTING));
      await press(page, words.onward);
      await page.locator(`form[data-question="${id}"]`).waitFor({ state: 'detached' });
    }
    found.push(...(await faults(page, 'review')));
    await press(page, words.submit);
    assert.equal(await focused(page), 'title');
    for (const summary of await page.locator('.part > summary, .criterion > summary').all()) await summary.click();
    found.push(...(await faults(page, 'result')));
    assert.deepEqual(found, []);
    await close();
  });
}

test('the early stop, the doubt, the deletion and the failure can be perceived and used', async () => {
  const { page, close } = await visit({ viewport: { width: 320, height: 640 } });
  const found = [];
  await begin(page);
  await answerAll(page, { ...FITTING, 'ischaemic-stroke': 'no' });
  found.push(...(await faults(page, 'stop')));
  await press(page, 'See the result');
  found.push(...(await faults(page, 'result, not now')));
  await press(page, 'Start over');
  found.push(...(await faults(page, 'clear')));
  await press(page, 'Delete and start over');
  await begin(page);
  await answerAll(page, FITTING, { each: async (id) => { if (id === 'birth-date') throw new Error('there'); } }).catch(() => {});
  await enter(page, { text: { 'date.year': '1850' } });
  await press(page, 'Continue');
  found.push(...(await faults(page, 'doubt')));
  await close();
  const failed = await visit({ ready: false, viewport: { width: 320, height: 640 }, pages: { 'NCT07084012.json': { status: 404, body: '' } } });
  await heading(failed.page).filter({ hasText: 'cannot run' }).waitFor();
  found.push(...(await faults(failed.page, 'problem')));
  assert.deepEqual(found, []);
  await failed.close();
});

describe('looks that people set', () => {
  test('text twice as large, and wider spacing, lose nothing', async () => {
    const { page, close } = await visit({ viewport: { width: 390, height: 800 } });
    await page.evaluate(() => {
      const sheet = new CSSStyleSheet();
      sheet.replaceSync(':root { font-size: 200% } * { line-height: 1.5 !important; letter-spacing: 0.12em !important; word-spacing: 0.16em !important }');
      document.adoptedStyleSheets.push(sheet);
    });
    await begin(page);
    const size = await heading(page).evaluate((title) => parseFloat(getComputedStyle(title).fontSize));
    assert.ok(size >= 50, `the heading is ${size} px`);
    assert.ok((await page.evaluate(() => document.scrollingElement.scrollWidth - document.documentElement.clientWidth)) <= 0);
    await close();
  });

  test('in light and in dark nothing is faint, and the ring of the focus stands out', async () => {
    for (const colorScheme of ['light', 'dark']) {
      const { page, close } = await visit({ colorScheme });
      await begin(page);
      assert.deepEqual(await faint(page, colorScheme), []);
      await page.locator('[name="date.year"]').focus();
      const ring = await page.locator('[name="date.year"]').evaluate((field) => {
        const { outlineColor, outlineWidth } = getComputedStyle(field);
        const light = (colour) => colour.match(/[\d.]+/g).slice(0, 3).map((part) => part / 255).map((part) => (part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4))
          .reduce((sum, part, at) => sum + part * [0.2126, 0.7152, 0.0722][at], 0);
        const [one, other] = [light(outlineColor), light(getComputedStyle(document.documentElement).backgroundColor)];
        return { width: parseFloat(outlineWidth), contrast: (Math.max(one, other) + 0.05) / (Math.min(one, other) + 0.05) };
      });
      assert.ok(ring.width >= 3 && ring.contrast >= 3, JSON.stringify(ring));
      await close();
    }
  });

  test('in forced colours every choice keeps its outline and its mark', async () => {
    const { page, close } = await visit({ forcedColors: 'active' });
    await press(page, 'Start now');
    const [before, after] = await Promise.all([0, 1].map(async (at) => page.locator('.option input').nth(at).evaluate((input) => getComputedStyle(input).borderTopWidth)));
    assert.equal(before, after);
    assert.notEqual(before, '0px');
    await page.locator('.option input').first().check();
    assert.notEqual(await page.locator('.option input').first().evaluate((input) => getComputedStyle(input).borderTopWidth), before);
    await close();
  });

  test('on one sheet of paper the study, the result and every answer are there as text, and every reason is open', async () => {
    const { page, close } = await visit();
    await begin(page);
    await answerAll(page, FITTING);
    await press(page, 'See what this means');
    await page.emulateMedia({ media: 'print' });
    await page.evaluate(() => dispatchEvent(new Event('beforeprint')));
    const paper = await page.locator('.root').innerText();
    for (const value of [/31/, /28/, /88/, /1960/]) assert.match(paper, value);
    assert.equal(await page.locator('details:not([open])').count(), 0);
    assert.equal(await page.getByRole('button').count(), 0);
    assert.match(paper, /hUC-MSCs/);
    const margin = '10mm';
    const sheets = await page.pdf({ format: 'A4', margin: { top: margin, bottom: margin, left: margin, right: margin } });
    assert.equal(sheets.toString('latin1').match(/\/Type \/Page\b(?!s)/g)?.length, 1);
    await close();
  });
});
