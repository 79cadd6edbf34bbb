// @ts-check
/** @import { Answer, AnswerResult, Chart, Charts, Determination, Diagnostic, Evaluation, Explanation, Fact, FactWords, LeftOver, Locale, Plan, Proposal, Trial, TrialDocument, Verdict } from "../pkg/trial_prescreen.js" */
/** @import { Cards } from "./card.js" */
/** @import { Channel, LogAct, LogHeader, LogLayout, LogState, OtherReason } from "../pkg/trial_prescreen.js" */
/** @import { Mapping } from "../pkg/trial_prescreen.js" */
/** @import { Hand } from "./book.js" */
/** @import { Taken } from "./files.js" */

import { Book } from './book.js';
import { keyOf } from './key.js';
import { missing } from './missing.js';
import { cards, Issuers, unsealed } from './card.js';
import { kindOf, opened } from './files.js';

/** @typedef {typeof import("../pkg/trial_prescreen.js")} Engine */
/** @typedef {"proposed" | "accepted" | "rejected"} Stand */
/** @typedef {Proposal & { stand: Stand }} Standing  a proposal, and what staff made of it */
/** @typedef {{ file: string, problem: string, diagnostics: Diagnostic[] }} Trouble  a file of which something could not be read */

/**
 * One person. What staff answered stands beside what the record says; both are kept.
 * @typedef {object} Person
 * @property {number} number  sequential, and no name
 * @property {string} file
 * @property {string} key  what the file calls the person
 * @property {Standing[]} proposals
 * @property {LeftOver[]} left
 * @property {string[][]} contradictions
 * @property {Map<string, { facts: Fact[], on: string, trial: string }>} answered  by question
 * @property {Map<string, Map<string, { verdict: Verdict, reason: string }>>} overrides  by trial, and by criterion
 * @property {string} note
 * @property {number | undefined} logged  the number in the log
 */

/**
 * What the list shows of one person.
 * @typedef {object} Row
 * @property {number} number
 * @property {string} file
 * @property {string} key
 * @property {number | undefined} age  completed years; 90 stands for more too
 * @property {string | undefined} sex
 * @property {Determination} proposed  if all that the record says plainly is so
 * @property {Determination} confirmed  on what somebody has confirmed or answered
 * @property {string[]} deciding  the protocol's own numbers of the criteria that decide, as proposed
 * @property {number} open  criteria that are open, as proposed
 * @property {number} doubts  proposals that somebody must look at
 * @property {string} from  the first day on which time alone, or the protocol, allows another outcome
 * @property {boolean} overridden
 */

/** @typedef {{ name: string, columns: string[], mapping: Mapping }} WaitingSheet  a table, its columns, and what they may say */
/** @typedef {{ added: number, read: number, facts: number, left: number, troubles: Trouble[], sheets: WaitingSheet[] }} Found  what came of files */

/** How much was left: one may stand for many. @param {LeftOver[]} left */
const all = (left) => left.reduce((sum, { count }) => sum + count, 0);

/** What is known of a person is judged in two ways. @typedef {"proposed" | "confirmed"} Basis */

/** Keeps the charts of people and evaluates them. */
export class Clerk {
  #engine;
  #book;
  /** Who writes into the log. @type {Hand} */
  #hand = { who: '', role: '' };
  /** Every trial that was opened, by its id. @type {Map<string, Opened>} */
  #trials = new Map();
  /** The one that the list is of. @type {Opened | undefined} */
  #chosen;
  /** @type {Map<number, Person>} */
  #people = new Map();
  #count = 0;
  #stopped = false;
  /** Tables that wait until somebody says what their columns are. @type {Map<string, Uint8Array>} */
  #sheets = new Map();
  /** What the columns of the last one were. @type {Mapping | undefined} */
  #mapping;
  /** The moment everyone is judged from. */
  asOf = '';

  /** @param {Engine} engine */
  constructor(engine) {
    this.#engine = engine;
    this.#book = new Book(engine);
  }

  /**
   * Takes a trial in, in the place of one with its id; the people stay.
   * @param {{ bytes: Uint8Array, choose: boolean }} given the list is of it from now on
   * @returns {{ study?: TrialDocument, diagnostics: Diagnostic[] }}
   */
  open({ bytes, choose }) {
    const { trial, diagnostics } = this.#engine.readTrial(bytes);
    if (!trial) return { diagnostics };
    const opened = openedTrial(trial);
    this.#trials.get(trial.id)?.trial.free();
    this.#trials.set(trial.id, opened);
    if (choose || this.#chosen?.study.id === trial.id) this.#chosen = opened;
    return { study: opened.study, diagnostics };
  }

  /**
   * Where everyone stands by the record in every trial that was opened.
   * @param {undefined} [_given]
   * @param {(progress: { done: number, all: number }) => void} [tell]
   */
  async across(_given, tell) {
    const trials = [...this.#trials.values()];
    const rows = [];
    for (const person of this.#people.values()) {
      rows.push({ number: person.number, key: person.key, file: person.file, determinations: trials.map((one) => this.#evaluation(person, 'proposed', one).determination) });
      if (rows.length % 50 === 0) {
        tell?.({ done: rows.length, all: this.#people.size });
        await new Promise((resolve) => setTimeout(resolve));
      }
    }
    return { trials: trials.map(({ study }) => ({ id: study.id, title: study.title })), rows };
  }

  /**
   * Reads files, and what archives hold, one after the other.
   * @param {File[]} files
   * @param {(progress: { done: number, all: number }) => void} tell
   * @returns {Promise<Found & { stopped: boolean }>}
   */
  async take(files, tell) {
    this.#stopped = false;
    const found = { added: 0, read: 0, facts: 0, left: 0, /** @type {Trouble[]} */ troubles: [], /** @type {WaitingSheet[]} */ sheets: [], stopped: false };
    const issuers = new Issuers();
    /** @type {Cards[]} */
    const signed = [];
    let done = 0;
    for (const file of files) {
      for await (const taken of opened(file)) {
        // lets a word to stop come in between
        await new Promise((resolve) => setTimeout(resolve));
        if (this.#stopped) return { ...found, stopped: true };
        const held = taken.bytes && (await cards(taken.name, taken.bytes, issuers));
        if (held === 'learned') continue;
        if (held) signed.push(held);
        else if (taken.stream) await this.#readAsItComes(taken, found);
        else this.#read(taken, found);
      }
      done += 1;
      tell({ done, all: files.length });
    }
    // the keys of their issuers may stand in a file behind them
    for (const { name, tokens } of signed) {
      for (const token of tokens) this.#read(await unsealed(name, token, issuers), found);
    }
    return { ...found, stopped: this.#stopped };
  }

  /**
   * @param {Taken} taken
   * @param {Found} found
   */
  #read({ name, bytes, problem }, found) {
    const columns = bytes && columnsOf(name, bytes);
    if (columns) {
      this.#sheets.set(name, bytes);
      found.sheets.push({ name, columns, mapping: this.#mapping ?? this.#suggested(columns) });
      return;
    }
    if (problem || !bytes) found.troubles.push({ file: name, problem: problem ?? '', diagnostics: [] });
    if (bytes) this.#keep(name, this.#engine.readRecord(bytes), found);
  }

  /** What columns may say, by their names and by what the trial asks. @param {string[]} columns @returns {Mapping} */
  #suggested(columns) {
    const batch = new this.#engine.Batch({ asOf: this.asOf });
    batch.add(this.#own.trial);
    const mapping = batch.suggest(columns);
    batch.free();
    return mapping;
  }

  /**
   * The people of a table, a row each, once somebody has said what its columns are.
   * @param {{ name: string, mapping: Mapping }} given
   */
  sheet({ name, mapping }) {
    const bytes = this.#sheets.get(name);
    if (!bytes) return { added: 0, diagnostics: [] };
    const sheet = new this.#engine.Sheet(mapping);
    sheet.push(bytes);
    const { packed, diagnostics } = sheet.finish();
    const people = packed.people;
    for (let row = 0; row < people; row += 1) {
      const origin = { resource: name, path: '', line: row + 2, span: { start: 0, end: 0 } };
      const proposals = packed.facts(row).map((fact, at) => ({ fact: { ...fact, id: `t${at + 1}`, source: /** @type {const} */ ('record') }, origin, said: keyOf(fact.subject), doubts: [] }));
      this.#add(name, { key: String(row + 1), proposals, left: [], contradictions: [] });
    }
    packed.free();
    this.#mapping = mapping;
    this.#sheets.delete(name);
    return { added: people, diagnostics };
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
        reader.push(read.value);
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
   * @param {{ record: Charts, diagnostics: Diagnostic[] }} read
   * @param {Found} found
   */
  #keep(name, { record, diagnostics }, found) {
    if (diagnostics.length > 0) found.troubles.push({ file: name, problem: '', diagnostics });
    found.read += record.read;
    found.left += all(record.left);
    for (const chart of record.charts) {
      this.#add(name, chart);
      found.added += 1;
      found.facts += chart.proposals.length;
      found.left += all(chart.left);
    }
  }

  /** @param {string} file @param {Chart} chart */
  #add(file, { key, proposals, left, contradictions }) {
    this.#count += 1;
    this.#people.set(this.#count, {
      number: this.#count, file, key, left, contradictions,
      proposals: proposals.map((proposal) => ({ ...proposal, stand: 'proposed' })),
      answered: new Map(), overrides: new Map(), note: '', logged: undefined,
    });
  }

  /** The reading of files ends after the one that is being read. @param {undefined} [_given] */
  stop(_given) {
    this.#stopped = true;
  }

  /**
   * Everyone, as the list shows them.
   * @param {undefined} _given
   * @param {(progress: { done: number, all: number }) => void} [tell]
   * @returns {Promise<Row[]>}
   */
  async list(_given, tell) {
    const rows = [];
    for (const person of this.#people.values()) {
      rows.push(this.#row(person));
      if (rows.length % 200 === 0) {
        tell?.({ done: rows.length, all: this.#people.size });
        await new Promise((resolve) => setTimeout(resolve));
      }
    }
    return rows;
  }

  /**
   * What is missing, of how many people, and for how many it is all that is missing.
   * @param {undefined} [_given]
   */
  missing(_given) {
    return missing([...this.#people.values()].map((person) => this.#evaluation(person, 'proposed')));
  }

  /**
   * Everything of one person that a screen shows.
   * @param {{ number: number, locale: Locale, question?: string }} given the question to ask, where it is not the next one
   */
  person({ number, locale, question }) {
    const person = this.#person(number);
    const options = /** @type {const} */ ({ asOf: this.asOf, locale, audience: 'staff', respondent: 'staff' });
    const facts = this.#facts(person, 'confirmed');
    const proposedFacts = this.#facts(person, 'proposed');
    const trial = this.#own.trial;
    /** @type {Plan} */
    const plan = trial.nextQuestion(facts, { ...options, goOn: true });
    const matters = (/** @type {{ fact: Fact }} */ { fact }) => this.#own.asked.has(keyOf(fact.subject));
    /** @type {FactWords[]} */
    const words = trial.review(person.proposals.filter(matters).slice(0, MOST).map(({ fact }) => fact), options);
    return {
      ...this.#row(person),
      proposals: person.proposals.filter(matters),
      others: person.proposals.filter((proposal) => !matters(proposal)),
      left: person.left,
      contradictions: person.contradictions,
      words,
      answers: trial.review(answers(person, this.#own.study.id), options),
      overrides: [...(person.overrides.get(this.#own.study.id) ?? [])].map(([criterion, { verdict, reason }]) => ({ criterion, verdict, reason })),
      note: person.note,
      evaluation: trial.evaluate(facts, options),
      explanation: /** @type {Explanation} */ (trial.explain(facts, options)),
      proposedVerdicts: trial.evaluate(proposedFacts, options).criteria.map(({ id, verdict }) => ({ id, verdict })),
      question: (question ? trial.question(question, options) : undefined) ?? plan.question,
      cohorts: trial.evaluate(proposedFacts, options).cohorts,
    };
  }

  /**
   * What staff make of proposals.
   * @param {{ number: number, ids: string[], stand: Stand }} given
   */
  decide({ number, ids, stand }) {
    for (const proposal of this.#person(number).proposals) if (ids.includes(proposal.fact.id)) proposal.stand = stand;
  }

  /**
   * An answer by staff; without one, the answer to the question is taken back.
   * @param {{ number: number, question: string, answer?: Answer }} given
   * @returns {AnswerResult}
   */
  answer({ number, question, answer }) {
    const person = this.#person(number);
    if (!answer) {
      person.answered.delete(question);
      return { facts: [], diagnostics: [] };
    }
    const { asOf } = this;
    const read = this.#own.trial.answer(question, answer, { asOf, respondent: 'staff' });
    if (!read.diagnostics.some(({ severity }) => severity === 'error')) {
      const facts = read.facts.map((fact) => ({ ...fact, id: `s:${fact.id}`, source: /** @type {const} */ ('staff') }));
      person.answered.set(question, { facts, on: asOf, trial: this.#own.study.id });
    }
    return read;
  }

  /** @param {{ number: number, criterion: string, verdict?: Verdict, reason: string }} given without a verdict it is taken back */
  override({ number, criterion, verdict, reason }) {
    const person = this.#person(number);
    const was = this.#evaluation(person, 'confirmed').criteria.find(({ id }) => id === criterion)?.verdict;
    const { id } = this.#own.study;
    const own = person.overrides.get(id) ?? new Map();
    person.overrides.set(id, own);
    if (verdict) own.set(criterion, { verdict, reason });
    else own.delete(criterion);
    if (verdict && was && person.logged !== undefined) this.#write({ overridden: { person: person.logged, what: { criterion: { id: criterion, from: was, to: verdict } }, reason } });
  }

  /** @param {{ number: number, text: string }} given */
  note({ number, text }) {
    this.#person(number).note = text;
  }

  /**
   * A new log, or one from a file.
   * @param {{ header?: Omit<LogHeader, "edition">, bytes?: Uint8Array, by: Hand }} given
   */
  begin({ header, bytes, by }) {
    this.#hand = by;
    const diagnostics = bytes ? this.#book.read(bytes) : header ? this.#book.begin(header, this.#own.trial) : [];
    if (diagnostics.length === 0) for (const person of this.#people.values()) person.logged = undefined;
    return { diagnostics, book: this.book() };
  }

  /** The log as it stands. @param {undefined} [_given] */
  book(_given) {
    return this.#book.view(this.asOf.slice(0, 10));
  }

  /**
   * Everyone of the list, as confirmed, goes into the log: those who are not in it yet, and those of whom something changed.
   * @param {{ channel: Channel }} given
   */
  enter({ channel }) {
    /** @type {Diagnostic[]} */
    const diagnostics = [];
    const { trial } = this.#own;
    for (const person of this.#people.values()) {
      const one = { number: person.logged, facts: this.#facts(person, 'confirmed'), trial, asOf: this.asOf, on: this.asOf.slice(0, 10), channel };
      const written = this.#book.assess(one, this.#hand, this.#utc());
      person.logged = written.number;
      diagnostics.push(...written.diagnostics);
    }
    return { diagnostics, book: this.book() };
  }

  /** @param {{ person: number, state: LogState, criteria?: string[], other?: OtherReason, words: string }} given */
  state({ person, state, criteria, other, words }) {
    const { diagnostics } = this.#write({ state: { person, state, criteria, other, words: words || undefined } });
    return { diagnostics, book: this.book() };
  }

  /** A copy of the log in a layout, and a line that it was made; the log itself without one. @param {{ layout?: LogLayout }} given */
  async copy({ layout }) {
    if (!layout) return this.#book.text();
    const text = this.#book.copy(layout);
    if (text === undefined) return undefined;
    const digest = new Uint8Array(await crypto.subtle.digest('SHA-256', new TextEncoder().encode(text)));
    this.#write({ exported: { layout, digest: Array.from(digest, (byte) => byte.toString(16).padStart(2, '0')).join('') } });
    return text;
  }

  /** @param {LogAct} act */
  #write(act) {
    return this.#book.write(act, this.#hand, this.#utc());
  }

  /** The moment, in UTC and to the minute. */
  #utc() {
    return `${new Date(this.asOf).toISOString().slice(0, 16)}Z`;
  }

  /** Forgets people; all of them without numbers. @param {number[]} [numbers] */
  remove(numbers) {
    if (!numbers) this.#people.clear();
    for (const number of numbers ?? []) this.#people.delete(number);
  }

  /**
   * Whose outcome another version of the trial changes, and by which criteria.
   * @param {Uint8Array} bytes
   */
  amend(bytes) {
    const { trial, diagnostics } = this.#engine.readTrial(bytes);
    if (!trial) return { diagnostics, changed: [], people: this.#people.size };
    const other = openedTrial(trial);
    const { study } = other;
    const own = this.#own;
    const asked = new Set([...own.asked, ...other.asked]);
    const everyone = [...this.#people.values()].map((person) => ({ id: String(person.number), facts: facts(person, 'proposed', { study, asked }), asOf: this.asOf }));
    const { amendment, people } = this.#engine.reassess(own.trial, trial, everyone);
    const changed = people.map(({ person, was, is, criteria }) => {
      const { number, key, file } = this.#person(Number(person));
      const verdicts = criteria.map(({ change, was, is }) => {
        const { before, after } = amendment.criteria[change];
        return { item: after ? itemOf(study, after) : itemOf(own.study, before ?? ''), before: was, after: is };
      });
      return { number, key, file, before: was, after: is, verdicts };
    });
    trial.free();
    return { study, diagnostics, changed, people: this.#people.size };
  }

  get #own() {
    if (!this.#chosen) throw new Error('no trial is open');
    return this.#chosen;
  }

  /** @param {number} number */
  #person(number) {
    const person = this.#people.get(number);
    if (!person) throw new Error('nobody has this number');
    return person;
  }

  /** @param {Person} person @param {Basis} basis */
  #facts(person, basis) {
    return facts(person, basis, this.#own);
  }

  /** @param {Person} person @param {Basis} basis */
  #evaluation(person, basis, of = this.#own) {
    return of.trial.evaluate(facts(person, basis, of), { asOf: this.asOf });
  }

  /** @param {Person} person @returns {Row} */
  #row(person) {
    const proposed = overridden(this.#evaluation(person, 'proposed'), person);
    const confirmed = overridden(this.#evaluation(person, 'confirmed'), person);
    const { study, asked } = this.#own;
    return {
      number: person.number, file: person.file, key: person.key, ...of(person, this.asOf),
      proposed: proposed.determination, confirmed: confirmed.determination,
      deciding: proposed.determining.map((id) => itemOf(study, id)),
      open: proposed.criteria.filter(({ verdict }) => verdict === 'pending').length,
      doubts: person.proposals.filter(({ fact, stand, doubts }) => stand === 'proposed' && doubts.length > 0 && asked.has(keyOf(fact.subject))).length,
      from: proposed.determination === 'ineligible' ? (proposed.again?.from ?? proposed.from ?? '') : '',
      overridden: (person.overrides.get(study.id)?.size ?? 0) > 0,
    };
  }
}

/** @typedef {{ trial: Trial, study: TrialDocument, asked: Set<string> }} Opened  a trial, and what it asks about */

/** @param {Trial} trial @returns {Opened} */
function openedTrial(trial) {
  return { trial, study: trial.toJSON(), asked: new Set(trial.subjects().map(keyOf)) };
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

/** More facts are not looked at at once; the newest come first. */
const MOST = 1800;

/**
 * What is taken as known: what was accepted and answered, and if so wanted what the record says plainly.
 * @param {Person} person
 * @param {Basis} basis
 * @param {Pick<Opened, "study" | "asked">} trial
 * @returns {Fact[]}
 */
function facts(person, basis, { study, asked }) {
  const counts = (/** @type {Standing} */ { fact, stand, doubts }) =>
    asked.has(keyOf(fact.subject)) && (stand === 'accepted' || (basis === 'proposed' && stand === 'proposed' && doubts.length === 0));
  const said = person.proposals.filter(counts).map(({ fact }) => fact);
  const newest = said.length > MOST ? said.sort((a, b) => (dayOf(b) > dayOf(a) ? 1 : -1)).slice(0, MOST) : said;
  return [...newest, ...answers(person, study.id)];
}

/**
 * What staff answered. A judgement, and a sentence asked as it stands, are those of one trial alone.
 * @param {Person} person
 * @param {string} id of the trial
 */
function answers({ answered }, id) {
  const counts = (/** @type {string} */ of, /** @type {Fact} */ { subject }) => of === id || !('judgement' in subject || 'unread' in subject);
  return [...answered.values()].flatMap(({ facts, trial }) => facts.filter((fact) => counts(trial, fact)));
}

/** @param {Fact} fact */
function dayOf({ on, during }) {
  return String(on ?? during?.from ?? '');
}

/** @param {TrialDocument} study @param {string} id */
function itemOf(study, id) {
  return study.eligibility.criteria.find((criterion) => criterion.id === id)?.source.item || id;
}

/**
 * The evaluation with what staff set over it.
 * @param {Evaluation} evaluation
 * @param {Person} person
 * @returns {Evaluation}
 */
function overridden(evaluation, { overrides: all }) {
  const overrides = all.get(evaluation.trial) ?? new Map();
  if (overrides.size === 0) return evaluation;
  const criteria = evaluation.criteria.map((criterion) => ({ ...criterion, verdict: overrides.get(criterion.id)?.verdict ?? criterion.verdict }));
  const with_ = (/** @type {Verdict} */ verdict) => criteria.filter((criterion) => criterion.verdict === verdict).map(({ id }) => id);
  const [failed, open] = [with_('fail'), with_('pending')];
  // what staff set can make nobody eligible where the criteria are not all there
  const best = evaluation.determination === 'eligible' || evaluation.criteria.some(({ verdict }) => verdict !== 'pass') ? 'eligible' : evaluation.determination;
  const determination = failed.length > 0 ? 'ineligible' : open.length > 0 ? 'undetermined' : best;
  return { ...evaluation, criteria, determination, determining: failed.length > 0 ? failed : determination === 'undetermined' ? open : [] };
}

/** @param {Person} person @param {string} asOf @returns {{ age: number | undefined, sex: string | undefined }} */
function of({ proposals }, asOf) {
  const said = (/** @type {string} */ id) => proposals.find(({ fact, stand }) => stand !== 'rejected' && keyOf(fact.subject) === id)?.fact.value;
  const born = said('birth-date');
  const sex = said('sex');
  return {
    age: typeof born === 'object' && 'date' in born ? years(String(born.date), asOf) : undefined,
    sex: typeof sex === 'object' && 'code' in sex ? sex.code : undefined,
  };
}

/** Completed years, nobody being older than 90 here. @param {string} born @param {string} asOf */
function years(born, asOf) {
  const [year, month = 12, day = 31] = born.slice(0, 10).split('-').map(Number);
  const [thisYear, thisMonth, today] = asOf.slice(0, 10).split('-').map(Number);
  if (!year) return undefined;
  const before = thisMonth < month || (thisMonth === month && today < day);
  return Math.min(Math.max(thisYear - year - (before ? 1 : 0), 0), 90);
}
