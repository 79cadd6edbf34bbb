// @ts-check
/** @import { Diagnostic, Locale } from "../pkg/trial_prescreen.js" */
/** @import { Draft, Engine } from "./document.js" */
/** @import { Words } from "./words/en.js" */
/** @import { Piece } from "../dom.js" */

import { save } from '../save.js';
import { draftOf, taken } from './document.js';
import { History } from './history.js';

/** @typedef {"open" | "reading" | "checks" | "attempt" | "compare"} View */
/** @typedef {{ doing: "correct" | "split" | "word", draft: any, problems: Diagnostic[], text: string }} Edit */

/** What lies on the bench: one trial document with its history, and what is shown of it. Nothing of it is kept elsewhere. */
export class Bench {
  /** @type {History<Draft> | undefined} */
  history;
  /** @type {View} */
  view = 'open';
  /** What was said of the file that was opened. @type {{ diagnostics: Diagnostic[], text: string }} */
  found = { diagnostics: [], text: '' };
  /** Several trials of one file, to choose from. @type {Draft[]} */
  choice = [];
  /** What stands in the field for pasting. */
  pasted = '';
  /** The criteria that are being changed, by their ids. @type {Map<string, Edit>} */
  edits = new Map();
  /** Which criteria are shown. @type {"all" | "doubt" | "asked" | "read" | "changed"} */
  filter = 'all';
  /** How many criteria are shown. */
  shown = 100;
  /** The other version of the trial. @type {{ draft: Draft, name: string, earlier: boolean } | undefined} */
  other;
  /** What is wrong with a file that was chosen for comparing. @type {{ diagnostics: Diagnostic[], text: string }} */
  refused = { diagnostics: [], text: '' };
  #render;
  #say;

  /**
   * @param {Engine} engine
   * @param {() => { words: Words, locale: Locale }} speech
   * @param {(focus?: string) => void} render shows the bench anew, the focus on what has this `data-key`
   * @param {(text: string, waiting: boolean) => void} say tells what happened to those who listen, and to all that they wait
   */
  constructor(engine, speech, render, say) {
    this.engine = engine;
    this.speech = speech;
    this.#render = render;
    this.#say = say;
  }

  get words() {
    return this.speech().words;
  }

  get locale() {
    return this.speech().locale;
  }

  /** @returns {Draft} */
  get draft() {
    if (!this.history) throw new Error('no document is open');
    return this.history.state;
  }

  /** @param {string} [focus] */
  refresh(focus) {
    this.#render(focus);
  }

  /**
   * @param {string} text
   * @param {boolean} [waiting]
   */
  say(text, waiting = false) {
    this.#say(text, waiting);
  }

  /** @param {View} view */
  go(view) {
    this.view = view;
    this.#render('title');
  }

  /**
   * Reads what came from outside, and says in the meantime that it is being read.
   * @param {string | Uint8Array} data
   * @param {(read: { drafts: Draft[], diagnostics: Diagnostic[], text: string }) => void} then
   */
  async read(data, then) {
    this.say(this.words.open.reading, true);
    await painted();
    const text = typeof data === 'string' ? data : new TextDecoder().decode(data);
    const { trial, diagnostics } = this.engine.readTrial(data);
    if (trial) return then({ drafts: [draftOf(trial)], diagnostics, text });
    if (!diagnostics.some(({ code }) => code === 'several-trials')) return then({ drafts: [], diagnostics, text });
    const several = this.engine.readTrials(data);
    then({ drafts: several.trials.map(draftOf), diagnostics: several.diagnostics, text });
  }

  /**
   * Puts a document on the bench.
   * @param {Draft} draft
   * @param {boolean} safe it lies in a file already, as it is
   */
  begin(draft, safe) {
    this.history = new History(draft);
    if (!safe) this.history.unsafe();
    this.choice = [];
    this.edits.clear();
    this.filter = 'all';
    this.shown = 100;
    this.other = undefined;
    this.view = 'reading';
    this.refresh('title');
    this.say(this.words.open.opened(draft.id, draft.eligibility.criteria.length));
  }

  /**
   * One step, if the engine takes the document that it leads to; else what is wrong with it.
   * @param {string} what
   * @param {Draft | string} changed
   * @param {string} [focus]
   * @returns {Diagnostic[]} errors; none where the step was made
   */
  step(what, changed, focus) {
    const { draft, diagnostics } = taken(this.engine, changed);
    if (!draft) return diagnostics.filter(({ severity }) => severity === 'error');
    this.history?.go(what, draft);
    this.refresh(focus);
    this.say(what);
    return [];
  }

  undo() {
    const what = this.history?.undoes;
    if (what === undefined) return;
    this.history?.undo();
    this.refresh('undo');
    this.say(this.words.bar.undone(what));
  }

  redo() {
    const what = this.history?.redoes;
    if (what === undefined) return;
    this.history?.redo();
    this.refresh('redo');
    this.say(this.words.bar.redone(what));
  }

  /** The file of the document, as text. */
  file() {
    return `${JSON.stringify(this.draft, null, 2)}\n`;
  }

  save() {
    const name = `${this.draft.id.replace(/[^\p{L}\p{N}.-]+/gu, '-').slice(0, 80) || 'trial'}.json`;
    save(name, 'application/json', this.file());
    this.history?.saved();
    this.refresh('save');
    this.say(this.words.bar.saved(name));
  }
}

/** After the next picture: what was said can be seen before long work begins. */
function painted() {
  return new Promise((resolve) => requestAnimationFrame(() => setTimeout(resolve)));
}

/**
 * A file's bytes go where text goes.
 * @param {DataTransfer | HTMLInputElement | null} from
 * @returns {File | undefined}
 */
export function fileIn(from) {
  return from?.files?.[0];
}

/** @typedef {(bench: Bench) => Piece[]} Screen */
