// The manifest of custom elements (custom-elements.json, schema 1.0.0), out of the comments above their classes.
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';

/** Attributes whose property has another name, or that are every element's. */
const NATIVE = new Set(['lang', 'title']);
const RENAMED = { start: 'startWith' };

const TAG = /^@(\w+)(?: \{([^}]*)\})?(?: (\S+))?(?: - (.*))?$/;

/** @param {string} attribute */
function fieldOf(attribute) {
  return RENAMED[attribute] ?? attribute.replace(/-(\w)/g, (_, letter) => letter.toUpperCase());
}

/** The comment above the class, taken apart. */
function documented(text) {
  const [, comment, name, superclass] = /\/\*\*\n((?: \*[^\n]*\n)+) \*\/\nexport class (\w+) extends (\w+)/.exec(text) ?? [];
  if (!comment) throw new Error('no comment above an exported class');
  const lines = comment.split('\n').map((line) => line.replace(/^ \* ?/, ''));
  const tags = lines.filter((line) => line.startsWith('@')).map((line) => {
    const [, kind, type, named = '', description = ''] = TAG.exec(line) ?? [];
    if (!kind) throw new Error(`not a tag of the manifest: ${line}`);
    // the slot without a name has a description alone
    return named === '-' ? { kind, type, name: '', description: line.split(' - ')[1] } : { kind, type, name: named, description };
  });
  const description = lines.filter((line) => !line.startsWith('@')).join(' ').trim();
  return { name, superclass, description, tags };
}

/** One element: the module of its class, and the one that registers it. */
async function element(folder, tagName) {
  const path = `${tagName}.js`;
  const { name, superclass, description, tags } = documented(await readFile(join(folder, path), 'utf8'));
  const of = (kind, shape) => tags.filter((tag) => tag.kind === kind).map(shape);
  const plain = ({ name, description }) => ({ name, description });
  const attributes = of('attr', ({ name, type, description }) => ({ name, type: { text: type }, description, fieldName: NATIVE.has(name) ? name : fieldOf(name) }));
  const declaration = { name, module: path };
  const members = [
    ...attributes.filter(({ name }) => !NATIVE.has(name)).map(({ name, type, description, fieldName }) => ({ kind: 'field', name: fieldName, type, description, attribute: name, reflects: true })),
    ...of('prop', ({ name, type, description }) => ({ kind: 'field', name, type: { text: type }, description })),
    ...of('method', ({ name, description }) => ({ kind: 'method', name, description })),
  ];
  return [
    {
      kind: 'javascript-module',
      path,
      declarations: [{
        kind: 'class', customElement: true, tagName, name, description, superclass: { name: superclass }, attributes, members,
        events: of('fires', ({ name, description }) => ({ name, type: { text: 'CustomEvent' }, description })),
        slots: of('slot', plain), cssParts: of('csspart', plain), cssProperties: of('cssprop', plain), cssStates: of('cssstate', plain),
      }],
      exports: [{ kind: 'js', name, declaration }],
    },
    {
      kind: 'javascript-module',
      path: tagName === 'trial-prescreen' ? 'define.js' : 'define-frame.js',
      declarations: [],
      exports: [{ kind: 'custom-element-definition', name: tagName, declaration }],
    },
  ];
}

/**
 * @param {string} folder of the modules
 * @param {string[]} tagNames
 */
export async function manifest(folder, tagNames) {
  const modules = await Promise.all(tagNames.map((name) => element(folder, name)));
  return { schemaVersion: '1.0.0', readme: 'README.md', modules: modules.flat() };
}
