/** A rule in the form of the trial document; its full shape is in `trial-prescreen-1.schema.json`. */
export type Expression = Record<string, unknown>;

/** A criterion as it stands in a trial document. Spans count UTF-16 units of the text that was read. */
export interface Criterion {
  id: string;
  category: "inclusion" | "exclusion";
  text: Record<string, { full: string; short: string; patient: string }>;
  source: { document: string; item: string; span?: { start: number; end: number } };
  cohorts?: string[];
  answerableBy?: Closer[];
  stage: "prescreen" | "screening" | "day-0";
  retest: "never" | "investigator" | { after: string };
  expression: Expression;
}

/** What a stretch of an eligibility text is: a heading, a criterion with all its lines, or a placeholder like "None". */
export interface Stretch {
  role: "heading" | "criterion" | "nothing";
  span: { start: number; end: number };
}

/**
 * The criteria of an eligibility text, in its order. What is not understood to the last word is kept word for word, to
 * be asked as it stands; `outline` accounts for every line.
 */
export declare function readCriteria(
  text: string,
  options?: { language?: "en" | "zh" },
): { criteria: Criterion[]; outline: Stretch[]; diagnostics: Diagnostic[] };

/**
 * What a sentence may have said before a sign, a unit or a decimal point of it was lost, as `lost-comparator`,
 * `missing-unit`, `incomparable-unit`, `implausible-bound` and `corrupt-text` say: ways to read it, at most four, with what
 * it asks then. Nothing of it counts until a person accepts it.
 */
export declare function suggest(
  sentence: string,
  options?: { language?: "en" | "zh"; category?: "inclusion" | "exclusion" },
): { words: string; expression: Expression }[];

/**
 * An expression as text of a list that reads as the same; nothing where it is nested too deep, or holds the marks that
 * words stand in.
 */
export declare function print(
  expression: Expression,
  options?: { language?: "en" | "zh"; category?: "inclusion" | "exclusion" },
): string | undefined;

/** What the author of a trial document should look at again, and what keeps it from being read. */
export declare function lint(data: string | Uint8Array): Diagnostic[];

/** A term of the vocabulary: its id in documents, what kind of facts it has, its usual unit, its names. */
export interface Term {
  id: string;
  kind: "quantity" | "code" | "presence" | "date" | "dose";
  unit: string;
  en: string;
  zh: string;
}

/** Every term of the vocabulary, in the order of the ids. */
export declare function vocabulary(): Term[];

/** What a part of a criterion was, or is: a bound, a stretch of time, a condition, or codes and words of the format. */
export type Held = Bound | { anchor: Anchor; from?: string; to?: string } | Expression | string[];

/** What became of one criterion from one version to another. */
export interface CriterionChange {
  /** Its id in the earlier version; absent where it was added. */
  before?: string;
  /** Its id in the later version; absent where it was removed. */
  after?: string;
  /**
   * `unclear`: other words that were not all computed, so that only people can say whether they mean the same.
   * `reread`: the same words, which the two documents read otherwise.
   */
  became: "added" | "removed" | "changed" | "unclear" | "reread" | "reworded" | "same";
  /** To the other list, or past others of its own. */
  moved?: "list" | "place";
  /** Whether more people fit, fewer, or others; absent where nothing changed or nobody can say. */
  effect?: "wider" | "narrower" | "either";
  parts: {
    part:
      | "low" | "high" | "window" | "select" | "values" | "status" | "lasting" | "routes" | "within" | "direction" | "text"
      | "count" | "there";
    subject?: Subject;
    before?: Held;
    after?: Held;
  }[];
  /** What else of it changed, by its key in the document. */
  also: ("stage" | "retest" | "cohorts" | "answerableBy")[];
}

export interface Amendment {
  /** Every criterion of either version once, in the order of the later one. */
  criteria: CriterionChange[];
  /** Fields of `eligibility` that are others now. */
  fields: { field: string; before?: string; after?: string }[];
}

/** What changed from one version of a trial to another, in text and in meaning. */
export declare function amend(before: Trial, after: Trial): Amendment;

/** What authors and staff can do with a trial besides. */
export interface Trial {
  /** The same trial with a question for everything that its criteria use and nothing asks for. Free it. */
  withQuestions(): Trial;
  /** What bears on the criteria: facts about anything else matter to none. */
  subjects(): Subject[];
}

/**
 * Every trial of a file, in its order: of a list, of `{"studies": […]}`, of one record a line. The path of a diagnostic
 * begins with the trial it is about, `[3]` for the fourth of the file; one that could not be read is not in `trials`.
 */
export declare function readTrials(data: string | Uint8Array): { trials: Trial[]; diagnostics: Diagnostic[] };

/** Where something stands in a file. */
export interface Origin {
  /** Its kind and id: `Observation/bp-1`. */
  resource: string;
  /** The way to it: `entry[3].resource.component[0]`. */
  path: string;
  /** The line it begins on, counted from one. */
  line: number;
  span: { start: number; end: number };
}

/** Why a proposal should be looked at before it is accepted. */
export type Doubt =
  | "by-words"
  | "unconfirmed"
  | "preliminary"
  | "status-unknown"
  | "no-date"
  | "other-date"
  | "no-unit"
  | "unit-unfit"
  | "implausible"
  | "several-limits"
  | "from-text"
  | "not-said-taken"
  | "on-hold"
  | "remission"
  | "administrative"
  | "from-stage"
  | "from-age"
  | "whole-list"
  | "which-event";

/** A fact that a record proposes; it counts once somebody has accepted it. */
export interface Proposal {
  fact: Fact;
  origin: Origin;
  /** What the record calls it. */
  said: string;
  doubts: Doubt[];
}

/** Something in a record that gave no fact. */
export interface LeftOver {
  origin: Origin;
  said: string;
  why:
    | "entered-in-error"
    | "not-there"
    | "only-planned"
    | "not-done"
    | "denied"
    | "nameless"
    | "not-known"
    | "unclear"
    | "no-value"
    | "absent"
    | "family"
    | "other-kind"
    | "group"
    | "repeated"
    | "free-text"
    | "older"
    | "unreadable";
  /** How many it stands for: more than one where a file has too many of a kind to name each. */
  count: number;
  /** What it says, in the record's own words: unknown until somebody says what it stands for. */
  kept?: { codes: string[]; fact: Fact };
}

/** What a file says of one person. */
export interface Chart {
  /** What the file calls the person; no name. */
  key: string;
  proposals: Proposal[];
  left: LeftOver[];
  /** Facts that cannot all be true, by their ids. */
  contradictions: string[][];
}

/** Everything that a file holds: `read` resources, each of them proposed or left. */
export interface Charts {
  format: string;
  charts: Chart[];
  left: LeftOver[];
  read: number;
}

/** What is at hand of a chart before somebody opens it. */
export interface Outline {
  key: string;
  /** How many facts it proposes. */
  proposals: number;
  /** How much gave none. */
  left: number;
  /** Of each subject that was asked for the first fact that it proposes, doubtful or not. */
  facts: Fact[];
  /** How many of the proposals about each subject are doubtful; those without any are not there. */
  doubtful: [Subject, number][];
}

/** A medical record as it was read. What it holds is made for JavaScript when somebody looks, anew each time. Free it. */
export declare class MedicalRecord {
  private constructor();
  /** How many resources, elements or rows were read. */
  readonly read: number;
  /** How many people it speaks of. */
  readonly people: number;
  /** How much is about nobody. */
  readonly left: number;
  readonly record: Charts;
  readonly diagnostics: Diagnostic[];
  /** Of each person, in the order of `record.charts`. */
  outline(subjects: Subject[]): Outline[];
  /** One of `record.charts` by its place; nothing where there is none. */
  chart(at: number): Chart | undefined;
  /** Of one person the facts about these subjects that the record says plainly: those of proposals without doubts. */
  plain(at: number, subjects: Subject[]): Fact[];
  free(): void;
}

/**
 * What a medical record proposes about each person in it. Nothing of it counts as known: evaluate with the facts that
 * somebody accepted. What a record does not say stays unknown.
 */
export declare function readRecord(data: string | Uint8Array): MedicalRecord;

/**
 * A medical record that comes in pieces. An export of Apple Health may have any length: of its results the newest of
 * each kind are proposed and the others counted, and memory does not grow with it. Everything else is read once it is whole.
 */
export declare class RecordReader {
  constructor();
  /** More of the file; false where the rest of it would not be read, as it is too long for what it is. */
  push(bytes: Uint8Array): boolean;
  /** A clinical record (FHIR as JSON) that stands beside an export of Apple Health, by the name of its file. */
  clinical(name: string, bytes: Uint8Array): void;
  /** Nothing more comes. The reader is used up. */
  finish(): MedicalRecord;
  free(): void;
}
