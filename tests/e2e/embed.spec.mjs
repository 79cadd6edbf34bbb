import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import { after, test } from 'node:test';
import { FITTING, answerAll, answerTo, asked, enter, heading, press } from './walk.mjs';
import { base, leave, visit } from './visit.mjs';

after(leave);

/** Somebody else's page, with the element in it. */
const host = (body, head = '', pages = {}, policy = '') => ({
  ready: false,
  path: 'host.html',
  pages: {
    ...pages,
    'host.html': {
      headers: { 'content-type': 'text/html; charset=utf-8', ...(policy && { 'content-security-policy': policy }) },
      body: `<!doctype html><html lang="en"><title>A clinic</title>${head}<h1>A clinic</h1>${body}`,
    },
  },
});

/** The site again, each file sent with headers of its own. */
async function withHeaders(headersOf) {
  const server = createServer(async ({ url }, response) => {
    const answer = await fetch(new URL(url.slice(1), await base()));
    response.writeHead(answer.status, { 'content-type': answer.headers.get('content-type'), ...headersOf(url) }).end(Buffer.from(await answer.arrayBuffer()));
  });
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
  server.unref();
  return `http://127.0.0.1:${server.address().port}/`;
}

const define = '<script type="module" src="define.js"></script>';
const SRC = 'src="trials/NCT07084012.json"';

test('a page around keeps its title, its address and its history', async () => {
  const { page, seen, close } = await visit(host(`<trial-prescreen ${SRC} respondent="patient" heading-level="3"></trial-prescreen>${define}`));
  await press(page, 'Start now');
  assert.notEqual(await asked(page), null, 'the page has said who answers');
  const before = await page.evaluate(() => [history.length, location.href, document.title]);
  const questions = await answerAll(page, FITTING);
  assert.ok(questions.length > 5);
  await press(page, 'Back');
  assert.deepEqual(await page.evaluate(() => [history.length, location.href, document.title]), before);
  assert.equal(await heading(page).evaluate((title) => title.localName), 'h3');
  assert.deepEqual(seen.errors, []);
  await close();
});

test('two checks on one page share the engine and no answer', async () => {
  const { page, seen, close } = await visit(host(`<trial-prescreen id="a" ${SRC} respondent="patient"></trial-prescreen><trial-prescreen id="b" ${SRC} respondent="caregiver" lang="zh-CN"></trial-prescreen>${define}`));
  const [first, second] = [page.locator('#a'), page.locator('#b')];
  await first.getByRole('button', { name: 'Start now' }).click();
  await second.getByRole('button', { name: '开始' }).waitFor();
  await first.locator('form').waitFor();
  assert.equal(await second.locator('form').count(), 0);
  assert.deepEqual(seen.requests.filter((url) => url.endsWith('.wasm')).map((url) => url.replace(/.*\//, '')).sort(), ['check_bg.wasm', 'check_later.wasm']);
  await close();
});

test('the rest of the engine that did not come is asked for again, without loading the page around anew', async () => {
  const { page, close } = await visit(host(`<trial-prescreen ${SRC} respondent="patient"></trial-prescreen>${define}`, '', { 'check_later.wasm': null }));
  await heading(page).filter({ hasText: 'cannot run' }).waitFor();
  await page.unrouteAll();
  await press(page, 'Try again');
  await press(page, 'Start now');
  await answerAll(page, { ...FITTING, 'ischaemic-stroke': 'no' });
  await press(page, 'See the result');
  await heading(page).filter({ hasText: 'not a fit' }).waitFor();
  await close();
});

test('what is set before the class is there is taken up, and staff are asked in their words', async () => {
  const { page, close } = await visit(host(`<trial-prescreen></trial-prescreen><script>Object.assign(document.querySelector('trial-prescreen'), { src: 'trials/NCT07084012.json', respondent: 'staff', asOf: '2026-03-15T14:30+08:00', headingLevel: 2 })</script>${define}`));
  await press(page, 'Start now');
  const questions = await answerAll(page, FITTING, {
    each: async () => assert.equal(await page.getByLabel(/Not in the chart/).count() > 0, true),
  });
  assert.ok(questions.includes('nihss'), questions.join(' '));
  await press(page, 'See what this means');
  assert.match(await page.locator('.small').last().innerText(), /15 March 2026/);
  await close();
});

test('a host’s style sheet and a second definition do no harm', async () => {
  const { page, seen, close } = await visit(
    host(`<trial-prescreen ${SRC} respondent="patient"></trial-prescreen>${define}<script type="module" src="define.js?again"></script>`, '<style>body * { all: revert; float: left; font: 8px fantasy; color: red }</style>'),
  );
  await press(page, 'Start now');
  const style = await heading(page).evaluate((title) => ({ ...['display', 'fontFamily', 'color'].map((name) => getComputedStyle(title)[name]) }));
  assert.deepEqual([style[0], /fantasy/.test(style[1]), style[2] === 'rgb(255, 0, 0)'], ['block', false, false]);
  assert.ok((await page.locator('.option input').first().evaluate((input) => parseFloat(getComputedStyle(input).width))) >= 24);
  assert.deepEqual(seen.errors, []);
  await close();
});

test('importing the class registers nothing', async () => {
  const { page, close } = await visit(host('<trial-prescreen><p slot="fallback">Call 555-0100</p></trial-prescreen><script type="module">await import("./trial-prescreen.js"); document.title = String(customElements.get("trial-prescreen"))</script>'));
  await page.waitForFunction(() => document.title === 'undefined');
  assert.equal(await page.getByText('Call 555-0100').isVisible(), true);
  await close();
});

/** What the page around fills in: the fields of these answers, by question. */
const filled = (answers) =>
  Object.fromEntries(Object.entries(answers).filter(([, answer]) => answer !== 'not sure').map(([id, answer]) => [id, typeof answer === 'string' ? { choice: answer } : { ...answer.ticked, ...answer.chosen, ...answer.text }]));

test('a trial that is not the one its digest says is refused, and the other settings are followed', async () => {
  const document = await (await fetch(`${await base()}trials/NCT07084012.json`)).arrayBuffer();
  const digest = `sha384-${createHash('sha384').update(new Uint8Array(document)).digest('base64')}`;
  const head = '<meta name="color-scheme" content="light"><style>.themed { --prescreen-text: #333333 }</style>';
  const away = { 'away.html': { contentType: 'text/html', body: '<title>Weather</title>' } };
  const { page, seen, close } = await visit(host(
    `<trial-prescreen id="a" ${SRC} integrity="${digest}" start="questions" respondent="staff" theme="dark" units="us" quick-exit="away.html"></trial-prescreen>
     <trial-prescreen id="b" ${SRC} integrity="${digest.replace('4-', '4-AA').slice(0, -2)}"><p slot="fallback">Call 555-0100</p></trial-prescreen>
     <trial-prescreen id="c" src="https://example.org/trial.json"></trial-prescreen>${define}`, head, away,
  ));
  await page.locator('#a form').waitFor();
  assert.equal(await page.evaluate(() => document.activeElement === document.body), true, 'loading takes no focus');
  assert.equal(await page.locator('#a .title').evaluate((title) => getComputedStyle(title).colorScheme), 'dark');
  assert.equal(await page.evaluate(() => document.querySelector('#a').matches(':state(ready):state(staff)')), true);
  for (const id of ['b', 'c']) {
    await page.locator(`#${id} .title`).filter({ hasText: 'cannot run' }).waitFor();
    assert.equal(await page.evaluate((id) => document.querySelector(`#${id}`).matches(':state(error)') && document.querySelector(`#${id}`).status, id), 'error');
    assert.equal(await page.evaluate((id) => document.querySelector(`#${id}`).ready.catch(() => 'refused'), id), 'refused');
  }
  assert.equal(await page.getByText('Call 555-0100').isVisible(), true);
  assert.ok(seen.requests.every((url) => !url.includes('example.org')), 'another site’s trial without a digest is not even asked for');
  const warned = page.waitForEvent('console', (message) => /--prescreen-text on --prescreen-background has a contrast of 1\.\d\d:1/.test(message.text()));
  await page.evaluate(() => {
    const copy = document.querySelector('#a').cloneNode();
    copy.id = 'd';
    copy.className = 'themed';
    document.body.append(copy);
  });
  await warned;
  await page.evaluate(() => document.querySelector('#d').remove());
  await page.locator('#a').evaluate((element) => { element.lang = 'zh-CN'; });
  await answerAll(page.locator('#a'), FITTING, { language: 'zh-CN', each: async (id) => {
    if (id !== 'creatinine') return;
    const units = await page.locator('#a [name="unit"]').evaluateAll((inputs) => inputs.map((input) => input.value));
    assert.deepEqual(units, ['mg/dL', 'umol/L']);
  } });
  await page.getByRole('button', { name: '快速离开' }).click();
  await page.waitForURL('**/away.html');
  await close();
});

/** What a page gets that takes the answers as a file. */
async function recorded(element) {
  const files = await element.evaluate(async (check) => {
    const [json, csv, fhir] = await Promise.all(['json', 'csv', 'fhir'].map((format) => check.exportRecord(format)));
    return { types: [json, csv, fhir].map(({ type }) => type.split(';')[0]), json: JSON.parse(await json.text()), csv: await csv.text(), fhir: JSON.parse(await fhir.text()), other: await check.exportRecord('pdf').catch((cause) => cause.name) };
  });
  assert.deepEqual([files.types, files.other], [['application/json', 'text/csv', 'application/fhir+json'], 'TypeError']);
  const ast = files.json.facts.find(({ subject }) => subject.concept === 'ast');
  assert.deepEqual([ast.value, ast.upperLimit.value, ast.on, files.json.trial.id, files.json.respondent], [{ quantity: { value: '31', unit: 'U/L' } }, '40', '2026-03-14', 'NCT07084012', 'patient']);
  const rows = files.csv.trim().split('\r\n');
  assert.equal(rows.length, files.json.facts.length + 1);
  assert.ok(rows.some((row) => /^NCT07084012,2026-03-15T14:30\+08:00,ast,.*,31,U\/L,2026-03-14$/.test(row)), files.csv);
  const { resourceType, status, authored, item } = files.fhir;
  assert.deepEqual([resourceType, status, authored], ['QuestionnaireResponse', 'completed', '2026-03-15T14:30:00+08:00']);
  const of = (id) => item.find(({ linkId }) => linkId === id);
  assert.deepEqual(of('ast').answer, [{ valueQuantity: { value: 31, unit: 'U/L' }, item: [{ linkId: 'ast/on', answer: [{ valueDateTime: '2026-03-14' }] }, { linkId: 'ast/upper-limit', answer: [{ valueQuantity: { value: 40, unit: 'U/L' } }] }] }]);
  assert.equal(of('birth-date').answer[0].valueDate, '1960-05-20');
  assert.match(of('onset').answer[0].valueDateTime, /^2026-03-15T08:05:00\+08:00$/);
  assert.ok(item.every(({ answer, extension }) => answer ? answer.every((one) => Object.values(one).every((value) => value !== '')) : extension[0].valueCode === 'asked-unknown'), JSON.stringify(item));
  assert.equal(new Set(item.map(({ linkId }) => linkId)).size, item.length);
}

test('a page reads answers only where it says so; what it fills in, the person confirms', async () => {
  const { page, seen, close } = await visit(host(`<trial-prescreen ${SRC} respondent="patient" expose-answers start="questions"></trial-prescreen>${define}`));
  const element = page.locator('trial-prescreen');
  await page.getByText('can read your answers and the result').waitFor();
  await element.evaluate((check, answers) => { check.answers = answers; }, filled(FITTING));
  await element.evaluate((check) => check.start());
  let confirmed = 0;
  for (let id = await asked(page); id !== null; id = await asked(page)) {
    if (await page.getByText('The website has filled this in.').count()) confirmed += 1;
    else await enter(page, await answerTo(page, id, {}));
    await press(page, 'Continue');
    await page.locator(`form[data-question="${id}"]`).waitFor({ state: 'detached' });
  }
  assert.ok(confirmed > 5, `${confirmed} were filled in`);
  assert.equal(await element.evaluate((check) => check.outcome), null);
  await press(page, 'See what this means');
  const told = await element.evaluate((check) => ({ outcome: check.outcome, sex: check.answers.sex, trial: check.versions.trial.id, status: check.status }));
  assert.deepEqual(told, { outcome: 'may-fit', sex: { choice: 'male' }, trial: 'NCT07084012', status: 'ready' });
  assert.deepEqual(seen.events.filter(({ name }) => name === 'outcome').map(({ detail }) => detail), [{ outcome: 'may-fit' }]);
  await recorded(element);
  const events = seen.events.length;
  assert.equal(await element.evaluate((check) => check.goTo('nowhere')), false);
  assert.equal(await element.evaluate((check) => check.goTo('sex')), true);
  assert.equal(await asked(page), 'sex');
  await element.evaluate((check) => check.reset());
  await page.getByRole('button', { name: 'Start now' }).waitFor();
  assert.deepEqual(await element.evaluate((check) => check.answers), {});
  assert.equal(seen.events.length, events, 'the page is not told of what it did itself');
  await element.evaluate((check) => { check.exposeAnswers = false; });
  assert.deepEqual(await element.evaluate(async (check) => [check.answers ?? null, check.outcome, (await check.exportRecord('json')) ?? null]), [null, null, null]);
  await press(page, 'Start now');
  await element.evaluate((check) => { check.exposeAnswers = true; });
  assert.equal(await element.evaluate((check) => check.answers ?? null), null, 'nobody was told this time');
  await close();
});

test('a hostile page, and one that is written from right to left, do no harm', async () => {
  const head = `<style>* { all: revert !important; float: right; direction: rtl }</style><script>
    for (const prototype of [Object.prototype, Array.prototype, Function.prototype]) prototype.added = function () { throw new Error('added'); };
    for (const prototype of [String.prototype, Number.prototype, Date.prototype]) prototype.toJSON = () => 'wrong';
    for (const [owner, name] of [[Document.prototype, 'createElement'], [Element.prototype, 'attachShadow'], [EventTarget.prototype, 'addEventListener'], [Node.prototype, 'appendChild'], [window, 'fetch']]) {
      const native = owner[name];
      owner[name] = function (...given) { return native.apply(this, given); };
    }
    Element.prototype.closest = ((native) => function (selector) { return native.call(this, selector); })(Element.prototype.closest);
  </script>`;
  const outer = `<div id="outer" lang="zh-CN"></div><script>
    const inside = document.querySelector('#outer').attachShadow({ mode: 'open' });
    inside.append(Object.assign(document.createElement('trial-prescreen'), { src: 'trials/NCT07084012.json', respondent: 'patient' }));
  </script>${define}`;
  const { page, seen, close } = await visit({ ...host(outer, head), viewport: { width: 320, height: 640 } });
  await press(page, '开始');
  await page.locator('.root').evaluate((root) => { root.dir = 'rtl'; });
  const [mark, words] = await page.locator('.option').first().evaluate((option) => [...option.children].map((child) => child.getBoundingClientRect().x));
  assert.ok(mark > words, 'the mark stands to the right of its words');
  const questions = await answerAll(page, FITTING, { language: 'zh-CN', each: async (id) => {
    const wide = await page.locator('.root').evaluate((root) => root.scrollWidth - root.clientWidth);
    assert.ok(wide <= 0, `${id} is ${wide} px too wide`);
  } });
  assert.ok(questions.length > 5);
  await press(page, '查看结果');
  assert.equal(await page.locator('.outcome').count(), 1);
  assert.deepEqual(seen.errors, []);
  await close();
});

test('a page without wasm-unsafe-eval has its engine in a worker, which follows a policy of its own', async () => {
  const around = "default-src 'none'; script-src 'self'; connect-src 'self'; worker-src 'self'; require-trusted-types-for 'script'; trusted-types trial-prescreen";
  const worker = "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; connect-src 'self'";
  const site = await withHeaders((path) => ({ 'content-security-policy': path.endsWith('worker.js') ? worker : around }));
  for (const attribute of ['', 'worker']) {
    const { page, seen, close } = await visit({ ...host(`<trial-prescreen ${SRC} respondent="patient" ${attribute}></trial-prescreen>${define}`, '', {}, around), at: `${site}host.html` });
    if (attribute) {
      await press(page, 'Start now');
      await page.locator('form').waitFor();
      await answerAll(page, FITTING);
      await press(page, 'See what this means');
      await heading(page).filter({ hasText: /able to take part/ }).waitFor();
      assert.deepEqual(seen.violations, []);
    } else {
      await heading(page).filter({ hasText: 'cannot run' }).waitFor();
      assert.ok(seen.violations.some((violation) => violation.includes('wasm-eval')), seen.violations.join('; '));
    }
    assert.deepEqual(seen.errors, []);
    await close();
  }
});

test('the looks of the element follow the way of writing', async () => {
  const css = await readFile(new URL('../../www/style.js', import.meta.url), 'utf8');
  const physical = css.match(/(?<![\w-])((margin|padding|border|inset)-(left|right|top|bottom)|left|right|top|bottom|(min-|max-)?(width|height))\s*:/g) ?? [];
  assert.deepEqual(physical.filter((found) => !found.startsWith('min-width')), []);
});
