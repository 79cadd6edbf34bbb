/** A version of a trial's document as a log keeps it: `trial.edition()`. */
export interface Edition {
  trial: string;
  document: number;
  protocol?: string;
  amendment?: string;
  /** SHA-256 of the document, as in a receipt. */
  digest: string;
  criteria: { id: string; category: "inclusion" | "exclusion"; item: string; text: string }[];
}

/** What a log is of; fixed by its first line. */
export interface LogHeader {
  protocol: string;
  site: string;
  investigator: string;
  /** `Asia/Shanghai` or `+08:00`. */
  zone: string;
  edition: Edition;
}

export type LogState = "candidate" | "pre-screened" | "possible" | "not-now" | "not-eligible" | "declined" | "withdrew";

export type Channel = "chart" | "clinic" | "referral" | "advertisement" | "registry" | "inquiry" | "other";

/** A reason that no criterion is: always counted apart. */
export type OtherReason =
  | "not-approached" | "not-reached" | "other-study" | "distance" | "time" | "language" | "clinician" | "no-place"
  | "other";

export interface Again {
  allowed: "after" | "investigator" | "never";
  from?: DateText;
}

/** A criterion that is open, and what is needed to close it, in the order in which it would decide most. */
export interface PendingCriterion {
  id: string;
  needs: { about: string; kind: GapKind; missing?: NonNullable<Gap["needs"]>; who: Closer[] }[];
}

/** What a log keeps of an evaluation: `trial.assess(facts, { asOf })`. No fact but age and sex. */
export interface Assessment {
  asOf: DateText;
  answeredBy: Closer[];
  /** `66`, `65 to 66`, `90 or over`. */
  age?: string;
  sex?: string;
  determination: Determination;
  cohorts?: { id: string; determination: Determination }[];
  /** In the protocol's order: the first is the first that failed. */
  failed: { id: string; again?: Again; from?: DateText; then?: Verdict }[];
  pending: PendingCriterion[];
  again?: Again;
  /** From when on another try is worth it, by each failed criterion's rule and by time. */
  callBack?: DateText;
  possibleUntil?: DateText;
  expires?: DateText;
  trial: string;
  engine: string;
  receipt: string;
}

/** What was decided otherwise than evaluated: both outcomes. */
export type Overruled =
  | { criterion: { id: string; from: Verdict; to: Verdict } }
  | { determination: { from: Determination; to: Determination } };

/** What was done; `person` is the pre-screening number of an attempt. */
export type LogAct =
  | { identified: { person?: number; on: DateText; channel: Channel; detail?: string } }
  | { linked: { person: number; earlier: number } }
  | { assessed: { person: number; assessment: Assessment } }
  | { state: { person: number; state: LogState; criteria?: string[]; other?: OtherReason; words?: string } }
  | { overridden: { person: number; what: Overruled; reason: string } }
  | { corrected: { person: number; old?: Fact; new?: Fact; reason: string } }
  | { activated: { edition: Edition; on: DateText } }
  | { noted: { person?: number; text: string } }
  /** The sponsor is to be asked what a criterion means; without a person it is unclear for everybody. */
  | { unclear: { person?: number; criterion: string; text: string } }
  /** What a criterion means, as the sponsor said: whatever was unclear of it, with whomever, is answered. */
  | { clarified: { criterion: string; text: string } }
  | { exported: { layout: LogLayout; digest: string; to?: string } };

export interface LogEvent {
  /** In UTC: `2026-03-15T06:30Z`. The page supplies the clock. */
  at: DateText;
  /** Initials or a staff code, and the role. */
  by: { who: string; role: string };
  act: LogAct;
}

/** The latest assessment of an attempt, with what was decided otherwise since. */
export interface Judged {
  at: DateText;
  asOf: DateText;
  answeredBy: Closer[];
  age?: string;
  sex?: string;
  /** As evaluated. */
  calculated: Determination;
  /** As it counts. */
  determination: Determination;
  cohorts: { id: string; determination: Determination }[];
  failed: string[];
  pending: PendingCriterion[];
  again?: Again;
  callBack?: DateText;
  possibleUntil?: DateText;
  expires?: DateText;
  trial: string;
  engine: string;
  receipt: string;
}

/** A criterion whose wording, or whose reading, is not clear. */
export interface Query {
  at: DateText;
  by: { who: string; role: string };
  criterion: string;
  text: string;
  /** What the sponsor said to it; none as long as it waits. */
  answer?: { at: DateText; by: { who: string; role: string }; text: string };
}

/** An attempt, as it stands. */
export interface LogRow {
  number: number;
  /** The number of the person's first attempt. */
  person: number;
  attempt: number;
  earlier?: number;
  later?: number;
  identified: DateText;
  channel: Channel;
  detail: string;
  assessments: number;
  assessed?: Judged;
  state: LogState;
  since: DateText;
  by: { who: string; role: string };
  criteria: string[];
  other?: OtherReason;
  words: string;
  overrides: { at: DateText; by: { who: string; role: string }; what: Overruled; reason: string }[];
  corrections: number;
  notes: string[];
  /** What came up with them that is not clear. */
  unclear: Query[];
}

export interface Reminder {
  number: number;
  why: "not-assessed" | "no-outcome" | "call-back" | "expired";
  since: DateText;
}

/** Counts up to consent: each person once, as the latest attempt stands. */
export interface Consort {
  identified: number;
  notAssessed: number;
  assessed: number;
  excluded: number;
  notNow: number;
  byFirst: { id: string; criterion: string; people: number }[];
  byAny: { id: string; criterion: string; people: number }[];
  declined: number;
  withdrew: number;
  other: number;
  byOther: { reason: OtherReason; people: number }[];
  possible: number;
  undecided: number;
  attempts: number;
}

/**
 * `site`, `sponsor`, `sponsor-days`, `screening`, `redcap`, `redcap-dictionary`, `sdtm-ie` and `consort` are CSV with a
 * byte order mark; `rows`, `fhir-r4` and `fhir-r5` are JSON.
 */
export type LogLayout =
  | "site" | "sponsor" | "sponsor-days" | "screening" | "rows" | "redcap" | "redcap-dictionary" | "sdtm-ie" | "fhir-r4"
  | "fhir-r5" | "consort";

/** A pre-screening log behind a handle. Free it. */
export declare class Log {
  private constructor();
  /** Writes an event behind the last one, or says why it cannot follow; then nothing is written. */
  append(event: LogEvent): { number?: number; event?: LogEvent; diagnostics: Diagnostic[] };
  /** What was done to the lines after they were written. With the head that was kept, also whether the end is missing. */
  verify(head?: string): Diagnostic[];
  /** The hash of the last line: keep it elsewhere. */
  readonly head: string;
  header(): LogHeader;
  /** Every line; one that cannot be read has no event. */
  lines(): { number: number | null; hash: string; event: LogEvent | null }[];
  rows(): LogRow[];
  /** What nobody has decided; with a day also whose day has come. */
  reminders(today?: DateText): Reminder[];
  consort(): Consort;
  export(layout: LogLayout): string | undefined;
  /** The document, one event a line: what is saved, and what `openLog` reads. */
  text(): string;
  free(): void;
}

/** A log without lines; none where something of the header is missing. */
export declare function newLog(header: LogHeader): { log?: Log; diagnostics: Diagnostic[] };

/**
 * A log from a file. A line that cannot be read, or cannot be, is kept as it stands, told of, and counts for nothing; ask
 * `verify` whether the lines are those that were written.
 */
export declare function openLog(data: string | Uint8Array): { log?: Log; diagnostics: Diagnostic[] };

/** The table of a CSV that was exported; cells read back as they were. */
export declare function readSheet(data: string | Uint8Array): {
  columns: string[];
  rows: string[][];
  diagnostics: Diagnostic[];
};

/** A table of text as CSV that a spreadsheet opens right and in which nothing runs; nothing where it is none. */
export declare function writeSheet(table: { columns: string[]; rows: string[][] }): string | undefined;

/** What a log needs of a trial. */
export interface Trial {
  edition(): Edition;
  /**
   * What these verdicts mean, where staff decided some of them otherwise: one for each criterion in the protocol's order;
   * nothing where they are not as many.
   */
  standing(verdicts: Verdict[]): Determination | undefined;
  /** Put it into the act `assessed`. */
  assess(facts: Fact[], options: Moment): { assessment?: Assessment; diagnostics: Diagnostic[] };
}

/** Somebody for whom something comes out otherwise under another version. */
export interface Reassessed {
  person: string;
  was: Determination;
  is: Determination;
  cohorts: { id: string; was?: Determination; is?: Determination }[];
  criteria: {
    /** Its place in `amendment.criteria`, which says what of it changed. */
    change: number;
    was?: Verdict;
    is?: Verdict;
    because: string[];
    gaps: Gap[];
    again?: Again;
    /** What would make it pass now. */
    why?: CriterionWhy;
  }[];
}

/** Those for whom something comes out otherwise, at the same moment and on the same facts, and how many there are not. */
export declare function reassess(
  before: Trial,
  after: Trial,
  people: { id: string; facts: Fact[]; asOf: DateText }[],
): { amendment: Amendment; people: Reassessed[]; unchanged: number; diagnostics: Diagnostic[] };

/**
 * Which version applies at a site on a day, by its place; `one-of` where a date is not known to the day. Versions come in
 * the order in which they follow one another; one that lists sites applies at those alone.
 */
export declare function versionInForce(
  versions: { effectiveFrom?: DateText; sites?: { [site: string]: DateText } }[],
  site: string,
  on: DateText,
): { version: number } | { "one-of": number[] } | "none" | null;
