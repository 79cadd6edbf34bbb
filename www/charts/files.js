// @ts-check

import { ArchiveProblem, isZip, unzip } from './zip.js';

/** @import { Packed } from "./zip.js" */

/**
 * A file that was read, or can be read as it comes with the clinical records that stand `beside` it; a problem is why it
 * was not, or what to know of it.
 * @typedef {{ name: string, bytes?: Uint8Array, stream?: () => Promise<ReadableStream<Uint8Array>>, beside?: Packed[], problem?: string }} Taken
 */

/** What stands beside records in exports and is none. */
const BESIDE = /\.(png|jpe?g|gif|pdf|css|js|html?|md|xsl|xsd|ico|svg|mp4|gpx)$/i;
/** What an archive of Apple Health holds: an export, in the language of the phone, and beside it the same as a document. */
const EXPORT = /(^|\/)apple_health_export\/[^/]+\.xml$/;
const EXPORT_AGAIN = /_cda\.xml$/i;
const CLINICAL = /\/clinical-records\/[^/]+\.json$/;
/** No file is larger that is not read as it comes; of archives, no file in them. */
const LARGEST = 64 * 1024 * 1024;
/** Up to this a file is read whole before anything is known of it. */
const SMALL = 1024 * 1024;

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
    // of thousands of files each is asked for once
    const whole = file.size <= SMALL ? new Uint8Array(await file.arrayBuffer()) : undefined;
    const head = whole ?? new Uint8Array(await file.slice(0, 4).arrayBuffer());
    if (!isZip(head)) {
      if (file.size > LARGEST && /\.xml$/i.test(name)) yield { name, stream: async () => file.stream() };
      else if (file.size > LARGEST) yield { name, problem: 'too-large' };
      else yield { name, bytes: whole ?? new Uint8Array(await file.arrayBuffer()) };
      return;
    }
    const all = await unzip(file);
    const exported = all.find((packed) => EXPORT.test(packed.name) && !EXPORT_AGAIN.test(packed.name));
    if (exported) {
      const beside = all.filter((packed) => CLINICAL.test(packed.name));
      yield { name: `${name} › ${exported.name}`, stream: exported.stream, beside };
    }
    for (const packed of all) {
      if (BESIDE.test(packed.name) || (exported && (EXPORT.test(packed.name) || CLINICAL.test(packed.name)))) continue;
      yield await packed.bytes().then((bytes) => ({ name: `${name} › ${packed.name}`, bytes }), (cause) => ({ name: `${name} › ${packed.name}`, problem: kindOf(cause) }));
    }
  } catch (cause) {
    yield { name, problem: kindOf(cause) };
  }
}

/** @param {unknown} cause */
export function kindOf(cause) {
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
