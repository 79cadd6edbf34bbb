// node assemble.mjs SOURCES SITE: the site as it is served, of the sources and what was compiled into their pkg folder.
// Every page's modules become one file, less what only people read; what a page asks for later stays apart. Files that
// are fetched by their address lie at the root, so that `place` finds its way from every bundle.
import { createHash } from 'node:crypto';
import { cp, mkdir, readFile, readdir, rm, writeFile } from 'node:fs/promises';
import { dirname, extname, join, relative } from 'node:path';
import { rolldown } from 'rolldown';

const [sources, site] = process.argv.slice(2);

/** Modules that are asked for by their address: by hosts, as workers, or as a service worker. */
const ADDRESSED = ['clerk.js', 'define.js', 'trial-prescreen.js', 'define-frame.js', 'trial-prescreen-frame.js', 'worker.js', 'sealing.js'];
/** Of those, what other modules import from. */
const EXPORTING = new Set(['trial-prescreen.js', 'trial-prescreen-frame.js']);
const SERVICE_WORKER = 'sw.js';
/** What is served as it lies. */
const PLAIN = new Set(['.html', '.css', '.svg', '.png', '.json', '.webmanifest', '.wasm', '.txt']);
/** What a person's pages have no use for is not kept for them offline. */
const ELSEWHERE = /^(workshop|charts|clerk|pkg\/trial_prescreen|trial-prescreen|define|worker|frame|demo\/)/;

const SCRIPT = /<script type="module" src="([\w./-]+\.js)"><\/script>/;

async function files(folder) {
  const entries = await readdir(folder, { withFileTypes: true, recursive: true });
  return entries.filter((entry) => entry.isFile()).map((entry) => relative(folder, join(entry.parentPath ?? entry.path, entry.name))).sort();
}

async function copy(name) {
  const from = join(sources, name);
  await mkdir(dirname(join(site, name)), { recursive: true });
  if (extname(name) === '.css') await writeFile(join(site, name), close(await readFile(from, 'utf8')));
  else await cp(from, join(site, name));
}

/** A sheet without what only people read. */
function close(css) {
  return css.replace(/\/\*[^]*?\*\//g, '').replace(/\s+/g, ' ').replace(/ ?([{};]) ?/g, '$1').replace(/([:,]) /g, '$1').replaceAll(';}', '}').trim();
}

/** Sheets that stand in modules. */
const sheets = {
  name: 'sheets',
  transform: (code) => code.replace(/(?<=(?:const CSS = |\blook\()`)\n[^]*?\n(?=`)/g, close),
};

/** What the check loads when its first screen stands there comes in one file. */
const LATER = 'screens/later.js';
const STATIC = /^(?:import|export)\b[^'"(]*?'(\.[^']+)'/gm;

/** A module and all that is loaded with it. */
async function together(name, found = new Set()) {
  if (found.has(name) || name.startsWith('pkg/')) return found;
  found.add(name);
  for (const [, path] of (await readFile(join(sources, name), 'utf8')).matchAll(STATIC)) await together(join(dirname(name), path), found);
  return found;
}

/** Bundles a module into the site's root. What it loads later are files of their own. */
async function bundle(entry, name, define = {}) {
  const base = name.replace(/\.js$/, '');
  const [first, later] = await Promise.all([entry, LATER].map((module) => together(module)));
  // in this order: what both need stays with the first
  const groups = [first, later].map((modules, at) => ({ name: `${base} ${at}`, priority: 2 - at, test: (path) => modules.has(relative(sources, path)) }));
  const bundled = await rolldown({
    cwd: sources,
    plugins: [sheets],
    input: { [base]: join(sources, entry) },
    preserveEntrySignatures: EXPORTING.has(name) ? 'exports-only' : false,
    transform: { define, target: 'es2022' },
  });
  await bundled.write({ dir: site, format: 'esm', minify: true, comments: false, entryFileNames: '[name].js', chunkFileNames: `${base}-[hash].js`, codeSplitting: { groups } });
  await bundled.close();
}

async function page(name) {
  const text = await readFile(join(sources, name), 'utf8');
  const [tag, entry] = SCRIPT.exec(text) ?? [];
  if (!entry) return;
  const script = entry.replaceAll('/', '-');
  await bundle(entry, script);
  await writeFile(join(site, name), text.replace(tag, `<script type="module" src="${script}"></script>`));
}

async function release() {
  const kept = (await files(site)).filter((name) => !ELSEWHERE.test(name));
  const integrity = async (name) => [name, `sha384-${createHash('sha384').update(await readFile(join(site, name))).digest('base64')}`];
  return Object.fromEntries(await Promise.all(kept.map(integrity)));
}

await rm(site, { recursive: true, force: true });
const all = await files(sources);
for (const name of all) if (PLAIN.has(extname(name)) || name.startsWith('demo/')) await copy(name);
for (const name of all) if (/^[\w-]+\.html$/.test(name)) await page(name);
for (const name of ADDRESSED) await bundle(name, name);
const kept = await release();
const version = createHash('sha256').update(JSON.stringify(kept)).digest('hex').slice(0, 16);
await bundle(SERVICE_WORKER, SERVICE_WORKER, { FILES: JSON.stringify(kept), VERSION: JSON.stringify(version) });
