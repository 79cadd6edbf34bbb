/** A table of many people being filled, person by person. Free it. */
export declare class Table {
  constructor();
  /** How many people it has. */
  readonly people: number;
  /**
   * Adds a person. What comes back are the facts that could not be read; the others count. Names and notes of facts
   * are not kept: facts that come back are named for their subject.
   */
  add(facts: Fact[]): Diagnostic[];
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

/** Opens a packed table. Of bytes that are none, or are broken, the place is told. */
export declare function openTable(bytes: Uint8Array): { packed?: Packed; diagnostics: Diagnostic[] };

/** Trials that many people are judged on at one moment. Free it. */
export declare class Batch {
  constructor(options: Moment);
  /** Takes a trial in; its own handle stays good. */
  add(trial: Trial): void;
  /** Every verdict of everybody on every trial: bit for bit what `evaluate` says of each person's facts. */
  run(table: Packed): Verdicts;
  free(): void;
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
  readonly people: number;
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
