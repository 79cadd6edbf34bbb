/** One answer as it was typed and ticked: the names and values of its form. */
export interface SealedAnswer {
  question: string;
  /** The day on which it was given, where that was another than the day of sealing. */
  day?: string;
  fields: [name: string, value: string][];
}

/** A note on a block of text, or on words in it. */
export interface SealedNote {
  block: string;
  /** The words it is about; empty where it is about the whole block. */
  exact: string;
  /** Where they begin in the block. */
  start: number;
  text: string;
}

/** What is sealed. */
export interface Content {
  trial: string;
  /** The first 16 digits of the digest of the trial document, as in a receipt. */
  document: string;
  /** The moment of sealing: `2026-03-15T14:30+08:00`, or a day. */
  made: string;
  /** The last day on which the page opens it. */
  ends?: string;
  locale: "en" | "zh-CN";
  respondent: "patient" | "caregiver" | "staff";
  outcome?: "may-fit" | "cannot-tell" | "not-now";
  goOn: boolean;
  answers: SealedAnswer[];
  notes: SealedNote[];
}

/** Why a sealed text was not opened: made with a newer version; another code, or damaged; no code at all. */
export type Unopened = "newer" | "closed" | "no-code";

/** A code of ten symbols from ten random bytes: `K7QM2-9XHTD`. */
export declare function newCode(random: Uint8Array): string | undefined;
/**
 * A key of 32 bytes for AES-256-GCM, for what stays on the device and is larger than a sealed text may be; nothing where
 * this is no code. It costs a guess as much as opening a sealed text does.
 */
export declare function keyOf(code: string, salt: Uint8Array): Uint8Array<ArrayBuffer> | undefined;
/** The sealed text; nothing where the content is larger than its bounds or this is no code. The 16 bytes of salt are random, and never used twice. */
export declare function seal(content: Content, code: string, salt: Uint8Array): string | undefined;
/** What is in a sealed text. */
export declare function open(sealed: string, code: string): { content: Content } | { problem: Unopened };
/** Why a sealed text cannot be opened with any code; nothing where it may. */
export declare function unreadable(sealed: string): Unopened | undefined;
/** The squares of a QR code, row by row, one where dark; nothing where the text is too long for one that a phone can show. */
export declare function squares(text: string): { side: number; dark: Uint8Array } | undefined;
