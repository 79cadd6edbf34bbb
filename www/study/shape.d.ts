import type { TrialDocument } from "../pkg/check.js";

type Localized = Record<string, string>;

/** What the page of a trial shows of its document; the whole shape is in `trial-prescreen-1.schema.json`. */
export interface Study extends TrialDocument {
  acronym?: string;
  identifiers?: { registry: string; value: string }[];
  studyType?: string;
  design?: { allocation?: string; masking?: string; arms?: { type: string; label: Localized; description?: Localized }[] };
  interventions?: { type: string; name: Localized; dosageForm?: Localized; strength?: string }[];
  enrollment?: number;
  startDate?: string;
  completionDate?: string;
  description?: Localized;
  approvals?: {
    regulator: Localized;
    applicationType?: string;
    acceptanceNumber?: string;
    acceptedOn?: string;
    noticeNumber?: string;
    decidedOn?: string;
    indication?: Localized;
    conclusion?: Localized;
  }[];
  sites?: Site[];
  faqs?: { question: Localized; answer: Localized }[];
}

export interface Site {
  name: Localized;
  city?: Localized;
  country?: Localized;
  coordinates?: [string, string];
  status?: string;
}
