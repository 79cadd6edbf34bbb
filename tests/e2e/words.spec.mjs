// The words of the site: complete and up to date in both languages, plain, none of them outside the catalogues.
import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { FITTING, answerTo, asked, enter } from './walk.mjs';
import { leave, visit } from './visit.mjs';
import { TOOLS, TRANSLATED, WWW, catalogues, sources, texts, translatedFrom } from './catalogues.mjs';

after(leave);

const all = await catalogues();
const trials = await Promise.all((await sources('.json')).filter((path) => /^trials\/(?!index)/.test(path)).map(async (path) => [path, JSON.parse(await readFile(join(WWW, path), 'utf8'))]));

/** Texts of a trial in one language. */
const spoken = (value, language, path = '') => Object.entries(value ?? {}).flatMap(([key, inner]) => {
  if (key === language) return texts(inner, `${path}.${key}`);
  return inner && typeof inner === 'object' ? spoken(inner, language, `${path}.${key}`) : [];
});
const people = (found) => found.filter(([path]) => !/\.(staff|full|officialTitle)\b/.test(path));

test('every word is there in both languages', () => {
  assert.ok(all.length >= 9, String(all.length));
  for (const { name, en, zh } of all) {
    assert.deepEqual(zh.map(([path]) => path).sort(), en.map(([path]) => path).sort(), name);
    // what lies between sentences is nothing in Chinese
    for (const [path, text] of [...en, ...zh]) assert.ok(text.trim() || path === 'sentence', `${name} ${path} says nothing`);
  }
});

test('no Chinese word was translated from English that has changed since', async () => {
  const then = JSON.parse(await readFile(TRANSLATED, 'utf8'));
  const now = await translatedFrom();
  const stale = Object.entries(now).flatMap(([name, words]) => Object.keys(words).filter((path) => then[name]?.[path] !== words[path]).map((path) => `${name} ${path}`));
  const gone = Object.entries(then).flatMap(([name, words]) => Object.keys(words).filter((path) => !now[name]?.[path]).map((path) => `${name} ${path}`));
  assert.deepEqual([stale, gone], [[], []], 'bring the Chinese up to date, then run `node tests/e2e/catalogues.mjs`');
});

test('nothing is commanded, promised, made light of or regretted', () => {
  const english = /\b(please|sorry|oops|easy|easily|simple|simply|just|should|unfortunately|invalid|eligible|rejected|failed)\b/i;
  const chinese = /(?<!申)请(?!求)|抱歉|无效|必填|不幸|应该|不合格/;
  const wrong = all.filter(({ name }) => !TOOLS.test(name)).flatMap(({ name, en, zh }) => [
    ...en.filter(([, text]) => english.test(text)), ...zh.filter(([, text]) => chinese.test(text)),
  ].map(([path, text]) => `${name} ${path}: ${text}`));
  assert.deepEqual(wrong, []);
});

test('a hint is one short sentence', () => {
  const wrong = all.filter(({ name }) => name === 'words').flatMap(({ en, zh }) => [
    ...en.filter(([path, text]) => /[hH]int$/.test(path) && (/[.?!] /.test(text) || text.length > 120)),
    ...zh.filter(([path, text]) => /[hH]int$/.test(path) && (/[。？！]./.test(text) || text.length > 60)),
  ]).filter(([path]) => !/^(start|review|doses|who)\./.test(path));
  assert.deepEqual(wrong, []);
});

test('Chinese has its own punctuation, and no space where it has none', () => {
  const HALF = /[\p{Script=Han}][,;:?!(]|[,;:?!)][\p{Script=Han}]|[\p{Script=Han}]\.(?!\w)|[\p{Script=Han}] [\p{Script=Han}]|[。，；：？！）] |\.{3}/u;
  /** Of what is put together, only what is in quotes is said. */
  const written = (text) => (/=>/.test(text) ? [...text.matchAll(/'([^']*)'|`([^`]*)`/g)].map(([, one, two]) => (one ?? two)
    .replace(/\$\{[^{}]*(?:\{[^{}]*\})?[^{}]*\}/g, '1')).join('\n') : text);
  const wrong = [
    ...all.flatMap(({ name, zh }) => zh.map(([path, text]) => [`${name} ${path}`, written(text)])),
    ...trials.flatMap(([name, trial]) => people(spoken(trial, 'zh-CN')).map(([path, text]) => [`${name}${path}`, text])),
  ].filter(([, text]) => HALF.test(text)).map(([path, text]) => `${path}: ${text}`);
  assert.deepEqual(wrong, []);
});

/** What looks like words for people in a module: Chinese, or an English sentence or the beginning of one. */
function sentences(source) {
  const code = source.replace(/\/\*[^]*?\*\/|(?<![:'"`])\/\/.*$/gm, '').replace(/(?:throw new \w*Error|new TypeError)\(.*\)/g, '');
  const quoted = [...code.matchAll(/'((?:[^'\\\n]|\\.)*)'|"((?:[^"\\\n]|\\.)*)"|`((?:[^`\\]|\\.)*)`/g)].map(([, one, two, three]) => one ?? two ?? three ?? '');
  return quoted.filter((text) => /\p{Script=Han}|^[A-Z][a-z]+(?: [a-z]|[.:?!…]$)|[a-z]{2} [a-z]{2}[^{}<>=]*[.?!…]$/u.test(text));
}

/** Cities, headings that the reader of criteria knows, and the frame's title, which its page can set. */
const DATA = ['study/places.js', 'workshop/document.js', 'trial-prescreen-frame.js'];

test('no module says anything in words of its own', async () => {
  const modules = (await sources('.js')).filter((path) => !/words\/|^(terms|demo)\/|(style|look)\.js$/.test(path) && !DATA.includes(path));
  const found = await Promise.all(modules.map(async (path) => sentences(await readFile(join(WWW, path), 'utf8')).map((text) => `${path}: ${text}`)));
  assert.deepEqual(found.flat(), []);
  assert.deepEqual(sentences("make('p', {}, 'Some text'); say(`没有`); make('p', { class: 'actions big' }, ': '); // It's\n"), ['Some text', '没有']);
});

test('the pages begin alike, and with the words that their script then writes', async () => {
  const pages = (await sources('.html')).filter((path) => /^(index|trial|check|watch)\.html$/.test(path));
  assert.equal(pages.length, 4);
  const parts = await Promise.all(pages.map(async (path) => {
    const text = await readFile(join(WWW, path), 'utf8');
    const cut = (tag) => (new RegExp(`<${tag}>[^]*</${tag}>`).exec(text)?.[0] ?? '').replace(/\n\s*<nav>.*<\/nav>|\n\s*<p data-words="version"><\/p>/g, '');
    return { path, header: cut('header'), footer: cut('footer'), words: [...text.matchAll(/data-words="(\w+)">([^<]+)</g)].filter(([, key]) => key !== 'skip') };
  }));
  const words = Object.fromEntries(all.find(({ name }) => name === 'words').en);
  const said = { product: words.product, all: words.allStudies, decides: words['aboutPage.0'], advice: words['aboutPage.1'] };
  for (const { path, header, footer, words: written } of parts) {
    assert.equal(header, parts[0].header, path);
    assert.equal(footer, parts[0].footer, path);
    for (const [, key, text] of written) assert.equal(text, said[key], `${path} ${key}`);
  }
});

/** A word as a language would have it that needs half as much room again. */
const longer = (text) => `⟦${text}${' ····'.repeat(Math.ceil(text.length / 10))}⟧`;

test('in a language with longer words nothing is lost, and nothing comes from outside the catalogues', async () => {
  const every = all.flatMap(({ en }) => en.map(([, text]) => text));
  const english = [...new Set(every)].filter((text) => !/=>/.test(text) && /^\p{Lu}|\p{L} \p{L}/u.test(text));
  // of what is put together from pieces, the pieces are known
  const pieces = every.filter((text) => /=>/.test(text)).flatMap((text) => [...text.matchAll(/'([^']*)'|`([^`]*)`/g)].flatMap(([, one, two]) => (one ?? two).split(/\$\{[^}]*\}/))).filter((piece) => /[a-z]{3}/i.test(piece));
  const stretched = (trial) => JSON.parse(JSON.stringify(trial), (key, value) => (key === 'en' && typeof value === 'string' ? longer(value) : value && typeof value === 'object' && 'en' in value && value.en?.patient ? { ...value, en: Object.fromEntries(Object.entries(value.en).map(([name, text]) => [name, typeof text === 'string' ? longer(text) : Object.fromEntries(Object.entries(text).map(([code, one]) => [code, longer(one)]))])) } : value));
  const { page, close } = await visit({ ready: false, path: 'index.html', viewport: { width: 320, height: 640 }, serviceWorkers: 'block' });
  await page.route((url) => url.pathname.endsWith('.js'), async (route) => {
    const response = await route.fetch();
    let body = await response.text();
    for (const text of english) for (const quote of ['`', '"', "'"]) body = body.replaceAll(`${quote}${text}${quote}`, `${quote}${longer(text)}${quote}`);
    await route.fulfill({ response, body });
  });
  await page.route((url) => /trials\/(?!index)/.test(url.pathname), async (route) => {
    const response = await route.fetch();
    await route.fulfill({ response, json: stretched(await response.json()) });
  });
  const found = [];
  const look = async (name) => {
    const { wide, bare } = await page.evaluate(() => {
      const inside = [document.querySelector('main'), document.querySelector('footer'), ...[...document.querySelectorAll('*')].flatMap(({ shadowRoot }) => shadowRoot ?? [])];
      const spots = inside.flatMap((root) => [...root.querySelectorAll('button, label, legend, summary, .hint, h2, h3, th')]).filter((one) => one.checkVisibility());
      const bare = spots.map((one) => one.textContent.trim()).filter((text) => /[a-z]{3}/i.test(text) && !/⟦|^\S+\/\S+$/.test(text));
      return { wide: document.scrollingElement.scrollWidth - document.documentElement.clientWidth, bare };
    });
    if (wide > 0) found.push(`${name}: ${wide} px too wide`);
    found.push(...bare.filter((text) => !pieces.some((piece) => text.includes(piece.trim()))).map((text) => `${name}: not of a catalogue: ${text}`));
  };
  await page.goto(page.url().replace('index.html', 'check.html'));
  const next = (kind = 'primary') => page.locator(`.screen .${kind}`).first().click();
  await page.locator('trial-prescreen:state(ready)').waitFor();
  await look('start');
  await next();
  await page.locator('[name="respondent"][value="patient"]').check();
  await look('who');
  await next();
  await page.locator('form[data-question]').waitFor();
  const seen = new Set();
  for (let id = await asked(page); id !== null; id = await asked(page)) {
    const kind = await page.locator('form').evaluate((form) => [...new Set([...form.elements].map(({ type, name }) => `${type} ${name.replace(/\d+/, '')}`))].join());
    if (!seen.has(kind)) await look(id);
    seen.add(kind);
    await enter(page, id === 'ast' ? 'not sure' : await answerTo(page, id, FITTING));
    await next();
    await page.locator(`form[data-question="${id}"]`).waitFor({ state: 'detached' });
  }
  await look('review');
  await next();
  await page.locator('.outcome').waitFor();
  await look('result');
  await close();
  assert.deepEqual(found, []);
});
