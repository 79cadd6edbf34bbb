// node package.mjs SOURCES PACKAGE TSC: the npm package of the elements and the engine, unbundled, with types, a
// manifest of the elements, and the digest of every file.
import { createHash } from 'node:crypto';
import { spawnSync } from 'node:child_process';
import { cp, mkdir, readFile, readdir, rm, writeFile } from 'node:fs/promises';
import { dirname, join, relative } from 'node:path';
import { manifest } from './manifest.mjs';

const [sources, folder, checker] = process.argv.slice(2);

/** What a host imports or loads by its address; what they need comes with them. */
const ENTRIES = ['define.js', 'trial-prescreen.js', 'define-frame.js', 'trial-prescreen-frame.js', 'worker.js', 'sealing.js'];
const ELEMENTS = ['trial-prescreen', 'trial-prescreen-frame'];
const ENGINES = ['check', 'seal', 'trial_prescreen'];
const IMPORT = /(?:\bfrom|\bimport)\s*\(?\s*'(\.[^']+)'/g;

/** The module and all that it loads, at once or later. */
async function closure(name, found = new Set()) {
  if (found.has(name)) return found;
  found.add(name);
  const text = await readFile(join(sources, name), 'utf8');
  for (const [, path] of text.matchAll(IMPORT)) await closure(relative(sources, join(sources, dirname(name), path)), found);
  return found;
}

async function copy(name, as = name) {
  await mkdir(dirname(join(folder, as)), { recursive: true });
  await cp(join(sources, name), join(folder, as), { recursive: true });
}

/** Declarations beside the modules. */
function declare(modules) {
  const options = ['--allowJs', '--declaration', '--emitDeclarationOnly', '--skipLibCheck', '--target', 'es2024', '--module', 'esnext', '--moduleResolution', 'bundler', '--lib', 'es2024,dom,dom.iterable', '--types', '', '--rootDir', folder, '--outDir', folder];
  const { status, stdout } = spawnSync(process.execPath, [checker, ...options, ...modules.map((name) => join(folder, name))], { encoding: 'utf8' });
  if (status !== 0) throw new Error(stdout);
}

/** What events tell, beside the ones that tell nothing. */
const DETAILS = { step: '{ index: number }', error: '{ code: string }', outcome: "{ outcome?: import('./pkg/check.js').Outcome | null }" };

/** What the registering modules change for TypeScript: elements have types by their names, and events theirs. */
async function tags({ modules }) {
  const names = new Set(modules.flatMap(({ declarations }) => declarations.flatMap(({ events }) => events.map(({ name }) => name))));
  const events = [...names].map((name) => `    '${name}': CustomEvent<${DETAILS[name.replace('prescreen-', '')] ?? '{}'}>;\n`).join('');
  for (const [module, tag, type] of [['define', 'trial-prescreen', 'TrialPrescreen'], ['define-frame', 'trial-prescreen-frame', 'TrialPrescreenFrame']]) {
    const text = `import { ${type} } from './${tag}.js';\n\ndeclare global {\n  interface HTMLElementTagNameMap {\n    '${tag}': ${type};\n  }\n  interface HTMLElementEventMap {\n${events}  }\n}\n`;
    await writeFile(join(folder, `${module}.d.ts`), text);
  }
}

const [, version] = /^version = "([^"]+)"/m.exec(await readFile(join(sources, '../Cargo.toml'), 'utf8')) ?? [];
const typed = (path) => ({ types: `${path}.d.ts`, default: `${path}.js` });
const description = {
  name: 'trial-prescreen',
  version,
  description: 'A pre-screening check for a clinical trial that runs in the browser: a custom element, the same in a frame, and its engine.',
  license: 'MIT',
  type: 'module',
  exports: {
    '.': typed('./trial-prescreen'),
    './define': typed('./define'),
    './frame': typed('./trial-prescreen-frame'),
    './define-frame': typed('./define-frame'),
    './check': typed('./pkg/check'),
    './check.wasm': './pkg/check_bg.wasm',
    './check-later.wasm': './pkg/check_later.wasm',
    './engine': typed('./pkg/trial_prescreen'),
    './engine.wasm': './pkg/trial_prescreen_bg.wasm',
    './worker.js': './worker.js',
    './trials/*': './trials/*',
    './trial-prescreen-1.schema.json': './trial-prescreen-1.schema.json',
    './trial-prescreen-log-1.schema.json': './trial-prescreen-log-1.schema.json',
    './custom-elements.json': './custom-elements.json',
    './integrity.json': './integrity.json',
    './package.json': './package.json',
  },
  sideEffects: ['./define.js', './define-frame.js', './worker.js'],
  customElements: 'custom-elements.json',
  engines: { node: '>=20.10' },
};

async function integrity() {
  const names = (await readdir(folder, { withFileTypes: true, recursive: true })).filter((entry) => entry.isFile()).map((entry) => relative(folder, join(entry.parentPath ?? entry.path, entry.name))).sort();
  const digest = async (name) => [name, `sha384-${createHash('sha384').update(await readFile(join(folder, name))).digest('base64')}`];
  return Object.fromEntries(await Promise.all(names.map(digest)));
}

const json = (name, value) => writeFile(join(folder, name), `${JSON.stringify(value, null, 2)}\n`);

await rm(folder, { recursive: true, force: true });
const found = new Set();
for (const entry of ENTRIES) await closure(entry, found);
const modules = [...found].filter((name) => !name.startsWith('pkg/'));
for (const name of modules) await copy(name);
for (const engine of ENGINES) for (const ending of ['.js', '.d.ts', '_bg.wasm']) await copy(`pkg/${engine}${ending}`);
await copy('pkg/check_later.wasm');
await copy('trials');
await copy('trial-prescreen-1.schema.json');
await copy('trial-prescreen-log-1.schema.json');
await cp(new URL('package.md', import.meta.url), join(folder, 'README.md'));
await copy('../LICENSE', 'LICENSE');
declare(modules);
const elements = await manifest(folder, ELEMENTS);
await tags(elements);
await json('custom-elements.json', elements);
await json('package.json', description);
await json('integrity.json', await integrity());
