// @ts-check

import { ArchiveProblem, isZip, unzip } from './zip.js';

/** @typedef {{ name: string, bytes?: Uint8Array, problem?: string }} Taken  a file that was read, or why not */

/** What stands beside records in exports and is none. */
const BESIDE = /\.(png|jpe?g|gif|pdf|css|js|html?|md|xsl|xsd|ico|svg|mp4)$/i;
/** No file is larger; of archives, no file in them. */
const LARGEST = 64 * 1024 * 1024;

/**
 * The bytes of a file, or of each file of an archive.
 * @param {File} file
 * @returns {AsyncGenerator<Taken>}
 */
export async function* opened(file) {
  const name = file.webkitRelativePath || file.name;
  if (BESIDE.test(name)) {
    yield { name, problem: 'not-read' };
    return;
  }
  try {
    const head = new Uint8Array(await file.slice(0, 4).arrayBuffer());
    if (!isZip(head)) {
      if (file.size > LARGEST) yield { name, problem: 'too-large' };
      else yield { name, bytes: new Uint8Array(await file.arrayBuffer()) };
      return;
    }
    for (const packed of await unzip(file)) {
      if (BESIDE.test(packed.name)) continue;
      yield await packed.bytes().then((bytes) => ({ name: `${name} › ${packed.name}`, bytes }), (cause) => ({ name: `${name} › ${packed.name}`, problem: kindOf(cause) }));
    }
  } catch (cause) {
    yield { name, problem: kindOf(cause) };
  }
}

/** @param {unknown} cause */
function kindOf(cause) {
  return cause instanceof ArchiveProblem ? cause.kind : 'broken';
}

/**
 * Every file that was dropped, those in folders too.
 * @param {DataTransfer} dropped
 * @returns {Promise<File[]>}
 */
export async function droppedFiles(dropped) {
  const entries = [...dropped.items].map((item) => item.webkitGetAsEntry?.()).filter((entry) => entry != null);
  if (entries.length === 0) return [...dropped.files];
  /** @type {File[]} */
  const files = [];
  // folders within folders come up one after the other, so that no depth is too deep
  const open = entries.reverse();
  for (let entry = open.pop(); entry; entry = open.pop()) {
    if (entry.isFile) {
      const { promise, resolve } = Promise.withResolvers();
      /** @type {FileSystemFileEntry} */ (entry).file(resolve, () => resolve(undefined));
      const file = await promise;
      if (file) files.push(/** @type {File} */ (file));
    } else if (entry.isDirectory) {
      open.push(...(await entriesIn(/** @type {FileSystemDirectoryEntry} */ (entry))).reverse());
    }
  }
  return files;
}

/** @param {FileSystemDirectoryEntry} folder @returns {Promise<FileSystemEntry[]>} */
async function entriesIn(folder) {
  const reader = folder.createReader();
  /** @type {FileSystemEntry[]} */
  const all = [];
  for (;;) {
    // a reader gives a hundred at a time, and none at the end
    const some = await new Promise((/** @type {(entries: FileSystemEntry[]) => void} */ resolve) => reader.readEntries(resolve, () => resolve([])));
    if (some.length === 0) return all;
    all.push(...some);
  }
}
