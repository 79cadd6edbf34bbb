// The npm package: installed into an empty folder, used there, and its manifest against the elements as they are.
import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdtemp, readFile, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { leave, visit } from './visit.mjs';

after(leave);

const run = promisify(execFile);
const folder = process.env.PRESCREEN_PACKAGE ?? fileURLToPath(new URL('../../target/package', import.meta.url));
const json = async (name) => JSON.parse(await readFile(join(folder, name), 'utf8'));
const sources = async () => {
  const names = (await readdir(folder, { recursive: true })).filter((name) => name.endsWith('.js') && !name.startsWith('pkg'));
  return Object.fromEntries(await Promise.all(names.map(async (name) => [name, await readFile(join(folder, name), 'utf8')])));
};
/** All that is found in the texts, once each, in order. */
const found = (texts, pattern) => [...new Set(texts.flatMap((text) => [...text.matchAll(pattern)].map(([, one]) => one)))].sort();
const names = (list) => list.map(({ name }) => name).sort();

test('what npm packs can be installed, checks a record in Node and has types', async () => {
  const empty = await mkdtemp(join(tmpdir(), 'prescreen-package-'));
  try {
    const { stdout: packed } = await run('npm', ['pack', '--json', '--pack-destination', empty, folder], { cwd: empty });
    const [{ filename, files }] = JSON.parse(packed);
    assert.ok(files.length > 50, `${files.length} files`);
    await writeFile(join(empty, 'package.json'), '{ "private": true, "type": "module" }');
    await run('npm', ['install', '--offline', '--no-audit', '--no-fund', join(empty, filename)], { cwd: empty });
    await writeFile(join(empty, 'engine.js'), `
      import { readFile } from 'node:fs/promises';
      const file = async (name) => readFile(new URL(import.meta.resolve('trial-prescreen/' + name)));
      const said = new Set();
      for (const [name, wasm] of [['engine', 'engine.wasm'], ['check', 'check.wasm']]) {
        const engine = await import('trial-prescreen/' + name);
        await engine.default({ module_or_path: await file(wasm) });
        await engine.complete?.(await file('check-later.wasm'));
        const { trial } = engine.readTrial(await file('trials/NCT07084012.json'));
        const options = { asOf: '2026-03-15T14:30+08:00', respondent: 'patient', locale: 'zh-CN', audience: 'person' };
        console.log(engine.version(), trial.evaluate([], options).determination);
        said.add(JSON.stringify(['nextQuestion', 'evaluate', 'explain', 'otherwise', 'review', 'receipt'].map((name) => trial[name]([], options))));
      }
      if (said.size !== 1) throw new Error('the engines do not say the same');
      console.log(JSON.parse(await file('package.json')).version);`);
    const { stdout } = await run('node', ['engine.js'], { cwd: empty });
    const [engine, check, version] = stdout.trim().split('\n');
    assert.deepEqual([engine, check], [`${version} undetermined`, `${version} undetermined`]);
    await writeFile(join(empty, 'page.ts'), `
      import 'trial-prescreen/define';
      import 'trial-prescreen/define-frame';
      import { TrialPrescreen } from 'trial-prescreen';
      import type { TrialDocument } from 'trial-prescreen/check';
      const element = document.createElement('trial-prescreen');
      const same: TrialPrescreen = element;
      element.trial = {} as TrialDocument;
      element.headingLevel = 3;
      const found: boolean = element.goTo('sex');
      const status: 'idle' | 'loading' | 'ready' | 'error' = document.createElement('trial-prescreen-frame').status;
      element.addEventListener('prescreen-step', ({ detail }) => console.log(detail.index + 1));
      // @ts-expect-error a relative does not answer
      element.respondent = 'relative';
      element.ready.then(() => console.log(same, found, status));`);
    const checker = fileURLToPath(new URL('node_modules/typescript/bin/tsc', import.meta.url));
    await run('node', [checker, '--noEmit', '--strict', '--target', 'es2024', '--module', 'esnext', '--moduleResolution', 'bundler', '--lib', 'es2024,dom,dom.iterable', 'page.ts'], { cwd: empty })
      .catch(({ stdout: problems }) => assert.fail(problems));
  } finally {
    await rm(empty, { recursive: true });
  }
});

test('every file has the digest that the package says', async () => {
  const digests = await json('integrity.json');
  const entries = await readdir(folder, { withFileTypes: true, recursive: true });
  assert.deepEqual(Object.keys(digests).length + 1, entries.filter((entry) => entry.isFile()).length);
  for (const [name, digest] of Object.entries(digests)) {
    assert.equal(digest, `sha384-${createHash('sha384').update(await readFile(join(folder, name))).digest('base64')}`, name);
  }
});

test('the manifest says what the elements have, all of it and nothing else', async () => {
  const { modules } = await json('custom-elements.json');
  const [element, frame] = modules.flatMap(({ declarations }) => declarations);
  const { page, close } = await visit({ ready: false, path: 'host.html', pages: { 'host.html': { contentType: 'text/html', body: '<script type="module" src="define.js"></script><script type="module" src="define-frame.js"></script>' } } });
  await page.waitForFunction(() => customElements.get('trial-prescreen') && customElements.get('trial-prescreen-frame'));
  const actual = await page.evaluate(() => ['trial-prescreen', 'trial-prescreen-frame'].map((tag) => {
    const type = customElements.get(tag);
    const members = [];
    for (let { prototype } = type; prototype !== HTMLElement.prototype; prototype = Object.getPrototypeOf(prototype)) members.push(...Object.getOwnPropertyNames(prototype));
    return { attributes: [...new Set(type.observedAttributes)].sort(), members: [...new Set(members)].sort() };
  }));
  await close();
  // what the platform calls, and what the classes keep to themselves
  const inner = ['attributeChangedCallback', 'connectedCallback', 'constructor', 'disconnectedCallback', 'oneOf', 'put', 'upgrade'];
  for (const [at, said] of [element, frame].entries()) {
    assert.deepEqual(names(said.attributes), actual[at].attributes, said.tagName);
    assert.deepEqual(names(said.members), actual[at].members.filter((name) => !inner.includes(name)), said.tagName);
  }
  const texts = await sources();
  const inFrame = Object.entries(texts).filter(([name]) => /^(trial-prescreen-frame|frame\/)/.test(name)).map(([, text]) => text);
  const inElement = Object.entries(texts).filter(([name]) => !/frame/.test(name)).map(([, text]) => text.replace(/^ \*.*$/gm, ''));
  const parts = found(inElement, /\bpart: (?:tag === 'dl' && )?['`]([^'`]*)['`]/g).flatMap((part) => part.replace(/\$\{.*?\}/, '').trim().split(' '));
  const kinds = found(inElement, /\bbutton\(\s*'(\w+)'/g);
  assert.deepEqual([...new Set([...parts, ...kinds])].sort(), names(element.cssParts));
  assert.deepEqual(found(inElement, /make\('slot', \{ name: '([\w-]+)'/g), names(element.slots));
  assert.deepEqual(found(inElement, /tell\('(prescreen-[\w-]+)'/g), names(element.events));
  const looks = [...found([texts['style.js']], /var\((--prescreen-[a-z-]+[a-z])/g), ...found([texts['style.js'].split('};')[0]], /^ {2}'?([\w-]+)'?: 'light-dark/gm).map((name) => `--prescreen-${name}`)].sort();
  assert.deepEqual(looks, names(element.cssProperties));
  assert.deepEqual(found([texts['trial-prescreen.js'].replace(/^ \*.*$/gm, '')], /'(loading|ready|error|patient|caregiver|staff|kept|offline)'/g), names(element.cssStates));
  assert.deepEqual([...found(inFrame, /prescreen === '(outcome|contact|clear|ready)'/g), ...found(inFrame, /tell\('(\w+)'/g)].map((name) => `prescreen-${name}`).sort(), names(frame.events));
});
