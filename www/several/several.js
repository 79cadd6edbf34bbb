// @ts-check
/** @import { Answer, AnswerResult, ExplainOptions, Explanation, Fact, FactWords, Locale, Plan, PlanOfAll, PlanOptions, Question, Trial, TrialDocument } from "../pkg/check.js" */
/** @import { AnyTrial, OpenTrial } from "../connect.js" */
/** @import { Asked } from "../desk.js" */
/** @import { Piece } from "../dom.js" */
/** @import { View } from "../view.js" */

import { inLanguage } from '../words.js';

/**
 * Several trials that are asked about as if they were one. A question bears the id of the trial whose words it has, and
 * so do the facts that its answer states; every trial judges by all of them.
 * @implements {AnyTrial}
 */
export class Several {
  #trials;
  start;
  /** @type {TrialDocument} */
  study;

  /**
   * @param {OpenTrial[]} trials
   * @param {(view: View) => Piece[]} start the screen that the conversation begins with
   */
  constructor(trials, start) {
    this.#trials = trials;
    this.start = start;
    this.study = {
      format: '', id: trials.map(({ study }) => study.id).join('+'), title: together(trials), source: [], eligibility: { status: 'partial', criteria: [] },
      contacts: trials.flatMap(({ study }) => study.contacts ?? []),
    };
    this.languages = trials.map(({ languages }) => languages).reduce((all, some) => all.filter((language) => some.includes(language)));
  }

  get trials() {
    return this.#trials;
  }

  /**
   * @param {Asked} name
   * @param {any[]} given
   * @returns {Promise<any>}
   */
  async ask(name, ...given) {
    if (name === 'nextQuestion') return this.#plan(given[0], given[1]);
    if (name === 'answer') return this.#answer(given[0], given[1], given[2]);
    if (name === 'review') return this.#review(given[0], given[1]);
    if (name === 'explain') return best(await this.explain(given[0], given[1]));
    if (name === 'question') return this.#question(given[0], given[1]);
    if (name === 'receipt') return this.#receipt(given[0], given[1]);
    throw new TypeError(`several trials have no ${name}`);
  }

  /** @param {Fact[]} facts @param {PlanOptions} options @returns {Promise<Plan>} */
  async #plan(facts, { asOf, anchors, respondent }) {
    const [first, ...others] = this.#trials;
    // what a trial is ruled out of is asked no more: going on is for one trial
    const { question, wordedBy = '', atMost } = /** @type {PlanOfAll} */ (await first.nextWith(others, facts, { asOf, anchors, respondent }));
    if (!question) return { question: null, stopped: 'nothing-left', expected: 0, atMost: 0 };
    return { question: { ...question, id: `${wordedBy}:${question.id}` }, expected: atMost, atMost };
  }

  /** @param {string} id @param {Answer} answer @param {PlanOptions} options @returns {Promise<AnswerResult>} */
  async #answer(id, answer, options) {
    const trial = this.#worder(id);
    if (!trial) throw new TypeError(`${id} is of no trial`);
    const { facts, diagnostics } = await trial.ask('answer', this.#own(id), answer, options);
    return { facts: facts.map((fact) => ({ ...fact, id: `${trial.study.id}:${fact.id}` })), diagnostics };
  }

  /** @param {string} id @param {PlanOptions} options @returns {Promise<Question | null>} */
  async #question(id, options) {
    const question = await this.#worder(id)?.ask('question', this.#own(id), options);
    return question ? { ...question, id } : null;
  }

  /**
   * The receipts of all as one, with the exclusive or of their documents' digests.
   * @param {Fact[]} facts
   * @param {PlanOptions} options
   * @returns {Promise<ReturnType<Trial["receipt"]>>}
   */
  async #receipt(facts, options) {
    const all = await Promise.all(this.#trials.map((trial) => trial.ask('receipt', facts, options)));
    const [first, ...others] = all.flatMap(({ receipt }) => receipt ?? []);
    const trial = others.reduce((digest, other) => either(digest, other.trial), first?.trial ?? '');
    return { receipt: first && { ...first, trial }, diagnostics: all.flatMap(({ diagnostics }) => diagnostics) };
  }

  /**
   * Each fact in the words of the trial that asked for it.
   * @param {Fact[]} facts
   * @param {ExplainOptions} options
   * @param {OpenTrial} [rest] whose words the other facts have
   * @returns {Promise<FactWords[]>}
   */
  async #review(facts, options, rest) {
    const all = await Promise.all(this.#trials.map((trial) => trial.ask('review', facts, options)));
    const words = new Map(all.flatMap((own, at) => own.filter(({ fact }) => (this.#worder(fact) ?? rest) === this.#trials[at]).map((one) => [one.fact, one])));
    return facts.flatMap(({ id }) => words.get(id) ?? []);
  }

  /** The trial whose words a question or a fact has. @param {string} id */
  #worder(id) {
    return this.#trials.find(({ study }) => id.startsWith(`${study.id}:`));
  }

  /** A question's id as its trial has it. @param {string} id */
  #own(id) {
    return id.slice((this.#worder(id)?.study.id.length ?? -1) + 1);
  }

  /**
   * What the answers mean for each of them.
   * @param {Fact[]} facts
   * @param {ExplainOptions} options
   * @returns {Promise<{ trial: OpenTrial, explanation: Explanation }[]>}
   */
  explain(facts, options) {
    return Promise.all(this.#trials.map(async (trial) => ({ trial, explanation: await trial.ask('explain', facts, options) })));
  }

  /**
   * One of them alone. What was asked for the others' sake keeps their words.
   * @param {OpenTrial} trial
   * @param {(view: View) => Piece[]} start
   * @returns {AnyTrial}
   */
  alone(trial, start) {
    const ask = async (/** @type {Asked} */ name, /** @type {any[]} */ ...given) => {
      if (name === 'answer' && this.#worder(given[0])) return this.#answer(given[0], given[1], given[2]);
      if (name === 'review') return this.#review(given[0], given[1], trial);
      if (name === 'nextQuestion') given[1] = { ...given[1], asked: given[1].asked?.map((/** @type {string} */ id) => this.#own(id)) };
      return /** @type {{ ask(name: Asked, ...given: any[]): Promise<any> }} */ (trial).ask(name, ...given);
    };
    return { study: trial.study, languages: this.languages, start, ask, free: () => this.free(), part: true };
  }

  free() {
    for (const trial of this.#trials) trial.free();
  }
}

/** The explanation of the trial that may fit best. @param {{ explanation: Explanation }[]} all */
function best(all) {
  const ORDER = ['may-fit', 'cannot-tell', 'not-now'];
  return all.map(({ explanation }) => explanation).sort((a, b) => ORDER.indexOf(a.outcome) - ORDER.indexOf(b.outcome))[0];
}

/** The titles of all, in each language. @param {OpenTrial[]} trials */
function together(trials) {
  const titles = (/** @type {Locale} */ locale) => trials.map(({ study }) => inLanguage(study.title, locale) ?? study.id);
  return { en: titles('en').join('; '), 'zh-CN': titles('zh-CN').join('；') };
}

/** @param {string} one @param {string} other digits of the base 16, as many */
function either(one, other) {
  return [...one].map((digit, at) => (parseInt(digit, 16) ^ parseInt(other[at], 16)).toString(16)).join('');
}
