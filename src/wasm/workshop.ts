/** A rule in the form of the trial document; its full shape is in `trial-prescreen-1.schema.json`. */
export type Expression = Record<string, unknown>;

/** A criterion as it stands in a trial document. Spans count UTF-16 units of the text that was read. */
export interface Criterion {
  id: string;
  category: "inclusion" | "exclusion";
  text: Record<string, { full: string; short: string; patient: string }>;
  source: { document: string; item: string; span?: { start: number; end: number } };
  cohorts?: string[];
  answerableBy?: Respondent[];
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

/** What the author of a trial document should look at again, and what keeps it from being read. */
export declare function lint(data: string | Uint8Array): Diagnostic[];
