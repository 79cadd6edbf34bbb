/** A table of many people being filled, person by person. Free it. */
export declare class Table {
  /** Where subjects are given, facts about anything else are left out. */
  constructor(subjects?: Subject[]);
  /** How many people it has. */
  readonly people: number;
  /**
   * Adds a person. What comes back are the facts that could not be read; the others count. Names and notes of facts
   * are not kept: facts that come back are named for their subject.
   */
  add(facts: Fact[]): Diagnostic[];
  /**
   * Adds everybody of a medical record in its order, or the person at a place of it, with what it says plainly: the facts
   * of the proposals without doubts, which nobody has accepted yet. What is made of them is what would come out if all of
   * it were so.
   */
  addRecord(record: MedicalRecord, chart?: number): void;
  /** Packs it and leaves it empty. */
  pack(): Packed;
  free(): void;
}

/** A packed table: each different cell of a column once, and planes of bits. Free it. */
export declare class Packed {
  private constructor();
  /** How many people it has. */
  readonly people: number;
  /** The table as one buffer, to be sent to a worker or kept; `openTable` opens it. */
  bytes(): Uint8Array<ArrayBuffer>;
  /** The facts of the person in a row, for `evaluate` and `explain`; none where there is no such row. */
  facts(row: number): Fact[];
  free(): void;
}

/** What one column of a file says. */
export interface ColumnMapping {
  /** Its name in the first line. */
  column: string;
  subject: Subject;
  part: "value" | "presence" | "code" | "date" | "unit" | "upper-limit" | "lower-limit" | "on";
  /** The unit of its numbers, where none stands beside them; none is guessed. */
  unit?: string;
  /** What yes and no are said of; without it they say nothing. */
  status?: "current" | "history" | "planned" | "any";
  /** The window that they are said of, as in a trial document. */
  within?: { anchor: Anchor; from?: string; to?: string };
  source?: Closer;
}

/** Which column of a file says what: plain data, to be kept beside the file. */
export interface Mapping {
  columns: ColumnMapping[];
  /** Texts that mean that nothing is known, besides none at all. */
  unknown?: string[];
  /** The offset of the clock of times that have none: `+08:00`. */
  offset?: string;
}

/**
 * A file of separated values being read: commas, semicolons, tabs or upright strokes, in UTF-8, the first line with the
 * names. What cannot be read is told with its row and column, and is not known. Free it.
 */
export declare class Sheet {
  constructor(mapping: Mapping);
  /** How many people have been read. */
  readonly people: number;
  /** Takes the next bytes of the file, of any length. */
  push(bytes: Uint8Array): void;
  /** What was read; the sheet is empty then. */
  finish(): { packed: Packed; diagnostics: Diagnostic[] };
  free(): void;
}

/** Opens a packed table. Of bytes that are none, or are broken, the place is told. */
export declare function openTable(bytes: Uint8Array): { packed?: Packed; diagnostics: Diagnostic[] };

/** Trials that many people are judged on at one moment. Free it. */
export declare class Batch {
  constructor(options: Moment);
  /** Takes a trial in; its own handle stays good. */
  add(trial: Trial): void;
  /** What columns with these names may say, by the vocabulary and by what its trials ask: to be looked over before use. */
  suggest(names: string[]): Mapping;
  /**
   * Every verdict of everybody on every trial: bit for bit what `evaluate` says of each person's facts. Of too many
   * people, trials and criteria at once there are none: its `diagnostics` say so.
   */
  run(table: Packed): Verdicts;
  /** What is lacking, for each trial by what it asks about. */
  lacks(table: Packed): Lack[][];
  /** For the people in these rows of a table, and one of the trials by its place: when it is worth looking again. */
  outlook(table: Packed, trial: number, rows: Uint32Array): Outlook[];
  free(): void;
}

/** What is not known of something that a trial asks about, and what would come of it. */
export interface Lack {
  subject: Subject;
  /** In so many people at least one comparison or question about it is open, for whatever reason. */
  open: number;
  /**
   * In so many it alone is in the way: the determination is open, and would be known both if all open ones about it held
   * and if none of them did.
   */
  decides: number;
}

/** When it is worth looking at somebody again, and how near it is. */
export interface Outlook {
  /** From when on another try is worth it, of somebody who is ruled out: by each failed criterion's rule and by time. */
  callBack?: DateText;
  /** The last day or minute on which the facts, by time alone, do not rule the person out. */
  possibleUntil?: DateText;
  /** The first day or minute on which time alone brings another determination, and which. */
  from?: DateText;
  then?: Determination;
  /** The last day or minute on which every verdict stands as it is. */
  expires?: DateText;
  /** Where one criterion alone rules the person out, and one value alone makes it: that value. */
  near?: Why["near"][number];
}

/** What a trial and its criteria say of everybody. */
export interface Counts {
  people: number;
  eligible: number;
  ineligible: number;
  undetermined: number;
  /** In the protocol's order. */
  criteria: { pass: number; fail: number; pending: number }[];
}

/** The verdicts of everybody on every trial; trials and criteria are named by their places. Free it. */
export declare class Verdicts {
  private constructor();
  /** How many people there are; none where something is wrong. */
  readonly people: number;
  /** What is wrong; empty where nothing is. */
  readonly diagnostics: Diagnostic[];
  /**
   * All planes as one buffer: `TPV`, the version 1, people and outputs of four bytes each, four zeros; then words of eight
   * bytes, the lowest first: of the first 1,024 people the 16 words of each output, and of the next. A trial's outputs
   * are its determination, its criteria and its cohorts, of each who passes or is eligible and then who fails or is
   * ineligible.
   */
  bytes(): Uint8Array<ArrayBuffer>;
  counts(trial: number): Counts;
  /** One byte a person: 0 eligible, 1 ineligible, 2 undetermined. */
  determinations(trial: number): Uint8Array<ArrayBuffer>;
  /** One byte a person: 0 pass, 1 fail, 2 pending. */
  criterion(trial: number, criterion: number): Uint8Array<ArrayBuffer>;
  /** How often a person was looked at by himself, and how often the evaluator had to be asked for it. */
  readonly effort: { people: number; evaluations: number };
  free(): void;
}
