// @ts-check
/** @import { Answer, AnswerResult, Diagnostic, Explanation, Fact, FactWords, Locale, Plan, TrialDocument, Verdict } from "../pkg/trial_prescreen.js" */
/** @import { Opened, Person, Stand } from "./people.js" */
/** @import { Columns } from "./intake.js" */
/** @import { Room } from "./room.js" */
/** @import { Look } from "./rows.js" */
/** @import { Tell } from "./turns.js" */

import { lines } from './calendar.js';
import { Intake } from './intake.js';
import { keyOf } from './key.js';
import { MOST } from './people.js';
import { openedTrial } from './room.js';
import { Rows } from './rows.js';
import { Standings } from './standings.js';
import { ending } from './turns.js';
import { judges } from './versions.js';
import { Wide } from './wide.js';

/** @typedef {{ columns: string[], determinations: Record<string, string>, sexes: Record<string, string>, ninety: string, version: string }} ListWords */

/** So many people are looked at under two versions at once. */
const SOME = 200;

/** Keeps the charts of people and evaluates them: the errands of all screens but the log's. */
export class Clerk {
  #room;
  #intake;
  /** @type {Rows | undefined} */
  #rows;
  /** Where everybody stands in every trial that is open. @type {Wide | undefined} */
  #wide;

  /** @param {Room} room */
  constructor(room) {
    this.#room = room;
    this.#intake = new Intake(room.engine, room.people);
  }

  /** What is being read or evaluated ends. @param {undefined} [_given] */
  stop(_given) {
    this.#intake.stop();
    this.#room.turns.stop();
  }

  /**
   * Takes a trial in, in the place of one with its id; the people stay.
   * @param {{ bytes: Uint8Array, choose: boolean }} given the list is of it from now on
   * @returns {{ study?: TrialDocument, diagnostics: Diagnostic[] }}
   */
  open({ bytes, choose }) {
    const { trial, diagnostics } = this.#room.engine.readTrial(bytes);
    if (!trial) return { diagnostics };
    this.#wide = undefined;
    return { study: this.#room.take(trial, choose).study, diagnostics };
  }

  /** Files to be read, some at a time: a page is slow to hand over thousands. @param {File[]} files */
  give(files) {
    this.#intake.give(files);
  }

  /** Reads the files that were given. @param {undefined} _given @param {Tell} tell */
  async take(_given, tell) {
    return this.#intake.take(this.#room.own.trial, this.#room.asOf, tell);
  }

  /** @param {{ name: string, mapping: Columns }} given */
  sheet(given) {
    return this.#intake.sheet(given);
  }

  /**
   * Where everyone stands by the version of the trial that applies, unless it is stopped or that version is not open.
   * @param {undefined} _given
   * @param {Tell} [tell]
   */
  async list(_given, tell) {
    this.#room.turns.stop('dating');
    this.#rows = undefined;
    this.#wide = undefined;
    this.#room.settle();
    const own = this.#room.own;
    const force = this.#room.force(own);
    const standings = judges(force) && await ending(() => Standings.all(this.#room.engine, own, [...this.#room.trials.values()], this.#room.asOf, this.#room.people, this.#room.pause('judging', tell)));
    if (standings) this.#rows = new Rows(standings);
    return { people: this.#room.people.size, judged: Boolean(standings), study: own.study, force };
  }

  /** Some rows of the list. @param {Look} look */
  page(look) {
    const rows = this.#rows;
    return rows && { ...rows.page(look), asked: this.#room.asked((at) => rows.hanging(at)) };
  }

  /** The list as it is wanted, without names. @param {{ look: Look, words: ListWords }} given */
  csv({ look, words }) {
    const { columns, determinations, sexes, ninety, version } = words;
    const rows = this.#rows;
    if (!rows) return undefined;
    const cells = rows.order(look).map((place) => {
      const row = rows.row(place);
      return [
        String(row.number), row.key, row.age === undefined ? '' : row.age >= 90 ? ninety : String(row.age), sexes[row.sex ?? ''] ?? '', determinations[row.proposed],
        row.deciding.join(' '), String(row.open), String(row.doubts), row.again, row.until, row.near ? `${row.near.item} ${row.near.distance.replace('-', '')} ${row.near.unit}`.trim() : '', determinations[row.confirmed], version,
      ];
    });
    return this.#room.engine.writeSheet({ columns, rows: cells });
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
      await standings?.date(this.#room.pause('dating'), (progress) => {
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
      const { judging, people, engine, asOf } = this.#room;
      const wide = (this.#wide ??= await Wide.all(engine, judging, asOf, people, this.#room.pause('judging', tell)));
      const unjudged = [...this.#room.trials.keys()].filter((id) => !wide.trials.some(({ study }) => study.id === id));
      return { trials: wide.trials.map(({ study }) => ({ id: study.id, title: study.title })), rows: wide.rows(page * size, (page + 1) * size), people: wide.people.length, unjudged };
    });
  }

  /**
   * What is lacking, in how many people, and in how many it would decide. Nothing comes where it was stopped.
   * @param {undefined} _given
   * @param {Tell} [tell]
   */
  async missing(_given, tell) {
    const own = this.#room.own;
    const batch = new this.#room.engine.Batch({ asOf: this.#room.asOf });
    batch.add(own.trial);
    /** @type {Map<string, { key: string, open: number, decides: number }>} */
    const all = new Map();
    return ending(async () => {
      const pause = this.#room.pause('judging', tell);
      const touched = new this.#room.engine.Table();
      for (const person of this.#room.people) if (person.touched) touched.add(person.facts('proposed', own));
      const tables = [...(await this.#room.people.pure([...this.#room.trials.values()], pause)).map(({ packed }) => packed), touched.pack()];
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
      return { lacks, people: this.#room.people.size };
    });
  }

  /**
   * Everything of one person that a screen shows.
   * @param {{ number: number, locale: Locale, question?: string }} given the question to ask, where it is not the next one
   */
  person({ number, locale, question }) {
    const person = this.#room.people.get(number);
    const own = this.#room.own;
    const options = /** @type {const} */ ({ asOf: this.#room.asOf, locale, audience: 'staff', respondent: 'staff' });
    const facts = person.facts('confirmed', own);
    const proposedFacts = person.facts('proposed', own);
    const { trial, study } = own;
    const standings = this.#rows?.standings;
    const place = standings?.place(number) ?? -1;
    if (!this.#rows || !standings || place < 0) throw new Error('nobody was evaluated');
    /** @type {Plan} */
    const plan = trial.nextQuestion(facts, { ...options, goOn: true });
    const matters = (/** @type {{ fact: Fact }} */ { fact }) => own.asked.has(keyOf(fact.subject));
    const { proposals, left, contradictions } = person.held;
    /** @type {FactWords[]} */
    const words = trial.review(proposals.filter(matters).slice(0, MOST).map(({ fact }) => fact), options);
    const proposed = trial.evaluate(proposedFacts, options);
    const logged = person.logged.get(study.id);
    const book = this.#room.ledger.book(study.id);
    return {
      ...this.#rows.row(place),
      proposals: proposals.filter(matters),
      others: proposals.filter((proposal) => !matters(proposal)),
      left,
      contradictions,
      words,
      answers: trial.review(person.answers(study.id), options),
      corrections: person.corrections.map(({ old, new: fresh, reason }) => ({ reason, old: trial.review([old], options)[0], new: fresh && trial.review([fresh], options)[0] })),
      overrides: [...person.set(study.id)].map(([criterion, { verdict, reason }]) => ({ criterion, verdict, reason })),
      notes: person.notes,
      queries: this.#room.ledger.with(study.id, person),
      evaluation: trial.evaluate(facts, options),
      explanation: /** @type {Explanation} */ (trial.explain(facts, options)),
      otherwise: trial.otherwise(proposedFacts, options),
      stale: proposed.criteria.flatMap(({ id, gaps }) => gaps.filter(({ kind }) => kind === 'stale').map(({ subject }) => ({ key: keyOf(subject), item: itemOf(study, id) }))),
      proposedVerdicts: proposed.criteria.map(({ id, verdict }) => ({ id, verdict })),
      question: (question ? trial.question(question, options) : undefined) ?? plan.question,
      cohorts: proposed.cohorts,
      elsewhere: this.#room.judging.filter((one) => one !== own).map((one) => this.#elsewhere(person, one)),
      log: book && { row: logged === undefined ? undefined : book.row(logged), attempts: book.attempts },
    };
  }

  /** Where a person stands by the record in another trial that is open. @param {Person} person @param {Opened} of */
  #elsewhere(person, of) {
    const { study, trial } = of;
    const { determination, criteria } = trial.evaluate(person.facts('proposed', of), { asOf: this.#room.asOf });
    const set = person.overrides.get(study.id);
    const verdicts = criteria.map(({ id, verdict }) => set?.get(id)?.verdict ?? verdict);
    const items = (/** @type {Verdict} */ wanted) => criteria.flatMap(({ id }, at) => (verdicts[at] === wanted ? [itemOf(study, id)] : []));
    return { id: study.id, title: study.title, determination: trial.standing(verdicts) ?? determination, failed: items('fail'), open: items('pending').length };
  }

  /**
   * What staff make of proposals.
   * @param {{ number: number, ids: string[], stand: Stand }} given
   */
  decide({ number, ids, stand }) {
    const person = this.#room.people.get(number);
    for (const proposal of person.held.proposals) if (ids.includes(proposal.fact.id)) proposal.stand = stand;
    this.#touch(person);
  }

  /**
   * An answer by staff; without one, the answer to the question is taken back. Where it puts a proposal right, both
   * values are kept, and the log is told.
   * @param {{ number: number, question: string, answer?: Answer, corrects?: { fact: string, reason: string } }} given
   * @returns {Promise<AnswerResult>}
   */
  async answer({ number, question, answer, corrects }) {
    const person = this.#room.people.get(number);
    if (!answer) {
      person.answered.delete(question);
      this.#touch(person);
      return { facts: [], diagnostics: [] };
    }
    const { asOf } = this.#room;
    const { id } = this.#room.own.study;
    const read = this.#room.own.trial.answer(question, answer, { asOf, respondent: 'staff' });
    if (read.diagnostics.some(({ severity }) => severity === 'error')) return read;
    const facts = read.facts.map((fact) => ({ ...fact, id: `s:${fact.id}`, source: /** @type {const} */ ('staff') }));
    person.answered.set(question, { facts, on: asOf, trial: id });
    const old = person.held.proposals.find(({ fact }) => fact.id === corrects?.fact);
    if (corrects && old) {
      old.stand = 'rejected';
      const fresh = facts.find(({ subject }) => keyOf(subject) === keyOf(old.fact.subject)) ?? facts[0];
      person.corrections.push({ old: old.fact, new: fresh, reason: corrects.reason });
      read.diagnostics.push(...this.#room.ledger.write(person, id, (person) => ({ corrected: { person, old: old.fact, new: fresh, reason: corrects.reason } }), this.#room.stamp));
    }
    this.#touch(person);
    await this.#room.save();
    return read;
  }

  /**
   * @param {{ number: number, criterion: string, verdict?: Verdict, reason: string }} given without a verdict it is taken back
   * @returns {Promise<Diagnostic[]>} why the log does not take it
   */
  async override({ number, criterion, verdict, reason }) {
    const person = this.#room.people.get(number);
    const own = person.set(this.#room.own.study.id);
    if (verdict) own.set(criterion, { verdict, reason });
    else own.delete(criterion);
    this.#touch(person);
    const diagnostics = this.#room.ledger.overrule(person, this.#room.own, criterion, this.#room.entering({ channel: 'chart', detail: '' }));
    await this.#room.save();
    return diagnostics;
  }

  /** A note about somebody, for the log too. @param {{ number: number, text: string }} given */
  async note({ number, text }) {
    const person = this.#room.people.get(number);
    person.notes.push(text);
    const diagnostics = this.#room.ledger.write(person, this.#room.own.study.id, (person) => ({ noted: { person, text } }), this.#room.stamp);
    await this.#room.save();
    return diagnostics;
  }

  /**
   * A criterion is not clear, with somebody or for everybody: the sponsor is to be asked.
   * @param {{ number?: number, criterion: string, text: string }} given
   */
  async unclear({ number, criterion, text }) {
    const { ledger, stamp, own: { study: { id } } } = this.#room;
    const diagnostics = number === undefined
      ? ledger.note(id, { unclear: { criterion, text } }, stamp)
      : ledger.write(this.#room.people.get(number), id, (person) => ({ unclear: { person, criterion, text } }), stamp);
    await this.#room.save();
    return diagnostics;
  }

  /** The sponsor said what a criterion means. @param {{ criterion: string, text: string }} answer */
  async clarify(answer) {
    const { ledger, stamp, people, own: { study: { id } } } = this.#room;
    const diagnostics = ledger.clarify(id, answer, people, stamp);
    await this.#room.save();
    return diagnostics;
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
    this.#room.people.remove(numbers);
    this.#wide = undefined;
    this.#rows = undefined;
  }

  /**
   * Whose outcome another version of the trial changes, and by which criteria. Nothing comes where it was stopped.
   * @param {Uint8Array} bytes
   * @param {Tell} [tell]
   */
  async amend(bytes, tell) {
    const { trial, diagnostics } = this.#room.engine.readTrial(bytes);
    const people = this.#room.people.size;
    if (!trial) return { diagnostics, changed: [], changes: [], people };
    const own = this.#room.own;
    const { study, asked } = openedTrial(trial);
    const both = { study, asked: new Map([...own.asked, ...asked]) };
    /** @type {{ number: number, key: string, label: string, file: string, before: string, after: string, verdicts: { item: string, before?: Verdict, after?: Verdict }[] }[]} */
    const changed = [];
    const changes = this.#room.engine.amend(own.trial, trial).criteria.filter(({ became }) => became !== 'same');
    const all = [...this.#room.people];
    const told = await ending(async () => {
      const pause = this.#room.pause('judging', tell);
      for (let from = 0; from < all.length; from += SOME) {
        const some = all.slice(from, from + SOME).map((person) => ({ id: String(person.number), facts: person.facts('proposed', both), asOf: this.#room.asOf }));
        const { amendment, people } = this.#room.engine.reassess(own.trial, trial, some);
        for (const { person, was, is, criteria } of people) {
          const { number, key, label, file } = this.#room.people.get(Number(person));
          const verdicts = criteria.map(({ change, was, is }) => {
            const { before, after } = amendment.criteria[change];
            return { item: after ? itemOf(study, after) : itemOf(own.study, before ?? ''), before: was, after: is };
          });
          changed.push({ number, key, label, file, before: was, after: is, verdicts });
        }
        for (const _ of some) await pause();
      }
      return { study, diagnostics, changed, changes, people };
    });
    trial.free();
    return told;
  }

}

/** @param {TrialDocument} study @param {string} id */
function itemOf(study, id) {
  return study.eligibility.criteria.find((criterion) => criterion.id === id)?.source.item || id;
}
