// @ts-check
/** @import { Answer, AnswerResult, Evaluation, ExplainOptions, Explanation, Otherwise, Fact, FactWords, Locale } from "./pkg/check.js" */
/** @import { Plan, Question, Respondent, Trial, TrialDocument } from "./pkg/check.js" */
/** @import { AnyTrial } from "./connect.js" */
/** @import { Asked } from "./desk.js" */
/** @import { Note } from "./notes/notes.js" */

/** @typedef {{ question: Question, facts: Fact[], draft: FormData, asOf: string }} Answered  `asOf` is the moment it was given */

/** Why nothing comes of what a session was asked that is over. */
export const OVER = new Error('over');

/** What one person has answered, in memory only, and what the engine says to it. */
export class Session {
  /** @type {Map<string, Answered>} */
  #answered = new Map();
  /** @type {Map<string, Question>} in the order in which they were first asked */
  #asked = new Map();
  #clock;
  #fail;
  /** @type {PromiseWithResolvers<never>} */
  #over = Promise.withResolvers();
  /** @type {Respondent} */
  respondent = 'patient';
  goOn = false;
  /** @type {Map<string, FormData>} forms that the page filled in, by question */
  #prefilled = new Map();
  /** @type {Note[]} what the person noted, in memory only */
  notes = [];
  /** @type {Session | undefined} the one that this one came out of */
  #before;
  /** Whether the outcome was already known before the latest answer. */
  settled = false;

  /**
   * @param {AnyTrial} trial
   * @param {() => string} clock the moment to judge from, read again for every request
   * @param {(cause: unknown) => void} fail told where the engine breaks down
   */
  constructor(trial, clock, fail) {
    this.trial = trial;
    /** @type {TrialDocument} */
    this.study = trial.study;
    this.#clock = clock;
    this.#fail = fail;
    this.#over.promise.catch(() => {});
  }

  /** Another check takes its place: whoever still waits for an answer of the engine is told so at once. */
  end() {
    this.#before?.end();
    this.#over.reject(OVER);
    this.trial.free();
  }

  /** @param {AnyTrial} trial the one that was on its way */
  arrive(trial) {
    this.trial = trial;
    this.study = trial.study;
  }

  get asOf() {
    return this.#clock();
  }

  /** @returns {Fact[]} */
  get facts() {
    return this.#answers().flatMap((id) => this.factsOf(id));
  }

  /** The ids of the questions that have an answer. */
  #answers() {
    return [...this.#asked.keys()].filter((id) => this.#answered.has(id));
  }

  /** @returns {Promise<Plan>} */
  async plan() {
    const next = (/** @type {boolean} */ goOn) => this.#ask('nextQuestion', this.facts, { ...this.#options(), asked: this.#answers(), goOn });
    let plan = await next(this.goOn);
    // while it is open, what cannot rule out is asked along: the study team need not find it out then
    if (plan.stopped !== 'determined') plan = await next(true);
    if (plan.question) this.#asked.set(plan.question.id, plan.question);
    return plan;
  }

  /**
   * Takes an answer back, as soon as another one is given in its place.
   * @param {string} id
   */
  withdraw(id) {
    this.#answered.delete(id);
  }

  /**
   * What an answer states. It counts once it is kept.
   * @param {string} id
   * @param {Answer} answer
   * @param {string} [asOf] the moment at which it is given
   * @returns {Promise<AnswerResult>}
   */
  read(id, answer, asOf = this.asOf) {
    return this.#ask('answer', id, answer, { ...this.#options(), asOf });
  }

  /**
   * A question as it was shown, by its id.
   * @param {string} id
   */
  question(id) {
    return this.#ask('question', id, this.#options());
  }

  /**
   * @param {Question} question
   * @param {Fact[]} facts
   * @param {FormData} draft
   * @param {string} [asOf] the moment at which it was given
   */
  keep(question, facts, draft, asOf = this.asOf) {
    if (!this.#asked.has(question.id)) this.#asked.set(question.id, question);
    this.#answered.set(question.id, { question, facts, draft, asOf });
  }

  /** @returns {[Question, FormData, asOf: string][]} what was entered and when, in the order of asking */
  get answered() {
    return this.#answers().map((id) => {
      const { question, draft, asOf } = /** @type {Answered} */ (this.#answered.get(id));
      return [question, draft, asOf];
    });
  }

  /** @param {string} id */
  has(id) {
    return this.#answered.has(id);
  }

  /** @param {string} id */
  draft(id) {
    return this.#answered.get(id)?.draft ?? this.#prefilled.get(id);
  }

  /** @returns {[string, FormData][]} what was entered, by question, in the order of asking */
  get drafts() {
    return this.#answers().map((id) => [id, /** @type {Answered} */ (this.#answered.get(id)).draft]);
  }

  /** @param {Map<string, FormData>} drafts by question: filled in, and not answered until they are confirmed */
  prefill(drafts) {
    this.#prefilled = drafts;
  }

  /** @param {string} id */
  isPrefilled(id) {
    return !this.has(id) && this.#prefilled.has(id);
  }

  /**
   * The question's place in the order of asking, from 1.
   * @param {string} id
   */
  number(id) {
    return [...this.#asked.keys()].indexOf(id) + 1;
  }

  /**
   * The asked question of this id, or with this item.
   * @param {string} key
   */
  questionOf(key) {
    return [...this.#asked.values()].find((question) => question.id === key || question.items.some((item) => item.key === key));
  }

  /**
   * @param {Locale} locale
   * @param {Fact[]} [facts]
   * @returns {Promise<FactWords[]>}
   */
  review(locale, facts = this.facts) {
    return this.#ask('review', facts, this.wording(locale));
  }

  /**
   * @param {Locale} locale
   * @param {Fact[]} [facts]
   * @returns {Promise<Explanation>}
   */
  explain(locale, facts = this.facts) {
    return this.#ask('explain', facts, this.wording(locale));
  }

  /**
   * What the answer to this question states.
   * @param {string} id
   */
  factsOf(id) {
    return this.#answered.get(id)?.facts ?? [];
  }

  /**
   * All that is stated, if this question were answered so.
   * @param {string} id
   * @param {Fact[]} facts
   */
  factsWith(id, facts) {
    return this.#answers().flatMap((one) => (one === id ? facts : this.factsOf(one)));
  }

  /** @returns {Promise<Evaluation>} */
  evaluate() {
    return this.#ask('evaluate', this.facts, this.#options());
  }

  /**
   * @param {Locale} locale
   * @returns {Promise<Otherwise>}
   */
  otherwise(locale) {
    return this.#ask('otherwise', this.facts, this.wording(locale));
  }

  receipt() {
    return this.#ask('receipt', this.facts, this.#options());
  }

  /**
   * The same conversation about another trial, with those of its answers that concern it. Deleting the one deletes both.
   * @param {AnyTrial} trial
   * @param {(question: Question) => boolean} concerns
   */
  about(trial, concerns) {
    const session = new Session(trial, this.#clock, this.#fail);
    session.respondent = this.respondent;
    for (const id of this.#answers()) {
      const answered = /** @type {Answered} */ (this.#answered.get(id));
      if (!concerns(answered.question)) continue;
      session.#asked.set(id, answered.question);
      session.#answered.set(id, answered);
    }
    session.#before = this;
    return session;
  }

  clear() {
    this.#before?.clear();
    this.#answered.clear();
    this.#asked.clear();
    this.#prefilled = new Map();
    this.notes = [];
    this.respondent = 'patient';
    this.goOn = false;
    this.settled = false;
  }

  /**
   * @template {Asked} Name
   * @param {Name} name
   * @param {Parameters<Trial[Name]>} given
   */
  async #ask(name, ...given) {
    try {
      return await Promise.race([this.trial.ask(name, ...given), this.#over.promise]);
    } catch (cause) {
      if (cause !== OVER) this.#fail(cause);
      throw cause;
    }
  }

  #options() {
    return { asOf: this.asOf, respondent: this.respondent, goOn: this.goOn };
  }

  /**
   * @param {Locale} locale
   * @returns {ExplainOptions}
   */
  wording(locale) {
    const audience = this.respondent === 'staff' ? 'staff' : 'person';
    return { asOf: this.asOf, locale, audience, respondent: this.respondent };
  }
}
