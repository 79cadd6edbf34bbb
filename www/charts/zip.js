// @ts-check

/** No archive is unpacked beyond this, nor any file in it, and no more files of it are read. */
export const LIMITS = { bytes: 512 * 1024 * 1024, file: 64 * 1024 * 1024, files: 20_000 };

/** @typedef {{ name: string, bytes: () => Promise<Uint8Array>, stream: () => Promise<ReadableStream<Uint8Array>> }} Packed  a stream has no limit */
/** What is wrong with an archive, by a word that pages translate. */
export class ArchiveProblem extends Error {
  /** @param {"not-a-zip" | "encrypted" | "method" | "too-large" | "too-many" | "broken"} kind @param {string} name of the file in it */
  constructor(kind, name = '') {
    super(kind);
    this.kind = kind;
    this.name = name;
  }
}

const END = 0x06054b50;
const END_64_PLACE = 0x07064b50;
const END_64 = 0x06064b50;
const ENTRY = 0x02014b50;
const LOCAL = 0x04034b50;

/** @param {Uint8Array} bytes */
export function isZip(bytes) {
  return bytes[0] === 0x50 && bytes[1] === 0x4b && (bytes[2] === 3 || bytes[2] === 5) && (bytes[3] === 4 || bytes[3] === 6);
}

/**
 * The files of an archive, by its directory; each is unpacked when it is asked for. Only the directory is read at first,
 * so that an archive may be larger than the memory.
 * @param {Blob} archive
 * @returns {Promise<Packed[]>}
 */
export async function unzip(archive) {
  const tail = await part(archive, Math.max(0, archive.size - 66_000), archive.size);
  let at = tail.byteLength - 22;
  while (at >= 0 && tail.getUint32(at, true) !== END) at -= 1;
  if (at < 0) throw new ArchiveProblem('not-a-zip');
  let count = tail.getUint16(at + 10, true);
  let size = tail.getUint32(at + 12, true);
  let from = tail.getUint32(at + 16, true);
  if (count === 0xffff || size === 0xffffffff || from === 0xffffffff) {
    const place = at - 20;
    if (place < 0 || tail.getUint32(place, true) !== END_64_PLACE) throw new ArchiveProblem('broken');
    const begin = long(tail, place + 8);
    const end = await part(archive, begin, begin + 56);
    if (end.byteLength < 56 || end.getUint32(0, true) !== END_64) throw new ArchiveProblem('broken');
    count = long(end, 32);
    size = long(end, 40);
    from = long(end, 48);
  }
  if (count > LIMITS.files) throw new ArchiveProblem('too-many');
  if (from + size > archive.size || size > LIMITS.file) throw new ArchiveProblem('broken');
  const directory = await part(archive, from, from + size);
  /** @type {Packed[]} */
  const files = [];
  let left = LIMITS.bytes;
  let place = 0;
  for (let index = 0; index < count; index += 1) {
    if (place + 46 > directory.byteLength || directory.getUint32(place, true) !== ENTRY) throw new ArchiveProblem('broken');
    const entry = entryAt(directory, place);
    place = entry.end;
    if (entry.name.endsWith('/') || /(^|\/)(__MACOSX\/|\.)/.test(entry.name)) continue;
    files.push({
      name: entry.name,
      bytes: async () => {
        const bytes = await whole(await unpacked(archive, entry), Math.min(LIMITS.file, left), entry.name);
        left -= bytes.byteLength;
        return bytes;
      },
      stream: () => unpacked(archive, entry),
    });
  }
  return files;
}

/** @typedef {{ name: string, flags: number, method: number, packed: number, local: number, end: number }} Entry */

/** @param {DataView} view @param {number} at @returns {Entry} */
function entryAt(view, at) {
  const nameLength = view.getUint16(at + 28, true);
  const extraLength = view.getUint16(at + 30, true);
  const end = at + 46 + nameLength + extraLength + view.getUint16(at + 32, true);
  if (end > view.byteLength) throw new ArchiveProblem('broken');
  const name = new TextDecoder().decode(new Uint8Array(view.buffer, view.byteOffset + at + 46, nameLength));
  let packed = view.getUint32(at + 20, true);
  let local = view.getUint32(at + 42, true);
  // the long sizes follow in the order of the short ones that are full
  let extra = at + 46 + nameLength;
  const stop = extra + extraLength;
  while (extra + 4 <= stop) {
    const length = view.getUint16(extra + 2, true);
    if (view.getUint16(extra, true) === 1) {
      let field = extra + 4;
      const last = field + length;
      if (view.getUint32(at + 24, true) === 0xffffffff) field += 8;
      if (packed === 0xffffffff && field + 8 <= last) {
        packed = long(view, field);
        field += 8;
      }
      if (local === 0xffffffff && field + 8 <= last) local = long(view, field);
    }
    extra += 4 + length;
  }
  return { name, flags: view.getUint16(at + 8, true), method: view.getUint16(at + 10, true), packed, local, end };
}

/** @param {Blob} archive @param {Entry} entry @returns {Promise<ReadableStream<Uint8Array>>} */
async function unpacked(archive, entry) {
  if (entry.flags & 1) throw new ArchiveProblem('encrypted', entry.name);
  if (entry.method !== 0 && entry.method !== 8) throw new ArchiveProblem('method', entry.name);
  const head = await part(archive, entry.local, entry.local + 30);
  if (head.byteLength < 30 || head.getUint32(0, true) !== LOCAL) throw new ArchiveProblem('broken', entry.name);
  const begin = entry.local + 30 + head.getUint16(26, true) + head.getUint16(28, true);
  const packed = archive.slice(begin, begin + entry.packed);
  return entry.method === 0 ? packed.stream() : packed.stream().pipeThrough(new DecompressionStream('deflate-raw'));
}

/**
 * All of a stream, and no more than so many bytes.
 * @param {ReadableStream<Uint8Array>} stream
 * @param {number} most
 * @param {string} name
 */
async function whole(stream, most, name) {
  /** @type {Uint8Array[]} */
  const chunks = [];
  let size = 0;
  const reader = stream.getReader();
  try {
    for (;;) {
      const { done, value } = await reader.read();
      if (done) break;
      size += value.byteLength;
      if (size > most) {
        void reader.cancel();
        throw new ArchiveProblem('too-large', name);
      }
      chunks.push(value);
    }
  } catch (cause) {
    throw cause instanceof ArchiveProblem ? cause : new ArchiveProblem('broken', name);
  }
  const all = new Uint8Array(size);
  let at = 0;
  for (const chunk of chunks) {
    all.set(chunk, at);
    at += chunk.byteLength;
  }
  return all;
}

/** @param {Blob} blob @param {number} from @param {number} to */
async function part(blob, from, to) {
  return new DataView(await blob.slice(from, to).arrayBuffer());
}

/** @param {DataView} view @param {number} at */
function long(view, at) {
  if (at + 8 > view.byteLength) throw new ArchiveProblem('broken');
  return Number(view.getBigUint64(at, true));
}
