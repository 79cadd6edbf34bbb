// The words of the site, as they are written: every catalogue in both languages. `node catalogues.mjs` writes down which
// English each Chinese word was translated from, once the Chinese is up to date.
import { createHash } from 'node:crypto';
import { readFile, readdir, writeFile } from 'node:fs/promises';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { join, relative } from 'node:path';

export const WWW = fileURLToPath(new URL('../../www', import.meta.url));
export const TRANSLATED = new URL('translated.json', import.meta.url);

/** Files below www whose path ends so, ours alone. */
export async function sources(ending) {
  const all = await readdir(WWW, { withFileTypes: true, recursive: true });
  const paths = all.filter((entry) => entry.isFile()).map((entry) => relative(WWW, join(entry.parentPath ?? entry.path, entry.name)));
  return paths.filter((path) => path.endsWith(ending) && !path.startsWith('pkg/')).sort();
}

/** Every text of a catalogue by its path of keys; of what is put together, the source. */
export function texts(value, path = '') {
  if (typeof value === 'string') return [[path, value]];
  if (typeof value === 'function') return [[path, String(value)]];
  return Object.entries(value ?? {}).flatMap(([key, inner]) => texts(inner, path ? `${path}.${key}` : key));
}

/** @returns {Promise<{ name: string, en: [string, string][], zh: [string, string][] }[]>} */
export async function catalogues() {
  const load = async (path) => import(pathToFileURL(join(WWW, path)).href);
  const pairs = (await sources('/en.js')).map(async (path) => {
    const [english, chinese] = await Promise.all([load(path), load(path.replace(/en\.js$/, 'zh-cn.js'))]);
    return { name: path.replace(/\/?en\.js$/, ''), en: texts(english.en), zh: texts(chinese.zh) };
  });
  const { offer } = await load('share/words/offer.js');
  return [...(await Promise.all(pairs)), { name: 'share/words/offer', en: texts(offer.en), zh: texts(offer['zh-CN']) }];
}

export const digest = (text) => createHash('sha256').update(text).digest('hex').slice(0, 8);

/** Pages for staff and authors: what stands there is no recruitment text, and speaks as such tools do. */
export const TOOLS = /^(workshop|charts)\//;

export async function translatedFrom() {
  const all = (await catalogues()).filter(({ name }) => !TOOLS.test(name));
  return Object.fromEntries(all.map(({ name, en }) => [name, Object.fromEntries(en.map(([path, text]) => [path, digest(text)]))]));
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  await writeFile(TRANSLATED, `${JSON.stringify(await translatedFrom(), null, 1)}\n`);
  console.log(`written: ${(await readFile(TRANSLATED)).length} bytes`);
}
