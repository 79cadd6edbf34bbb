// @ts-check
/** @import { Answer, AnswerResult, Channel, Diagnostic, Explanation, Fact, FactWords, Locale, LogHeader, LogLayout, LogState, Mapping, OtherReason, Plan, Trial, TrialDocument, Verdict } from "../pkg/trial_prescreen.js" */
/** @import { Hand } from "./book.js" */
/** @import { Opened, Person, Stand } from "./people.js" */
/** @import { Look } from "./rows.js" */

import { lines } from './calendar.js';
import { Intake } from './intake.js';
import { keyOf } from './key.js';
import { Ledger } from './ledger.js';
import { MOST, People } from './people.js';
import { Rows } from './rows.js';
import { Safe } from './safe.js';
import { OUTCOMES, Standings } from './standings.js';
import { inForce } from './versions.js';

/** @typedef {typeof import("../pkg/trial_prescreen.js")} Engine */
/** @typedef {(progress: { done: number, all: number }) => void} Tell */
/** @typedef {{ columns: string[], determinations: Record<string, string>, sexes: Record<string, string>, ninety: string }} ListWords */

/** Somebody wanted it to end, or wants something newer. */
class Stopped extends Error {}

/** So many people are looked at under two versions at once. */
const SOME = 200;

/** Keeps the charts of people and evaluates them. */
export class Clerk {
  #engine;
  #people;
  #intake;
  #ledger;
  #safe;
  /** Which page of attempts is looked at. */
  #attempts = 0;
  /** Who writes into the logs. @type {Hand} */
  #hand = { who: '', role: '' };
  /** Every trial that was opened, by its id. @type {Map<string, Opened>} */
  #trials = new Map();
  /** The one that the list is of. @type {Opened | undefined} */
  #chosen;
  /** @type {Rows | undefined} */
  #rows;
  /** Where everybody stands in every trial that is open. @type {{ trials: Opened[], people: Person[], standings: Uint8Array[] } | undefined} */
  #wide;
  /** What lasts long ends when its number is no longer this one. */
  #turns = { judging: 0, dating: 0 };
  /** The moment everyone is judged from. */
  asOf = '';

  /** @param {Engine} engine @param {typeof import("../pkg/seal.js")} seal */
  constructor(engine, seal) {
    this.#engine = engine;
    this.#safe = new Safe(seal);
    this.#people = new People(engine);
    this.#intake = new Intake(engine, this.#people);
    this.#ledger = new Ledger(engine);
  }

  /**
   * Lets other errands in between, tells how far it is, and ends what was stopped.
   * @param {"judging" | "dating"} what
   * @param {Tell} [tell]
   */
  #pause(what, tell) {
    this.#turns[what] += 1;
    const turn = this.#turns[what];
    const all = this.#people.size;
    let [done, since] = [0, performance.now()];
    return async () => {
      done += 1;
      if (performance.now() - since < 25) return;
      tell?.({ done: Math.min(done, all), all });
      await new Promise((resolve) => setTimeout(resolve));
      since = performance.now();
      if (this.#turns[what] !== turn) throw new Stopped();
    };
  }

  /** What is being read or evaluated ends. @param {undefined} [_given] */
  stop(_given) {
    this.#intake.stop();
    this.#turns.judging += 1;
    this.#turns.dating += 1;
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
    this.#trials.set(trial.id, opened);
    if (choose || this.#chosen?.study.id === trial.id) this.#chosen = opened;
    this.#wide = undefined;
    return { study: opened.study, diagnostics };
  }

  /** @param {File[]} files @param {Tell} tell */
  async take(files, tell) {
    return this.#intake.take(files, this.#own.trial, this.asOf, tell);
  }

  /** @param {{ name: string, mapping: Mapping }} given */
  sheet(given) {
    return this.#intake.sheet(given);
  }

  /**
   * Where everyone stands, unless it is stopped.
   * @param {undefined} _given
   * @param {Tell} [tell]
   */
  async list(_given, tell) {
    this.#turns.dating += 1;
    this.#rows = undefined;
    this.#wide = undefined;
    const standings = await ending(() => Standings.all(this.#engine, this.#own, [...this.#trials.values()], this.asOf, this.#people, this.#pause('judging', tell)));
    if (standings) this.#rows = new Rows(standings);
    return { people: this.#people.size, judged: standings !== undefined };
  }

  /** Some rows of the list. @param {Look} look */
  page(look) {
    return this.#rows?.page(look);
  }

  /** The list as it is wanted, without names. @param {{ look: Look, words: ListWords }} given */
  csv({ look, words }) {
    const { columns, determinations, sexes, ninety } = words;
    const rows = this.#rows;
    if (!rows) return undefined;
    const cells = rows.order(look).map((place) => {
      const row = rows.row(place);
      return [
        String(row.number), row.key, row.age === undefined ? '' : row.age >= 90 ? ninety : String(row.age), sexes[row.sex ?? ''] ?? '', determinations[row.proposed],
        row.deciding.join(' '), String(row.open), String(row.doubts), row.again, row.until, row.near ? `${row.near.item} ${row.near.distance.replace('-', '')} ${row.near.unit}`.trim() : '', determinations[row.confirmed],
      ];
    });
    return this.#engine.writeSheet({ columns, rows: cells });
  }

  /**
   * The dates of everybody, behind everything else. Nothing comes where it was stopped.
   * @param {undefined} _given
   * @param {Tell} tell
   */
  async dates(_given, tell) {
    const standings = this.#rows?.standings;
    return ending(async () => {
      let told = performance.now();
      await standings?.date(this.#pause('dating'), (progress) => {
        if (performance.now() - told < 250) return;
        told = performance.now();
        tell(progress);
      });
      return { done: standings?.dated ?? 0 };
    });
  }

  /** Which day brings what, of whom. @param {{ days: number }} given so many from now on; all that are known for 0 */
  calendar({ days }) {
    const standings = this.#rows?.standings;
    return standings ? { lines: lines(standings, days), dated: standings.dated, people: standings.people.length } : undefined;
  }

  /**
   * Where everyone stands by the record in every trial that was opened, a page at a time.
   * @param {{ page: number, size: number }} given
   * @param {Tell} [tell]
   */
  async across({ page, size }, tell) {
    return ending(async () => {
      this.#wide ??= await this.#all(this.#pause('judging', tell));
      const { trials, people, standings } = this.#wide;
      const rows = people.slice(page * size, (page + 1) * size).map(({ number, key, file }, at) => ({ number, key, file, determinations: standings.map((plane) => OUTCOMES[plane[page * size + at]]) }));
      return { trials: trials.map(({ study }) => ({ id: study.id, title: study.title })), rows, people: people.length };
    });
  }

  /** @param {() => Promise<void>} pause */
  async #all(pause) {
    const trials = [...this.#trials.values()];
    const people = [...this.#people];
    const standings = [];
    for (const of of trials) {
      const all = await Standings.all(this.#engine, of, trials, this.asOf, this.#people, pause);
      standings.push(all.proposed);
      all.free();
    }
    return { trials, people, standings };
  }

  /**
   * What is lacking, in how many people, and in how many it would decide. Nothing comes where it was stopped.
   * @param {undefined} _given
   * @param {Tell} [tell]
   */
  async missing(_given, tell) {
    const own = this.#own;
    const batch = new this.#engine.Batch({ asOf: this.asOf });
    batch.add(own.trial);
    /** @type {Map<string, { key: string, open: number, decides: number }>} */
    const all = new Map();
    return ending(async () => {
      const pause = this.#pause('judging', tell);
      const touched = new this.#engine.Table();
      for (const person of this.#people) if (person.touched) touched.add(person.facts('proposed', own));
      const tables = [...(await this.#people.pure([...this.#trials.values()], pause)).map(({ packed }) => packed), touched.pack()];
      for (const table of tables) {
        for (const { subject, open, decides } of batch.lacks(table)[0]) {
          const key = keyOf(subject);
          const one = all.get(key) ?? { key, open: 0, decides: 0 };
          all.set(key, { key, open: one.open + open, decides: one.decides + decides });
        }
        await pause();
      }
      touched.free();
      batch.free();
      const lacks = [...all.values()].filter(({ open }) => open > 0).sort((a, b) => b.decides - a.decides || b.open - a.open || (a.key < b.key ? -1 : 1));
      return { lacks, people: this.#people.size };
    });
  }

  /**
   * Everything of one person that a screen shows.
   * @param {{ number: number, locale: Locale, question?: string }} given the question to ask, where it is not the next one
   */
  person({ number, locale, question }) {
    const person = this.#people.get(number);
    const own = this.#own;
    const options = /** @type {const} */ ({ asOf: this.asOf, locale, audience: 'staff', respondent: 'staff' });
    const facts = person.facts('confirmed', own);
    const proposedFacts = person.facts('proposed', own);
    const { trial, study } = own;
    const standings = this.#rows?.standings;
    const place = standings?.place(number) ?? -1;
    if (!this.#rows || !standings || place < 0) throw new Error('nobody was evaluated');
    /** @type {Plan} */
    const plan = trial.nextQuestion(facts, { ...options, goOn: true });
    const matters = (/** @type {{ fact: Fact }} */ { fact }) => own.asked.has(keyOf(fact.subject));
    /** @type {FactWords[]} */
    const words = trial.review(person.proposals.filter(matters).slice(0, MOST).map(({ fact }) => fact), options);
    const proposed = trial.evaluate(proposedFacts, options);
    const logged = person.logged.get(study.id);
    const book = this.#ledger.book(study.id);
    return {
      ...this.#rows.row(place),
      proposals: person.proposals.filter(matters),
      others: person.proposals.filter((proposal) => !matters(proposal)),
      left: person.left,
      contradictions: person.contradictions,
      words,
      answers: trial.review(person.answers(study.id), options),
      corrections: person.corrections.map(({ old, new: fresh, reason }) => ({ reason, old: trial.review([old], options)[0], new: fresh && trial.review([fresh], options)[0] })),
      overrides: [...person.set(study.id)].map(([criterion, { verdict, reason }]) => ({ criterion, verdict, reason })),
      notes: person.notes,
      evaluation: trial.evaluate(facts, options),
      explanation: /** @type {Explanation} */ (trial.explain(facts, options)),
      otherwise: trial.otherwise(proposedFacts, options),
      stale: proposed.criteria.flatMap(({ id, gaps }) => gaps.filter(({ kind }) => kind === 'stale').map(({ subject }) => ({ key: keyOf(subject), item: itemOf(study, id) }))),
      proposedVerdicts: proposed.criteria.map(({ id, verdict }) => ({ id, verdict })),
      question: (question ? trial.question(question, options) : undefined) ?? plan.question,
      cohorts: proposed.cohorts,
      log: book && { row: logged === undefined ? undefined : book.row(logged), attempts: book.attempts },
    };
  }

  /**
   * What staff make of proposals.
   * @param {{ number: number, ids: string[], stand: Stand }} given
   */
  decide({ number, ids, stand }) {
    const person = this.#people.get(number);
    for (const proposal of person.proposals) if (ids.includes(proposal.fact.id)) proposal.stand = stand;
    this.#touch(person);
  }

  /**
   * An answer by staff; without one, the answer to the question is taken back. Where it puts a proposal right, both
   * values are kept, and the log is told.
   * @param {{ number: number, question: string, answer?: Answer, corrects?: { fact: string, reason: string } }} given
   * @returns {AnswerResult}
   */
  answer({ number, question, answer, corrects }) {
    const person = this.#people.get(number);
    if (!answer) {
      person.answered.delete(question);
      this.#touch(person);
      return { facts: [], diagnostics: [] };
    }
    const { asOf } = this;
    const { id } = this.#own.study;
    const read = this.#own.trial.answer(question, answer, { asOf, respondent: 'staff' });
    if (read.diagnostics.some(({ severity }) => severity === 'error')) return read;
    const facts = read.facts.map((fact) => ({ ...fact, id: `s:${fact.id}`, source: /** @type {const} */ ('staff') }));
    person.answered.set(question, { facts, on: asOf, trial: id });
    const old = person.proposals.find(({ fact }) => fact.id === corrects?.fact);
    if (corrects && old) {
      old.stand = 'rejected';
      const fresh = facts.find(({ subject }) => keyOf(subject) === keyOf(old.fact.subject)) ?? facts[0];
      person.corrections.push({ old: old.fact, new: fresh, reason: corrects.reason });
      read.diagnostics.push(...this.#ledger.write(person, id, (person) => ({ corrected: { person, old: old.fact, new: fresh, reason: corrects.reason } }), this.#stamp));
    }
    this.#touch(person);
    return read;
  }

  /**
   * @param {{ number: number, criterion: string, verdict?: Verdict, reason: string }} given without a verdict it is taken back
   * @returns {Diagnostic[]} why the log does not take it
   */
  override({ number, criterion, verdict, reason }) {
    const person = this.#people.get(number);
    const own = person.set(this.#own.study.id);
    if (verdict) own.set(criterion, { verdict, reason });
    else own.delete(criterion);
    this.#touch(person);
    return this.#ledger.overrule(person, this.#own, criterion, this.#entering({ channel: 'chart', detail: '' }));
  }

  /** A note about somebody, for the log too. @param {{ number: number, text: string }} given @returns {Diagnostic[]} */
  note({ number, text }) {
    const person = this.#people.get(number);
    person.notes.push(text);
    return this.#ledger.write(person, this.#own.study.id, (person) => ({ noted: { person, text } }), this.#stamp);
  }

  /** @param {Person} person */
  #touch(person) {
    person.touched = true;
    this.#wide = undefined;
    this.#rows?.standings.again(person);
    this.#rows?.changed();
  }

  /** Forgets people; all of them without numbers. @param {number[]} [numbers] */
  remove(numbers) {
    this.stop();
    this.#people.remove(numbers);
    this.#wide = undefined;
    this.#rows = undefined;
  }

  /**
   * A new log for the trial of the list, one from a file, or the one that is kept on this device.
   * @param {{ header?: Omit<LogHeader, "edition">, bytes?: Uint8Array, code?: string, by: Hand }} given
   */
  async begin({ header, bytes, code, by }) {
    this.#hand = by;
    const { id } = this.#own.study;
    const kept = code === undefined ? undefined : await this.#safe.open(id, code);
    if (code !== undefined && !kept) return { locked: true, diagnostics: [], book: await this.book() };
    const text = bytes ?? kept;
    const { foreign, diagnostics } = text ? this.#ledger.read(text, id) : header ? this.#ledger.begin(header, this.#own) : { foreign: undefined, diagnostics: [] };
    if (!foreign && diagnostics.length === 0) {
      for (const person of this.#people) person.logged.delete(id);
      await this.#save();
    }
    return { foreign, diagnostics, book: await this.book() };
  }

  /** The log of the trial as it stands. @param {{ page: number }} [given] which attempts are looked at from now on */
  async book(given) {
    this.#attempts = given?.page ?? this.#attempts;
    const { id } = this.#own.study;
    const book = this.#ledger.book(id);
    const people = [...this.#people];
    return book && {
      ...book.view(this.#today, this.#attempts),
      keeps: this.#safe.keeps(id),
      unlogged: people.filter(({ logged }) => !logged.has(id)).length,
      force: inForce(this.#engine, book, this.#own.trial.edition().digest, this.#today),
    };
  }

  /** Whether a log of the trial is kept on this device. @param {undefined} [_given] */
  async kept(_given) {
    return this.#safe.has(this.#own.study.id);
  }

  /** The log of the trial is kept on this device from now on; no code comes where this browser keeps nothing. @param {undefined} [_given] */
  async keep(_given) {
    const { id } = this.#own.study;
    const code = await this.#safe.keep(id, this.#ledger.book(id)?.text() ?? '');
    return { code, book: await this.book() };
  }

  /** What is kept of the log on this device is deleted; what is open stays open. @param {undefined} [_given] */
  async wipe(_given) {
    await this.#safe.wipe(this.#own.study.id);
    return this.book();
  }

  async #save() {
    const { id } = this.#own.study;
    const book = this.#ledger.book(id);
    if (book && this.#safe.keeps(id)) await this.#safe.save(id, book.text());
  }

  /** @param {Diagnostic[]} diagnostics */
  async #written(diagnostics) {
    await this.#save();
    return { diagnostics, book: await this.book() };
  }

  /**
   * Everyone of the list, or one of them, as confirmed, goes into the log: those who are not in it yet, and those of whom
   * something changed.
   * @param {{ channel: Channel, detail: string, number?: number }} given
   * @param {Tell} [tell]
   */
  async enter({ number, ...given }, tell) {
    /** @type {Diagnostic[]} */
    const diagnostics = [];
    const pause = this.#pause('judging', tell);
    const people = number === undefined ? this.#people : [this.#people.get(number)];
    await ending(async () => {
      for (const person of people) {
        diagnostics.push(...this.#ledger.enter(person, this.#own, this.#entering(given)));
        await pause();
      }
    });
    // what is the same of many is said once
    return this.#written([...new Map(diagnostics.map((one) => [one.message, one])).values()]);
  }

  /**
   * Somebody of the list is in the log already: the same attempt, or an earlier one.
   * @param {{ number: number, logged: number, again: boolean }} given
   */
  async known({ number, logged, again }) {
    const person = this.#people.get(number);
    const { id } = this.#own.study;
    if (!this.#ledger.book(id)?.row(logged)) return { unknown: true, diagnostics: [], book: await this.book() };
    if (!again) {
      person.logged.set(id, logged);
      return this.#written([]);
    }
    person.logged.delete(id);
    this.#ledger.write(person, id, (person) => ({ linked: { person, earlier: logged } }), this.#stamp);
    return this.#written(this.#ledger.enter(person, this.#own, this.#entering({ channel: 'chart', detail: '' })));
  }

  /** An attempt in the log is of somebody who had an earlier one. @param {{ person: number, earlier: number }} linked */
  async link(linked) {
    return this.#written(this.#write({ linked }));
  }

  /** @param {{ person: number, state: LogState, criteria?: string[], other?: OtherReason, words: string }} given */
  async state({ person, state, criteria, other, words }) {
    return this.#written(this.#write({ state: { person, state, criteria, other, words: words || undefined } }));
  }

  /** The site works under the version that is open from a day on. @param {{ on: string }} given */
  async activate({ on }) {
    return this.#written(this.#write({ activated: { edition: this.#own.trial.edition(), on } }));
  }

  /** A copy of the log in a layout, and a line that it was made; the log itself without one. @param {{ layout?: LogLayout }} given */
  async copy({ layout }) {
    const book = this.#ledger.book(this.#own.study.id);
    if (!layout) return book?.text();
    const text = book?.copy(layout);
    if (text === undefined) return undefined;
    const digest = new Uint8Array(await crypto.subtle.digest('SHA-256', new TextEncoder().encode(text)));
    this.#write({ exported: { layout, digest: Array.from(digest, (byte) => byte.toString(16).padStart(2, '0')).join('') } });
    await this.#save();
    return text;
  }

  /** @param {import("../pkg/trial_prescreen.js").LogAct} act */
  #write(act) {
    return this.#ledger.book(this.#own.study.id)?.write(act, this.#stamp).diagnostics ?? [];
  }

  /** @param {{ channel: Channel, detail: string }} given */
  #entering(given) {
    return { ...given, asOf: this.asOf, stamp: this.#stamp };
  }

  /** Who writes, and the moment in UTC and to the minute. */
  get #stamp() {
    return { by: this.#hand, at: `${new Date(this.asOf).toISOString().slice(0, 16)}Z` };
  }

  get #today() {
    return this.asOf.slice(0, 10);
  }

  /**
   * Whose outcome another version of the trial changes, and by which criteria. Nothing comes where it was stopped.
   * @param {Uint8Array} bytes
   * @param {Tell} [tell]
   */
  async amend(bytes, tell) {
    const { trial, diagnostics } = this.#engine.readTrial(bytes);
    const people = this.#people.size;
    if (!trial) return { diagnostics, changed: [], people };
    const own = this.#own;
    const { study, asked } = openedTrial(trial);
    const both = { study, asked: new Set([...own.asked, ...asked]) };
    /** @type {{ number: number, key: string, file: string, before: string, after: string, verdicts: { item: string, before?: Verdict, after?: Verdict }[] }[]} */
    const changed = [];
    const all = [...this.#people];
    const told = await ending(async () => {
      const pause = this.#pause('judging', tell);
      for (let from = 0; from < all.length; from += SOME) {
        const some = all.slice(from, from + SOME).map((person) => ({ id: String(person.number), facts: person.facts('proposed', both), asOf: this.asOf }));
        const { amendment, people } = this.#engine.reassess(own.trial, trial, some);
        for (const { person, was, is, criteria } of people) {
          const { number, key, file } = this.#people.get(Number(person));
          const verdicts = criteria.map(({ change, was, is }) => {
            const { before, after } = amendment.criteria[change];
            return { item: after ? itemOf(study, after) : itemOf(own.study, before ?? ''), before: was, after: is };
          });
          changed.push({ number, key, file, before: was, after: is, verdicts });
        }
        for (const _ of some) await pause();
      }
      return { study, diagnostics, changed, people };
    });
    trial.free();
    return told;
  }

  get #own() {
    if (!this.#chosen) throw new Error('no trial is open');
    return this.#chosen;
  }
}

/**
 * What comes of something that can be stopped; nothing where it was.
 * @template T
 * @param {() => Promise<T>} deed
 * @returns {Promise<T | undefined>}
 */
async function ending(deed) {
  try {
    return await deed();
  } catch (cause) {
    if (cause instanceof Stopped) return undefined;
    throw cause;
  }
}

/** @param {Trial} trial @returns {Opened} */
function openedTrial(trial) {
  return { trial, study: trial.toJSON(), asked: new Set(trial.subjects().map(keyOf)) };
}

/** @param {TrialDocument} study @param {string} id */
function itemOf(study, id) {
  return study.eligibility.criteria.find((criterion) => criterion.id === id)?.source.item || id;
}
