import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { after, describe, test } from 'node:test';
import { FIELDS, FOCUS, keyboard } from './keyboard.mjs';
import { faint } from './looks.mjs';
import { FITTING, WORDS, answerAll, answerTo, asked, begin, enter, heading, press } from './walk.mjs';
import { leave, visit } from './visit.mjs';

after(leave);

const HEADINGS = {
  en: { 'may-fit': /able to take part/, 'cannot-tell': /cannot tell/i, 'not-now': /not a fit/, stop: /^From this answer/ },
  'zh-CN': { 'may-fit': /参加/, 'cannot-tell': /无法判断|不能判断|说不准|还不/, 'not-now': /不适合/, stop: /^根据这个回答/ },
};

for (const language of ['en', 'zh-CN']) {
  const words = WORDS[language];
  const told = HEADINGS[language];

  describe(`the whole check in ${language}`, () => {
    test('somebody who may fit comes to the result with every answer on it', async () => {
      const { page, seen, close } = await visit({ locale: language });
      await begin(page, language);
      const questions = await answerAll(page, FITTING, { language });
      assert.ok(questions.includes('onset') && questions.includes('birth-date'), questions.join(' '));
      assert.equal(new Set(questions).size, questions.length, 'a question was asked twice');
      assert.equal(await heading(page).innerText(), words.review);
      await press(page, words.submit);
      assert.match(await heading(page).innerText(), told['may-fit']);
      assert.ok((await page.locator('.answer dt').count()) >= questions.length);
      assert.equal((await page.locator('[part="result"]').getAttribute('class')).includes('may-fit'), true);
      assert.deepEqual(seen.errors, []);
      assert.deepEqual(seen.violations, []);
      await close();
    });

    test('somebody who does not fit is told at once, and may go on', async () => {
      const { page, close } = await visit({ locale: language });
      await begin(page, language);
      await answerAll(page, { ...FITTING, 'ischaemic-stroke': 'no' }, { language });
      assert.match(await heading(page).innerText(), told.stop);
      await press(page, words.goOn);
      assert.notEqual(await asked(page), null);
      await answerAll(page, FITTING, { language });
      await press(page, words.submit);
      assert.match(await heading(page).innerText(), told['not-now']);
      await close();
    });

    test('somebody who is not sure is told what to find out, and can answer it then', async () => {
      const { page, close } = await visit({ locale: language });
      await begin(page, language);
      await answerAll(page, { ...FITTING, ast: 'not sure', egfr: 'not sure', creatinine: 'not sure' }, { language });
      assert.ok((await page.locator('.answer .open').count()) >= 2);
      await press(page, words.submit);
      assert.match(await heading(page).innerText(), told['cannot-tell']);
      await page.locator('.find').first().getByRole('button').first().click();
      assert.ok(['ast', 'egfr', 'creatinine'].includes(await asked(page)));
      await close();
    });
  });
}

describe('finding the way', () => {
  test('Back shows the question before as it was left, and going on comes to the next one as it was answered', async () => {
    const { page, close } = await visit();
    await begin(page);
    const first = await asked(page);
    await enter(page, FITTING[first]);
    await press(page, 'Continue');
    const second = await asked(page);
    await enter(page, 'not sure');
    await press(page, 'Continue');
    await press(page, 'Back');
    await page.locator(`form[data-question="${second}"]`).waitFor();
    assert.equal(await page.getByLabel('I am not sure').first().isChecked(), true);
    await page.goBack();
    await page.locator(`form[data-question="${first}"]`).waitFor();
    assert.equal(await page.locator('form :checked, form input[type="text"]:not([value=""])').count() > 0, true);
    await press(page, 'Continue');
    assert.equal(await asked(page), second);
    assert.equal(await page.getByLabel('I am not sure').first().isChecked(), true);
    await close();
  });

  test('the language changes in the middle of a word without losing it', async () => {
    const { page, close } = await visit();
    await begin(page);
    await answerAll(page, FITTING, { each: async (id) => { if (id === 'birth-date') throw new Error('there'); } }).catch((error) => assert.equal(error.message, 'there'));
    await page.locator('[name="date.year"]').fill('19');
    await press(page, '中文');
    assert.equal(await page.locator('[name="date.year"]').inputValue(), '19');
    assert.equal(await page.locator('html').getAttribute('lang'), 'zh-CN');
    assert.match(await heading(page).innerText(), /出生/);
    await press(page, 'English');
    assert.equal(await page.locator('[name="date.year"]').inputValue(), '19');
    await close();
  });

  test('an unlikely value is asked about and may be kept', async () => {
    const { page, close } = await visit();
    await begin(page);
    const twelve = { text: { 'date.year': '1860', 'date.month': '', 'date.day': '' } };
    await answerAll(page, FITTING, { each: async (id) => { if (id === 'birth-date') throw new Error('there'); } }).catch(() => {});
    await enter(page, twelve);
    await press(page, 'Continue');
    assert.equal(await heading(page).innerText(), 'Is that right?');
    assert.match(await page.locator('.lead').innerText(), /1860/);
    await press(page, 'Change it');
    assert.equal(await page.locator('[name="date.year"]').inputValue(), '1860');
    await press(page, 'Continue');
    await press(page, 'Yes, keep it');
    assert.notEqual(await heading(page).innerText(), 'Is that right?');
    await close();
  });

  test('changing an answer asks only what became necessary, and comes back to the answers', async () => {
    const { page, close } = await visit();
    await begin(page);
    await answerAll(page, FITTING);
    await page.getByRole('button', { name: /^Change .*AST/ }).click();
    assert.equal(await asked(page), 'ast');
    assert.equal(await page.locator('[name="value"]').inputValue(), '31');
    await page.locator('[name="value"]').fill('30');
    await press(page, 'Continue');
    assert.equal(await heading(page).innerText(), 'Check your answers');
    await close();
  });

  test('somebody who answers for another is asked about that person, and may prefer not to say', async () => {
    const { page, close } = await visit();
    await begin(page, 'en', 'For someone I care for');
    const titles = [];
    const declined = ':is([name="absent"][value="asked-declined"], [name="choice"][value=" asked-declined"], [name="rest"][value="asked-declined"])';
    for (let id = await asked(page); id !== null; id = await asked(page)) {
      titles.push(await heading(page).innerText());
      await page.locator(declined).check();
      await press(page, 'Continue');
      await page.locator(`form[data-question="${id}"]`).waitFor({ state: 'detached' });
    }
    assert.match(titles.join(' '), /the person you care for/);
    assert.doesNotMatch(titles.join(' '), /\byour\b/i);
    await press(page, 'See what this means');
    assert.match(await heading(page).innerText(), /cannot tell/);
    await close();
  });

  test('starting over leaves nothing behind', async () => {
    const { page, seen, close } = await visit();
    await begin(page);
    const first = await asked(page);
    await enter(page, FITTING[first]);
    await press(page, 'Continue');
    await press(page, 'Clear and start over');
    await press(page, 'Delete and start over');
    assert.match(await page.locator('.notice').first().innerText(), /deleted/);
    assert.ok(seen.events.some(({ name }) => name === 'clear'));
    await page.goBack();
    assert.equal(await asked(page), null);
    await begin(page);
    assert.equal(await page.locator('form :checked').count(), 0);
    await press(page, 'Continue');
    assert.equal(await page.locator('.summary').count(), 1);
    await close();
  });

  test('the whole check by keyboard alone, in forced colours', async () => {
    const { page, close } = await visit({ forcedColors: 'active', viewport: { width: 320, height: 640 } });
    const { press, choose, answer, hidden } = keyboard({ active: () => page.evaluate(FOCUS), key: (key) => page.keyboard.press(key), type: (text) => page.keyboard.type(text) });
    const found = [];
    await page.locator('trial-prescreen:state(loading)').waitFor({ state: 'detached' });
    await press('Start now');
    await choose('respondent', 'patient');
    await press('Continue');
    for (let question = await page.evaluate(FIELDS); question; question = await page.evaluate(FIELDS)) {
      const { id, names } = question;
      assert.equal((await page.evaluate(FOCUS)).title, true, `the focus is not on the heading of ${id}`);
      found.push(...(await faint(page, id)));
      await answer(FITTING[id], names);
      await press('Continue');
      await page.locator(`form[data-question="${id}"]`).waitFor({ state: 'detached' });
    }
    await press('See what this means');
    assert.match(await heading(page).innerText(), HEADINGS.en['may-fit']);
    assert.deepEqual([found, [...hidden]], [[], []]);
    await close();
  });
});

for (const [language, day, unit] of [['en', 'Same day as before: 14 March 2026', /A result before this one was in U\/L\./], ['zh-CN', '与前面同一天：2026年3月14日', /前面有一项结果用的单位是 U\/L。/]]) {
  test(`the day of a result before is offered again, its unit is named, and neither is chosen, in ${language}`, async () => {
    const { page, close } = await visit({ locale: language });
    const fields = () => Promise.all(['on.year', 'on.month', 'on.day'].map((name) => page.locator(`[name="${name}"]`).inputValue()));
    await begin(page, language);
    await answerAll(page, { ...FITTING, egfr: 'not sure', creatinine: 'not sure' }, { language, each: async (id) => {
      if (id === 'ast') {
        assert.equal(await page.getByRole('button', { name: day }).count(), 0);
        assert.doesNotMatch(await page.locator('form').innerText(), unit);
      }
      if (id !== 'alt') return;
      assert.match(await page.locator('form').innerText(), unit);
      assert.deepEqual([await fields(), await page.locator('[name="unit"]:checked').count()], [['', '', ''], 0]);
      await press(page, day);
      assert.deepEqual([await fields(), await page.locator('[name="unit"]:checked').count()], [['2026', '3', '14'], 0]);
      await page.locator('[name="value"]').fill('28');
      await press(page, WORDS[language].onward);
      assert.equal(await page.locator('.summary button').count(), 1, 'the unit is still asked');
    } });
    await close();
  });
}

/** Fields in which nothing stands and that do not say that they may be left so. What is folded away needs no word. */
const unmarked = (page, language) => page.locator('form').evaluate((form, said) => {
  const empty = [...form.elements].filter((one) => one.matches('input[type="text"], select') && !one.value && !one.closest('details'));
  const unchosen = [...form.querySelectorAll('.group')].filter((group) => group.querySelector('[type="radio"]') && !group.querySelector(':checked'));
  const places = [...empty.map((one) => one.closest('.group') ?? one.closest('.entry')), ...unchosen];
  return [...new Set(places)].map((one) => one.innerText).filter((text) => !new RegExp(said).test(text));
}, { en: '\\(optional\\)|if you know it|eave it empty|I am not sure', 'zh-CN': '选填|知道的话|留空|不确定' }[language]);

for (const language of ['en', 'zh-CN']) {
  test(`what may be left empty says so, in ${language}`, async () => {
    const { page, close } = await visit({ locale: language });
    const few = { ...FITTING, ast: { text: { value: '31' }, ticked: { unit: 'U/L' } }, egfr: { text: { value: '88' } }, onset: { ...FITTING.onset, text: { ...FITTING.onset.text, hour: '', minute: '' } } };
    const looked = [];
    await begin(page, language);
    for (let id = await asked(page); id !== null; id = await asked(page)) {
      await enter(page, await answerTo(page, id, few));
      const without = await unmarked(page, language);
      const onward = page.locator(`form[data-question="${id}"]`).waitFor({ state: 'detached' });
      await press(page, WORDS[language].onward);
      await onward;
      if (typeof few[id] === 'object' && !few[id].ticked?.absent) {
        looked.push(id);
        assert.deepEqual(without, [], id);
      }
    }
    assert.deepEqual(['ast', 'egfr', 'onset'].filter((id) => !looked.includes(id)), []);
    await close();
  });
}

test('the telephone of the study stands at the same place on every screen, where its document names one', async () => {
  const trial = JSON.parse(await readFile(new URL('../../www/trials/NCT07084012.json', import.meta.url), 'utf8'));
  const contacts = [{ name: { en: 'Stroke team', 'zh-CN': '卒中团队' }, phone: '+86 27 5550 0100' }, { name: { en: 'By letter' } }];
  const { page, close } = await visit({ pages: { 'NCT07084012.json': { contentType: 'application/json', body: JSON.stringify({ ...trial, contacts }) } } });
  const help = async (screen, place = '.help') => assert.deepEqual(await page.locator(`${place} a`).evaluateAll((all) => all.map((one) => [one.parentElement.textContent, one.getAttribute('href')])), [['Stroke team +86 27 5550 0100', 'tel:+862755500100']], screen);
  await help('start', '.screen');
  await press(page, 'Start now');
  await help('who');
  await page.getByLabel('For myself').check();
  await press(page, 'Continue');
  await answerAll(page, FITTING, { each: help });
  await help('review');
  await press(page, 'See what this means');
  await help('result');
  await close();
});

describe('the time of a beginning', () => {
  const there = async (page) => {
    await begin(page);
    await answerAll(page, FITTING, { each: async (id) => { if (id === 'onset') throw new Error('there'); } }).catch(() => {});
    assert.equal(await asked(page), 'onset');
  };

  test('yesterday fills the date in', async () => {
    const { page, close } = await visit();
    await there(page);
    await press(page, 'Yesterday');
    assert.deepEqual(await Promise.all(['year', 'month', 'day'].map((part) => page.locator(`[name="date.${part}"]`).inputValue())), ['2026', '3', '14']);
    assert.match(await page.locator('form').innerText(), /UTC\+08:00/);
    await close();
  });

  for (const [day, what] of [['2025-10-26', 'an hour that came twice'], ['2025-03-30', 'an hour that was left out']]) {
    test(`${what} is asked about`, async () => {
      const { page, close } = await visit({ timezoneId: 'Europe/Berlin', now: `${day}T12:00:00Z` });
      await there(page);
      const [year, month, date] = day.split('-');
      await enter(page, { ticked: { basis: 'last-known-well' }, text: { 'date.year': year, 'date.month': month, 'date.day': date, hour: '2', minute: '30' } });
      await press(page, 'Continue');
      assert.equal(await page.locator('.summary').count(), 1);
      assert.deepEqual(await page.locator('[name="offset"]').evaluateAll((all) => all.map((one) => one.value).sort()), ['+01:00', '+02:00']);
      await page.locator('[name="offset"][value="+01:00"]').check();
      await press(page, 'Continue');
      assert.notEqual(await asked(page), 'onset');
      await close();
    });
  }
});

describe('weeks of a pregnancy', () => {
  test('are typed as a card shows them, weeks and days, and grow with the days', async () => {
    const words = { patient: 'How many weeks?', staff: 'Weeks', short: 'Weeks of pregnancy' };
    const study = {
      format: 'trial-prescreen/1', id: 'EXAMPLE', title: { en: 'An example' }, source: [],
      eligibility: {
        status: 'published',
        criteria: [{
          id: 'I1', category: 'inclusion', source: { document: 'protocol', item: 'Inclusion 1' },
          text: { en: { full: 'At most 24 weeks and 3 days', short: 'Weeks', patient: 'At most 24 weeks and 3 days.' } },
          expression: { compare: { subject: { concept: 'gestational-age' }, high: { value: '171', unit: 'd' } } },
        }],
      },
      questions: { 'gestational-age': { answer: { quantity: { units: ['wk'] } }, answerableBy: ['patient'], text: { en: words } } },
    };
    const { page, seen, close } = await visit({ pages: { 'NCT07084012.json': { contentType: 'application/json', body: JSON.stringify(study) } } });
    await begin(page);
    assert.equal(await asked(page), 'gestational-age');
    assert.equal(await page.locator('[name="value"]').getAttribute('inputmode'), 'text');
    await enter(page, { text: { value: '24+3' } });
    await press(page, 'Continue');
    await press(page, WORDS.en.submit);
    assert.match(await heading(page).innerText(), HEADINGS.en['may-fit']);
    const result = await page.locator('trial-prescreen').evaluate((element) => element.shadowRoot.textContent);
    assert.match(result, /24\+3 weeks/);
    assert.match(result, /15 March 2026/);
    assert.deepEqual(seen.errors, []);
    await close();
  });
});

describe('a course of a medicine', () => {
  const question = (patient, short, options) => ({ patient, staff: short, short, options });
  const study = {
    format: 'trial-prescreen/1', id: 'EXAMPLE', title: { en: 'An example', 'zh-CN': '示例' }, source: [],
    eligibility: {
      status: 'published',
      criteria: [{
        id: 'I1', category: 'inclusion', source: { document: 'protocol', item: 'Inclusion 1' },
        text: {
          en: { full: 'Inhaled corticosteroid for at least 3 months', short: 'Inhaled steroid', patient: 'You have inhaled a steroid for three months.' },
          'zh-CN': { full: '吸入皮质激素至少3个月', short: '吸入激素', patient: '您已吸入激素三个月。' },
        },
        expression: { present: { subject: { text: 'corticosteroid' }, status: 'current', routes: ['inhaled'], lasting: { low: { value: '3', unit: 'mo' } } } },
      }],
    },
    questions: {
      'text:corticosteroid': {
        answer: { course: { dated: true, planned: true } }, answerableBy: ['patient'], routes: ['inhaled', 'topical'],
        text: {
          en: question('Do you use a steroid?', 'Steroid', { inhaled: 'Breathed in', topical: 'On the skin' }),
          'zh-CN': question('您在使用激素吗？', '激素', { inhaled: '吸入', topical: '涂在皮肤上' }),
        },
      },
    },
  };
  const asking = async (language = 'en') => {
    const visited = await visit({ locale: language, pages: { 'NCT07084012.json': { contentType: 'application/json', body: JSON.stringify(study) } } });
    await begin(visited.page, language);
    assert.equal(await asked(visited.page), 'text:corticosteroid');
    return visited;
  };
  const day = (name, year, month, day) => ({ [`${name}.year`]: year, [`${name}.month`]: month, [`${name}.day`]: day });
  const answered = async (page, answer, language = 'en') => {
    await enter(page, answer);
    await press(page, WORDS[language].onward);
    await page.locator('form[data-question]').waitFor({ state: 'detached' });
  };
  const shown = (page) => page.locator('trial-prescreen').evaluate((element) => element.shadowRoot.textContent);

  for (const [language, way, ways, since] of [['en', /inhaled/, ['I am not sure', 'Breathed in', 'On the skin'], /November 2025/], ['zh-CN', /吸入/, ['不确定', '吸入', '涂在皮肤上'], /2025\s*年\s*11\s*月/]]) {
    test(`that goes on long enough, given the right way, fits, in ${language}`, async () => {
      const { page, seen, close } = await asking(language);
      assert.deepEqual(await page.locator('[name="route"] option').allInnerTexts(), ways);
      assert.deepEqual((await unmarked(page, language)), []);
      await answered(page, { ticked: { choice: 'now' }, text: day('from', '2025', '11', ''), chosen: { route: 'inhaled' } }, language);
      assert.match(await page.locator('.answer').innerText(), way);
      await press(page, WORDS[language].submit);
      assert.match(await heading(page).innerText(), HEADINGS[language]['may-fit']);
      assert.match(await shown(page), since);
      assert.deepEqual(seen.errors, []);
      await close();
    });
  }

  test('given another way says nothing of the one that counts; how it is given may be left open', async () => {
    for (const route of ['topical', '']) {
      const { page, close } = await asking();
      await answered(page, { ticked: { choice: 'now' }, text: day('from', '2025', '11', '1'), chosen: { route } });
      await press(page, WORDS.en.submit);
      assert.match(await heading(page).innerText(), HEADINGS.en['cannot-tell'], route);
      await close();
    }
  });

  test('that began too late, that is over, or never was, does not fit', async () => {
    const late = { ticked: { choice: 'now' }, text: day('from', '2026', '2', '1'), chosen: { route: 'inhaled' } };
    const over = { ticked: { choice: 'past' }, text: { ...day('from', '2025', '1', ''), ...day('until', '2025', '12', '31') }, chosen: { route: 'inhaled' } };
    const never = { ticked: { choice: 'never' } };
    for (const answer of [late, over, never]) {
      const { page, close } = await asking();
      await answered(page, answer);
      assert.match(await heading(page).innerText(), HEADINGS.en.stop, JSON.stringify(answer));
      await close();
    }
  });

  test('that ended before it began is asked about, and nothing typed is lost', async () => {
    const { page, close } = await asking();
    await enter(page, { ticked: { choice: 'past' }, text: { ...day('from', '2025', '6', '1'), ...day('until', '2025', '5', '1') }, chosen: { route: 'topical' } });
    await press(page, WORDS.en.onward);
    await page.locator('.summary').waitFor();
    assert.match(await page.locator('.summary').innerText(), /The last day is before the first/);
    assert.equal(await page.locator('[name="until.month"]').inputValue(), '5');
    assert.equal(await page.locator('[name="route"]').inputValue(), 'topical');
    await answered(page, { text: day('until', '2025', '7', '1') });
    await close();
  });
});

test('another answer can be tried, and one’s own stays; the dates go into a calendar', async () => {
  const { page, seen, close } = await visit();
  await begin(page);
  await answerAll(page, FITTING);
  await press(page, 'See what this means');
  const shown = async () => (await page.locator('.root').innerText()).replace(/\s+/g, ' ');
  const before = await shown();
  const saved = page.waitForEvent('download');
  await press(page, 'Put these dates in your calendar');
  const file = await readFile(await (await saved).path(), 'utf8');
  assert.match(file, /^BEGIN:VCALENDAR\r\n/);
  assert.match(file, /\r\nDTSTART:20260318T000500Z\r\n/);
  assert.match(file, /\r\nDTSTART:20260318T000600Z\r\n/);
  assert.ok(file.split('\r\n').every((line) => Buffer.byteLength(line) <= 75));
  assert.doesNotMatch(file, /1960|AST|male/);

  await press(page, 'Try another answer');
  await page.getByRole('button', { name: /^Try another answer.*eGFR/ }).click();
  await page.getByText('This is only a try.').waitFor();
  await page.locator('[name="value"]').fill('20');
  await press(page, 'Continue');
  assert.match(await heading(page).innerText(), /If that were your answer/);
  const tried = await shown();
  assert.match(tried, /not a fit right now/);
  assert.match(tried, /88 mL\/min/);
  assert.match(tried, /20 mL\/min/);
  assert.match(tried, /Fits → Rules it out/);
  await press(page, 'Back to your result');
  assert.equal(await shown(), before);
  assert.deepEqual([seen.violations, seen.errors], [[], []]);
  await close();
});

test('about how long ago stands in the place of a date, as a span and no day', async () => {
  const { page, seen, close } = await visit();
  await begin(page);
  await answerAll(page, FITTING, { each: async (id) => { if (id === 'birth-date') throw new Error('there'); } }).catch(() => {});
  await page.getByText('I only know about how long ago').click();
  await page.getByLabel('About', { exact: true }).fill('６０');
  await press(page, 'Continue');
  assert.match(await page.locator('.summary').innerText(), /Choose days, weeks, months or years/);
  await page.locator('.summary button').click();
  assert.match(await page.evaluate(() => document.activeElement.shadowRoot.activeElement.name), /date\.unit/);
  await page.getByLabel('Days, weeks, months or years').selectOption('year');
  await page.locator('[name="date.year"]').fill('1960');
  await press(page, 'Continue');
  assert.match(await page.locator('.summary').innerText(), /leave one of them empty/);
  await page.locator('[name="date.year"]').fill('');
  await press(page, 'Continue');
  await answerAll(page, FITTING);
  assert.match(await page.locator('.answer', { hasText: 'Date of birth' }).innerText(), /15 March 1960.*15 March 1972/);
  assert.deepEqual([seen.violations, seen.errors], [[], []]);
  await close();
});

/** A visitor whose engine comes when it is released. */
async function waiting() {
  const visited = await visit({ ready: false, path: 'page.css' });
  const { page } = visited;
  let release;
  const held = new Promise((resolve) => { release = resolve; });
  await page.route((url) => url.pathname.endsWith('check_bg.wasm'), async (route) => {
    await held;
    await route.continue();
  });
  await page.goto(new URL('check.html', page.url()).href);
  return { ...visited, release };
}

test('what somebody waits for in one check does no harm to another that takes its place', async () => {
  const { page, seen, close, release } = await waiting();
  await page.getByRole('button', { name: WORDS.en.start }).click();
  await page.getByLabel('For myself').check();
  await page.getByRole('button', { name: WORDS.en.onward }).click();
  await page.getByRole('status').filter({ hasText: 'Loading' }).waitFor();
  await page.locator('trial-prescreen').evaluate((element) => { element.src = 'trials/SYS6020-MM.json'; });
  await page.getByText('multiple myeloma').first().waitFor();
  await page.getByRole('button', { name: WORDS.en.start }).click();
  await page.getByLabel('For myself').check();
  release();
  await page.getByRole('button', { name: WORDS.en.onward }).click();
  await page.locator('form[data-question="text:multiple myeloma"]').waitFor();
  assert.deepEqual([seen.violations, seen.errors, seen.events.filter(({ name }) => name === 'error')], [[], [], []]);
  await close();
});

test('the study and the first question are there before the engine; what comes next waits for it', async () => {
  const { page, seen, close, release } = await waiting();
  assert.equal(await page.getByText('You can turn on airplane mode now').isVisible(), false);
  await page.getByRole('button', { name: WORDS.en.start }).click();
  await page.getByLabel('For myself').check();
  await page.getByRole('button', { name: WORDS.en.onward }).click();
  await page.getByRole('status').filter({ hasText: 'Loading' }).waitFor();
  assert.equal(await asked(page), null);
  assert.equal(await page.getByLabel('For myself').isChecked(), true);
  release();
  await page.locator('form[data-question]').waitFor();
  await answerAll(page, FITTING);
  await press(page, 'See what this means');
  assert.match(await heading(page).innerText(), HEADINGS.en['may-fit']);
  assert.deepEqual([seen.violations, seen.errors], [[], []]);
  await close();
});
