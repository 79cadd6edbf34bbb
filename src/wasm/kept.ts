/** A bound of a comparison; left out, `inclusive` is true. */
export interface Bound {
  value: string;
  unit?: string;
  inclusive?: boolean;
}

/** An answer that gives one leaf of a criterion a truth: a new one where it is open, another one where it is known. */
export interface WhyAnswer {
  criterion: string;
  /** Where the leaf stands in the criterion's expression: `anyOf.0`. */
  path: string;
  subject: Subject;
  truth: Truth;
  /** For a comparison, the values that would do, and the present one in the unit of the bound. */
  bounds?: { low?: Bound; high?: Bound; instead?: string };
  /** The facts that say otherwise now; none where it is open. */
  facts: string[];
  /** Time alone brings it from this day or minute on. */
  from?: DateText;
}

/** Each set of answers suffices, and no part of it does. What a set does not name stays as it is. */
export type AnswerSets = WhyAnswer[][];

export interface CriterionWhy {
  id: string;
  verdict: Verdict;
  /** What is left of an open criterion: an expression of the trial document. */
  residual?: object;
  /** What would make it pass; none where it passes, or nothing can. */
  passes: AnswerSets;
  /** What would make it fail; none where it fails, or nothing can. */
  fails: AnswerSets;
  /** There are more sets than these. */
  cut: boolean;
}

export interface Why {
  trial: string;
  determination: Determination;
  criteria: CriterionWhy[];
  /** What would make the person eligible; only where undetermined. */
  eligible: AnswerSets;
  /** What would make the person ineligible; none where that is so already. */
  ineligible: AnswerSets;
  /** After which changes nothing known rules the person out; only where ineligible. */
  possible: AnswerSets;
  cut: boolean;
  /** The criteria each of which, alone, makes the person ineligible. */
  alone: string[];
  /** The compared values of failed criteria, the nearest to their bound first. */
  near: {
    criterion: string;
    path: string;
    subject: Subject;
    margin: Margin;
    /** The distance as a part of the bound: `0.01` is one in a hundred. */
    relative?: string;
    /** It is all that makes the criterion fail. */
    alone: boolean;
    from?: DateText;
  }[];
  /** The failed criteria that time alone will cure. */
  cured: { criterion: string; from: DateText; then: Verdict }[];
  /** What would have to be found out, by whom, and what each way in which it can turn out would decide. */
  find: {
    subject: Subject;
    questions: string[];
    who: Closer[];
    ways: {
      answers: WhyAnswer[];
      verdicts: { criterion: string; verdict: Verdict }[];
      determination: Determination;
    }[];
  }[];
}

export interface Trial {
  /** A check that is kept between answers, with these facts to begin with. Free it. */
  check(facts: Fact[], options: Moment): { check: Check; diagnostics: Diagnostic[] };
  /** What is left of each criterion, and what would change its verdict. */
  why(facts: Fact[], options: Moment): Why;
}

/** One person's check on one trial, kept between answers: a fact is looked at by the criteria that it touches alone. */
export declare class Check {
  private constructor();
  /**
   * Takes out the facts with these ids, then puts facts in, each in the place of one with its id. What comes back is
   * the evaluation as it is now; `criteria` lists those alone whose evaluation is another.
   */
  change(put?: Fact[], remove?: string[]): Evaluation;
  /** Judges from another moment, or with other anchors; without a usable moment it stays. `criteria` as for `change`. */
  moveTo(options: Moment): Evaluation;
  /** All of it. What did not change are the objects that were sent before: leave them as they are. */
  evaluation(): Evaluation;
  /** The facts, sorted by what they are about and then by their ids. */
  facts(): Fact[];
  /**
   * One byte a criterion, in the protocol's order: 0 pass, 1 fail, and where it is pending 2 plus the kind of its first
   * gap (0 absent, 1 stale, 2 imprecise, 3 incomparable, 4 conflicting, 5 judgement, 6 unread).
   */
  verdicts(): Uint8Array;
  free(): void;
}
