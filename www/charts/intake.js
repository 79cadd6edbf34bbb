// @ts-check
/** @import { Diagnostic, Mapping, MedicalRecord, Trial } from "../pkg/trial_prescreen.js" */
/** @import { Cards } from "./card.js" */
/** @import { Taken } from "./files.js" */
/** @import { People } from "./people.js" */

import { cards, Issuers, unsealed } from './card.js';
import { kindOf, opened } from './files.js';
import { keyOf } from './key.js';
import { FACE } from './people.js';

/** @typedef {typeof import("../pkg/trial_prescreen.js")} Engine */
/** @typedef {{ file: string, problem: string, diagnostics: Diagnostic[] }} Trouble  a file of which something could not be read */
/** What the columns of a table say, and which of them has what staff call people. @typedef {Mapping & { label?: string }} Columns */
/** @typedef {{ name: string, columns: string[], mapping: Columns }} WaitingSheet  a table, its columns, and what they may say */
/** @typedef {{ added: number, read: number, facts: number, left: number, troubles: Trouble[], sheets: WaitingSheet[] }} Found  what came of files */

/** Reads files into people. */
export class Intake {
  #engine;
  #people;
  #stopped = false;
  /** Files that are to be read. @type {File[]} */
  #given = [];
  /** Tables that wait until somebody says what their columns are. @type {Map<string, Uint8Array>} */
  #sheets = new Map();
  /** What the columns of the last one were. @type {Columns | undefined} */
  #mapping;

  /** @param {Engine} engine @param {People} people */
  constructor(engine, people) {
    this.#engine = engine;
    this.#people = people;
  }

  /** The reading ends after the file that is being read. */
  stop() {
    this.#stopped = true;
  }

  /** Files to be read with the next ones. @param {File[]} files */
  give(files) {
    this.#given.push(...files);
  }

  /**
   * Reads the files that were given, and what archives hold, one after the other.
   * @param {Trial} trial whose questions the columns of tables may answer
   * @param {string} asOf
   * @param {(progress: { done: number, all: number }) => void} tell
   * @returns {Promise<Found & { stopped: boolean }>}
   */
  async take(trial, asOf, tell) {
    const files = this.#given;
    this.#given = [];
    this.#stopped = false;
    const found = { added: 0, read: 0, facts: 0, left: 0, /** @type {Trouble[]} */ troubles: [], /** @type {WaitingSheet[]} */ sheets: [], stopped: false };
    const suggested = (/** @type {string[]} */ columns) => {
      const batch = new this.#engine.Batch({ asOf });
      batch.add(trial);
      const mapping = batch.suggest(columns);
      batch.free();
      return mapping;
    };
    const issuers = new Issuers();
    /** @type {Cards[]} */
    const signed = [];
    let [done, since] = [0, performance.now()];
    for (const file of files) {
      for await (const taken of opened(file)) {
        // lets a word to stop come in between
        if (performance.now() - since > 25) {
          tell({ done, all: files.length });
          await new Promise((resolve) => setTimeout(resolve));
          since = performance.now();
        }
        if (this.#stopped) return { ...found, stopped: true };
        const held = taken.bytes && (await cards(taken.name, taken.bytes, issuers));
        if (held === 'learned') continue;
        if (held) signed.push(held);
        else if (taken.stream) await this.#readAsItComes(taken, found);
        else this.#read(taken, found, suggested);
      }
      done += 1;
    }
    // the keys of their issuers may stand in a file behind them
    for (const { name, tokens } of signed) {
      for (const token of tokens) this.#read(await unsealed(name, token, issuers), found, suggested);
    }
    return { ...found, stopped: this.#stopped };
  }

  /**
   * @param {Taken} taken
   * @param {Found} found
   * @param {(columns: string[]) => Mapping} suggested
   */
  #read({ name, bytes, problem }, found, suggested) {
    const columns = bytes && columnsOf(name, bytes);
    if (columns) {
      this.#sheets.set(name, bytes);
      found.sheets.push({ name, columns, mapping: this.#mapping ?? suggested(columns) });
      return;
    }
    if (problem || !bytes) found.troubles.push({ file: name, problem: problem ?? '', diagnostics: [] });
    if (bytes) this.#keep(name, this.#engine.readRecord(bytes), found);
  }

  /**
   * The people of a table, a row each, once somebody has said what its columns are.
   * @param {{ name: string, mapping: Columns }} given
   */
  sheet({ name, mapping: { label, ...mapping } }) {
    const bytes = this.#sheets.get(name);
    if (!bytes) return { added: 0, diagnostics: [] };
    const read = (/** @type {Mapping} */ mapping) => {
      const sheet = new this.#engine.Sheet(mapping);
      sheet.push(bytes);
      const found = sheet.finish();
      sheet.free();
      return found;
    };
    const { packed, diagnostics } = read(mapping);
    const faces = mapping.columns.filter(({ subject }) => FACE.some((one) => keyOf(one) === keyOf(subject)));
    // a text of no concept is read as it stands
    const labels = label && read({ columns: [{ column: label, subject: { text: 'label' }, part: 'code' }] }).packed;
    const called = (/** @type {number} */ row) => {
      const [fact] = labels ? labels.facts(row) : [];
      return typeof fact?.value === 'object' && 'code' in fact.value ? fact.value.code : '';
    };
    this.#people.addTable(name, packed, read({ ...mapping, columns: faces }).packed, called);
    this.#mapping = { ...mapping, label };
    this.#sheets.delete(name);
    return { added: packed.people, diagnostics };
  }

  /**
   * An export that may be larger than the memory.
   * @param {Taken} taken
   * @param {Found} found
   */
  async #readAsItComes({ name, stream, beside = [] }, found) {
    const reader = new this.#engine.RecordReader();
    try {
      const chunks = /** @type {ReadableStream<Uint8Array>} */ (await stream?.()).getReader();
      let turn = performance.now();
      for (let read = await chunks.read(); !read.done; read = await chunks.read()) {
        if (!reader.push(read.value)) {
          // the rest would not be read
          void chunks.cancel();
          break;
        }
        if (performance.now() - turn > 50) {
          await new Promise((resolve) => setTimeout(resolve));
          turn = performance.now();
        }
        if (this.#stopped) {
          void chunks.cancel();
          reader.free();
          return;
        }
      }
      for (const clinical of beside) reader.clinical(clinical.name, await clinical.bytes());
    } catch (cause) {
      // what came before the fault is kept, and the end that is missing is said
      found.troubles.push({ file: name, problem: kindOf(cause), diagnostics: [] });
    }
    this.#keep(name, reader.finish(), found);
  }

  /**
   * @param {string} name
   * @param {MedicalRecord} read
   * @param {Found} found
   */
  #keep(name, read, found) {
    const { diagnostics } = read;
    if (diagnostics.length > 0) found.troubles.push({ file: name, problem: '', diagnostics });
    found.read += read.read;
    found.left += read.left;
    for (const { proposals, left } of this.#people.addRecord(name, read)) {
      found.added += 1;
      found.facts += proposals;
      found.left += left;
    }
  }
}

/**
 * The names of the columns of a table; nothing where a file is none.
 * @param {string} name
 * @param {Uint8Array} bytes
 */
function columnsOf(name, bytes) {
  if (!/\.(csv|tsv|tab)$/i.test(name)) return undefined;
  const [first = ''] = new TextDecoder().decode(bytes.subarray(0, 65_536)).replace(/^\u{feff}/u, '').split(/\r?\n/, 1);
  const mark = ['\t', ';', '|', ','].find((one) => first.includes(one)) ?? ',';
  const columns = first.split(mark).map((column) => column.trim().replace(/^"(.*)"$/, '$1').replaceAll('""', '"'));
  return columns.length > 1 ? columns : undefined;
}
