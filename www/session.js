// @ts-check
/** @import { Answer, AnswerResult, Explanation, Fact, FactWords, Locale, Plan, Question, Respondent, Trial, TrialDocument } from "./pkg/trial_prescreen.js" */

/** @typedef {{ question: Question, facts: Fact[], draft: FormData }} Answered */

/** What one person has answered, in memory only, and what the engine says to it. */
export class Session {
  /** @type {Map<string, Answered>} */
  #answered = new Map();
  /** @type {Map<string, Question>} in the order in which they were first asked */
  #asked = new Map();
  /** @type {() => string} */
  #clock;
  /** @type {Respondent} */
  respondent = 'patient';
  goOn = false;
  /** Whether the outcome was already known before the latest answer. */
  settled = false;

  /**
   * @param {Trial} trial
   * @param {() => string} clock the moment to judge from, read again for every request
   */
  constructor(trial, clock) {
    this.trial = trial;
    /** @type {TrialDocument} */
    this.study = trial.toJSON();
    this.#clock = clock;
  }

  get asOf() {
    return this.#clock();
  }

  /** @returns {Fact[]} */
  get facts() {
    return [...this.#asked.keys()].flatMap((id) => this.#answered.get(id)?.facts ?? []);
  }

  /** @returns {Plan} */
  plan() {
    const plan = this.trial.nextQuestion(this.facts, this.#options());
    if (plan.question) this.#asked.set(plan.question.id, plan.question);
    return plan;
  }

  /**
   * What an answer states. The former answer is gone; this one counts once it is kept.
   * @param {string} id
   * @param {Answer} answer
   * @returns {AnswerResult}
   */
  read(id, answer) {
    this.#answered.delete(id);
    return this.trial.answer(id, answer, this.#options());
  }

  /**
   * @param {Question} question
   * @param {Fact[]} facts
   * @param {FormData} draft
   */
  keep(question, facts, draft) {
    this.#answered.set(question.id, { question, facts, draft });
  }

  /** @param {string} id */
  has(id) {
    return this.#answered.has(id);
  }

  /** @param {string} id */
  draft(id) {
    return this.#answered.get(id)?.draft;
  }

  /**
   * The question's place in the order of asking, from 1.
   * @param {string} id
   */
  number(id) {
    return [...this.#asked.keys()].indexOf(id) + 1;
  }

  /**
   * The asked question with this item.
   * @param {string} key
   */
  questionOf(key) {
    return [...this.#asked.values()].find((question) => question.items.some((item) => item.key === key));
  }

  /**
   * @param {Locale} locale
   * @param {Fact[]} [facts]
   * @returns {FactWords[]}
   */
  review(locale, facts = this.facts) {
    return this.trial.review(facts, this.#wording(locale));
  }

  /**
   * @param {Locale} locale
   * @returns {Explanation}
   */
  explain(locale) {
    return this.trial.explain(this.facts, this.#wording(locale));
  }

  clear() {
    this.#answered.clear();
    this.#asked.clear();
    this.respondent = 'patient';
    this.goOn = false;
    this.settled = false;
  }

  #options() {
    return { asOf: this.asOf, respondent: this.respondent, goOn: this.goOn };
  }

  /**
   * @param {Locale} locale
   * @returns {import("./pkg/trial_prescreen.js").ExplainOptions}
   */
  #wording(locale) {
    const audience = this.respondent === 'staff' ? 'staff' : 'person';
    return { asOf: this.asOf, locale, audience, respondent: this.respondent };
  }
}
