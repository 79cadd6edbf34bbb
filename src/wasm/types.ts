/** A language tag. Words exist in these two; other tags fall back to English. */
export type Locale = "en" | "zh-CN";

/** Who answers. */
export type Respondent = "patient" | "caregiver" | "staff";

/** Who can close a gap. */
export type Closer = Respondent | "record" | "investigator";

/** A date as precise as it is known: `2026`, `2026-03`, `2026-03-15`, `2026-03-15T14:30+08:00`. */
export type DateText = string;

/** What a window hangs on: a moment of the trial, the id of a concept that has a date, or `text:` and the words for another event. */
export type Anchor = "as-of" | "consent" | "screening" | "randomization" | "first-dose" | "onset" | (string & {});

/** What is wrong, where (UTF-16 units), and what to do. */
export interface Diagnostic {
  code: string;
  severity: "error" | "warning" | "note";
  message: string;
  help: string;
  span?: { start: number; end: number };
  other?: { start: number; end: number };
  path?: string;
}

export type Subject =
  | { concept: string }
  | { text: string }
  | { ratio: [Subject, Subject] }
  | { judgement: string }
  | { unread: string };

export interface Quantity {
  value?: string;
  comparator?: "<" | "<=" | ">=" | ">" | "about";
  low?: string;
  high?: string;
  unit?: string;
}

export type Status = "current" | "history" | "planned" | "any";

export type Absence =
  | "unknown" | "asked-unknown" | "temp-unknown" | "not-asked" | "asked-declined" | "masked" | "not-performed";

/** One date, or somewhere between two, written `2025-12-15/2026-03-15`. */
export type When = DateText;

export type FactValue =
  | { quantity: Quantity }
  | { code: string }
  | { date: When }
  | { present: Status }
  | { refuted: Status }
  | { absent: Absence }
  | "complete";

/** How a medicine is given. */
export type Route =
  | "oral" | "sublingual" | "intravenous" | "intramuscular" | "subcutaneous" | "transdermal" | "rectal" | "inhaled"
  | "nasal" | "topical" | "ophthalmic" | "otic" | "vaginal" | "intra-articular" | "intrathecal";

/** One thing known about a person. */
export interface Fact {
  id: string;
  subject: Subject;
  value: FactValue;
  on?: When;
  during?: { from?: DateText; to?: DateText };
  /** The window the statement was made about, where it hangs on an event. */
  within?: {
    anchor?: Anchor;
    from?: string;
    to?: string;
    halfLives?: number;
    halfLife?: string;
    whichever?: "longer" | "shorter";
  };
  upperLimit?: Quantity;
  lowerLimit?: Quantity;
  /** How the medicine that it is about is given. */
  route?: Route;
  /** The half-life of the medicine that it is about: `36 h`. */
  halfLife?: string;
  source?: Closer;
  note?: string;
}

/** When the evaluation is made for; the page supplies the clock, the engine has none. */
export interface Moment {
  /** `2026-03-15T14:30+08:00`, or a day where no clock time matters. */
  asOf: DateText;
  /** Dates of anchors that are known or planned. */
  anchors?: { [anchor in Anchor]?: DateText };
}

export type Truth = "false" | "unknown" | "true";
export type Verdict = "pass" | "fail" | "pending";
export type Determination = "eligible" | "ineligible" | "undetermined";
export type GapKind = "absent" | "stale" | "imprecise" | "incomparable" | "conflicting" | "judgement" | "unread";

/** Why something is unknown, and what would close it. */
export interface Gap {
  kind: GapKind;
  subject: Subject;
  /** The keys of the questions that would close it. */
  asks: string[];
  /** What exactly is missing, where it is not the value itself: `upper-limit`, `unit`, `date`, `dose`. */
  needs?: "upper-limit" | "lower-limit" | "unit" | "date" | "dose" | "half-life" | "route" | "list" | "value";
  /** The facts that were there and did not settle it. */
  facts: string[];
}

/** How far a value lies from a bound, in the bound's unit; positive on the inner side. */
export interface Margin {
  bound: "low" | "high";
  limit: string;
  value: string;
  distance: string;
  unit: string;
}

/** One leaf of a criterion's expression, evaluated. */
export interface AtomEvaluation {
  /** Where it stands in the expression: `anyOf.0`. */
  path: string;
  subject: Subject;
  truth: Truth;
  because: string[];
  gap?: Gap;
  margin?: Margin;
  /** A value that was worked out, its formula and its inputs. */
  derived?: { value: string; formula: string; from: string[] };
}

export interface CriterionEvaluation {
  id: string;
  category: "inclusion" | "exclusion";
  verdict: Verdict;
  truth: Truth;
  /** False where the criterion does not concern this person. */
  applies: boolean;
  because: string[];
  /** In the order in which closing them would decide most. */
  gaps: Gap[];
  atoms: AtomEvaluation[];
  /** The last day or minute on which the verdict holds by time alone. */
  until?: DateText;
  /** The first day or minute on which the next verdict holds. */
  from?: DateText;
  /** What that next verdict is. */
  then?: Verdict;
  /** May it be tried again? Of failed criteria only. */
  again?: Again;
}

/** Whether what failed may be tried again, as the protocol has it, and the first day on which it allows that. */
export interface Again {
  allowed: "after" | "investigator" | "never";
  from?: DateText;
}

export interface Evaluation {
  trial: string;
  engine: string;
  asOf: DateText;
  determination: Determination;
  determining: string[];
  cohorts: { id: string; determination: Determination; determining: string[] }[];
  criteria: CriterionEvaluation[];
  /** How many criteria remain, by who can close them. */
  remaining: Record<Closer, number>;
  until?: DateText;
  from?: DateText;
  then?: Determination;
  /** Everything that time alone will change, in order. */
  calendar: { from: DateText; determination: Determination; criteria: { id: string; verdict: Verdict }[] }[];
  /** The last day or minute on which every verdict stands as it is; absent where time alone changes none. */
  expires?: DateText;
  /** When screening is possible on the facts given; absent where time alone never makes it so. */
  screening?: { earliest: DateText; latest?: DateText };
  /** May the person be screened again? Of those only whom the facts rule out. */
  again?: Again;
  /** Anchors that were not known and were taken as the as-of moment. */
  assumed: Anchor[];
  diagnostics: Diagnostic[];
}

/** What would have to be otherwise, in words that never advise. */
export interface Otherwise {
  /** The failed criteria that something could turn. */
  criteria: { id: string; sentences: string[] }[];
  /** The near misses, the nearest first. */
  near: string[];
  notice: string;
}

/** A question's words in one language, for the one who answers. */
export interface AskText {
  ask: string;
  short: string;
  why?: string;
  place?: string;
  hint?: string;
  options?: Record<string, string>;
}

export type AnswerKind =
  | "yes-no"
  | { choice: string[] }
  | { quantity: { units?: string[]; upperLimit?: boolean; dated?: boolean; whole?: boolean; largest?: boolean } }
  | "date"
  /** The day of the last time, or `never`. */
  | "last-time"
  | { course: { dated?: boolean; planned?: boolean } }
  | "onset"
  | { doses: string[] }
  | "drinks";

export interface AskItem {
  key: string;
  answer: AnswerKind;
  /** In which of these ways it is given is asked too; the words of each are among the options. */
  routes?: Route[];
  text: Record<string, AskText>;
}

/** One screen: a single question, or a checklist of several yes-or-no items. */
export interface Question {
  /** Names what was asked, for a checklist with the items shown; `answer` takes it as it is. */
  id: string;
  /** The words above a checklist; those of its only item otherwise. */
  text: Record<string, AskText>;
  checklist: boolean;
  items: AskItem[];
  /** The criteria it serves. */
  criteria: string[];
  sensitive: boolean;
}

export interface Plan {
  question: Question | null;
  /** Why there is no question. */
  stopped?: "determined" | "nothing-left";
  /** About so many questions are to be expected, this one included. */
  expected: number;
  /** No more than so many questions can still come. */
  atMost: number;
}

/** What to ask next in the interest of several trials. */
export interface PlanOfAll {
  question: Question | null;
  /** The trial whose words the question has: send the answer to that trial's `answer`. */
  wordedBy?: string;
  serves: { trial: string; criteria: string[] }[];
  /** The trials for which nothing more is asked. */
  settled: { trial: string; determination: Determination; stopped: "determined" | "nothing-left" }[];
  /** Why there is no question. */
  stopped?: "determined" | "nothing-left";
  /** No more than so many questions can still come. */
  atMost: number;
}

export interface PlanOptions extends Moment {
  respondent: Respondent;
  /** Go on asking although the determination is already known. */
  goOn?: boolean;
  /**
   * The ids of the questions that were answered in this conversation, for one trial: then nobody answers more than
   * `detour` questions more than in the order of the protocol. Without it nothing holds the order to that.
   */
  asked?: string[];
  /** 1 where it is left out. */
  detour?: number;
}

/** What was typed or ticked, as it was typed. */
export type Answer =
  | { choice: string }
  | {
      number: {
        value?: string;
        low?: string;
        high?: string;
        about?: boolean;
        unit?: string;
        upperLimit?: string;
        on?: DateParts;
      };
    }
  | { date: DateParts }
  | { onset: DateParts & { basis: "seen" | "last-known-well"; hour: string; minute: string; offset: string } }
  | {
      course: {
        choice: "now" | "past" | "never";
        planned?: "yes" | "no";
        from?: DateParts;
        until?: DateParts;
        route?: Route;
      };
    }
  | { doses: { medicine: string; amount: string; route?: Route }[] }
  | { drinks: { volume: string; strength: string; count: string; per: "day" | "week" | "month" }[] }
  | { checked: string[]; rest: "no" | "asked-unknown" | "asked-declined" }
  | { absent: "asked-unknown" | "asked-declined" };

/** Fields of a date as typed; an empty month or day means that it is not known. */
export interface DateParts {
  year: string;
  month?: string;
  day?: string;
  /**
   * About how long ago it was, in the place of the other fields: within a tenth, and at least one unit, of so many. Only
   * for a date that stands alone and for the date of a number.
   */
  ago?: { count: string; unit: "day" | "week" | "month" | "year" };
}

export interface AnswerResult {
  /** The facts that the answer states; none where an error is among the diagnostics. */
  facts: Fact[];
  /** Errors name a field in `path`; the warning `implausible-value` asks "is this right?". */
  diagnostics: Diagnostic[];
}

/** Words for one fact. */
export interface FactWords {
  fact: string;
  /** The key of the question it answers. */
  question: string;
  label: string;
  value: string;
  /** The answer is "not sure" or "prefer not to say", and a criterion still needs it. */
  open: boolean;
}

export interface CriterionExplanation {
  id: string;
  category: "inclusion" | "exclusion";
  verdict: Verdict;
  applies: boolean;
  /** The verdict in a word or two. */
  word: string;
  short: string;
  /** The criterion's words for this audience. */
  text: string;
  /** The document's own number for it. */
  item: string;
  /** Why, sentence by sentence. */
  reasons: string[];
  /** The answers it rests on. */
  answers: FactWords[];
  /** What would settle it, where it is open. */
  needed: string[];
  /** Until when the verdict holds, and what follows. */
  dates: string[];
}

/** Something to find out or bring. */
export interface ToFind {
  text: string;
  place?: string;
  who: Closer;
  criteria: string[];
  /** The key of the question to answer once it is known. */
  question?: string;
}

export type Outcome = "may-fit" | "cannot-tell" | "not-now";

export interface Explanation {
  outcome: Outcome;
  determination: Determination;
  heading: string;
  /** What the outcome rests on. */
  lead: string[];
  /** What to do next. */
  next: string[];
  /** What the person could find out. */
  find: ToFind[];
  /** What the study team will check. */
  team: ToFind[];
  criteria: CriterionExplanation[];
  dates: string[];
  /** Only the study team decides. */
  notice: string;
  /** Trial, version, as-of and engine, in one line. */
  basis: string;
}

export interface ExplainOptions extends Moment {
  locale: Locale;
  audience: "person" | "staff";
  respondent: Respondent;
}

/**
 * Digests of what was evaluated and of what came out: SHA-256 over canonical JSON (RFC 8785). `facts` is of the facts
 * as the engine writes them without `id` and `note`, sorted by their canonical texts; `evaluation` of what `evaluate`
 * returns without `diagnostics`; `digest` of this object without `digest`.
 */
export interface Receipt {
  format: string;
  engine: string;
  asOf: DateText;
  anchors: Record<string, DateText>;
  trial: string;
  facts: string;
  evaluation: string;
  digest: string;
}

type Localized = Record<string, string>;

/** The trial document; its full shape is in `trial-prescreen-1.schema.json`. */
export interface TrialDocument {
  format: string;
  id: string;
  title: Localized;
  officialTitle?: Localized;
  overview?: Localized;
  /** The signs of its illness with which people call for help at once. */
  emergencySigns?: Localized;
  conditions?: Localized[];
  sponsor?: Localized;
  phases?: string[];
  status?: string;
  version?: { document?: number; registryDate?: DateText };
  source: {
    name: string;
    link?: string;
    readOn?: DateText;
    taken?: string;
    /** Its eligibility text. The spans of the criteria that name this source count its UTF-16 units. */
    text?: string;
    /** What it says that the document has no other place for, by its own names. */
    unmapped?: Record<string, string>;
  }[];
  sites?: { country?: Localized }[];
  contacts?: { name?: Localized; phone?: string; email?: string }[];
  eligibility: {
    status: "published" | "partial" | "not-published";
    minimumAge?: string;
    maximumAge?: string;
    sex?: string;
    criteria: {
      id: string;
      category: "inclusion" | "exclusion";
      text: Record<string, { full: string; short: string; patient: string }>;
      source: { document: string; item: string };
    }[];
  };
}

/** A trial behind a handle. Free it, or let it be collected. */
export declare class Trial {
  private constructor();
  readonly id: string;
  toJSON(): TrialDocument;
  evaluate(facts: Fact[], options: Moment): Evaluation;
  nextQuestion(facts: Fact[], options: PlanOptions): Plan;
  /** A question by its id, as it was shown; which criteria it serves is left out. */
  question(id: string, options: PlanOptions): Question | null;
  answer(question: string, answer: Answer, options: PlanOptions): AnswerResult;
  review(facts: Fact[], options: ExplainOptions): FactWords[];
  explain(facts: Fact[], options: ExplainOptions): Explanation;
  otherwise(facts: Fact[], options: ExplainOptions): Otherwise;
  receipt(facts: Fact[], options: Moment): { receipt?: Receipt; diagnostics: Diagnostic[] };
  free(): void;
}

/** Several trials at once: the question that brings most of them nearest to being settled. */
export declare class Trials {
  constructor();
  /** Takes a trial in; its own handle stays good. */
  add(trial: Trial): void;
  nextQuestion(facts: Fact[], options: PlanOptions): PlanOfAll;
  free(): void;
}

/**
 * Reads a trial from the text or the bytes of a file: a trial document; in the package for authors and staff a record of
 * a registry too, or the text of criteria. Problems are returned, never thrown. Those of a record name a criterion of
 * the document in their path, and that criterion its place in the source's text.
 */
export declare function readTrial(data: string | Uint8Array): { trial?: Trial; diagnostics: Diagnostic[] };

/** The engine's version. */
export declare function version(): string;
