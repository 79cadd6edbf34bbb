// @ts-check
/** @import { Locale } from "../pkg/check.js" */

import { yearsOf } from '../terms/terms.js';

/** @typedef {Record<string, string>} Localized */
/**
 * What the list says of one trial, as it stands in the trial's document.
 * @typedef {object} Listed
 * @property {string} id
 * @property {{ registry: string, value: string }[]} [identifiers]
 * @property {Localized} title
 * @property {Localized} [overview]
 * @property {Localized[]} [conditions]
 * @property {Localized[]} interventions
 * @property {Localized} [sponsor]
 * @property {string[]} [phases]
 * @property {string} [status]
 * @property {Localized[]} countries
 * @property {string} [minimumAge]
 * @property {string} [maximumAge]
 * @property {string} [sex]
 * @property {"published" | "partial" | "not-published"} criteria
 */

/**
 * What is looked for; empty where it does not matter. A condition and a country are named by their English words.
 * @typedef {object} Wanted
 * @property {string} words
 * @property {string} condition
 * @property {string} phase
 * @property {string} status
 * @property {string} country
 * @property {number | undefined} age
 */

/** @type {Wanted} */
export const ANYTHING = { words: '', condition: '', phase: '', status: '', country: '', age: undefined };

/**
 * The trials that may be meant. Silence is no "no": a trial that does not say what is filtered by stays, as unsure.
 * @param {Listed[]} trials
 * @param {Wanted} wanted
 * @returns {{ trial: Listed, unsure: boolean }[]}
 */
export function fitting(trials, wanted) {
  const tokens = folded(wanted.words).split(/[\s,，、;；]+/u).filter(Boolean);
  return trials.flatMap((trial) => {
    const text = textOf(trial);
    if (!tokens.every((token) => text.includes(token))) return [];
    const answers = [
      among(wanted.condition, (trial.conditions ?? []).map(named)),
      among(wanted.phase, trial.phases ?? []),
      among(wanted.status, trial.status ? [trial.status] : []),
      among(wanted.country, trial.countries.map(named)),
      ofAge(wanted.age, trial),
    ];
    return answers.includes('no') ? [] : [{ trial, unsure: answers.includes('unsure') }];
  });
}

/** @typedef {"yes" | "no" | "unsure"} Fits */

/**
 * @param {string} wanted
 * @param {string[]} said
 * @returns {Fits}
 */
function among(wanted, said) {
  if (!wanted || said.includes(wanted)) return 'yes';
  return said.length > 0 ? 'no' : 'unsure';
}

/**
 * @param {number | undefined} age in completed years: an upper limit of 75 years ends with the 76th birthday
 * @param {Listed} trial
 * @returns {Fits}
 */
function ofAge(age, { minimumAge, maximumAge }) {
  if (age === undefined) return 'yes';
  const [low, high] = [yearsOf(minimumAge), yearsOf(maximumAge)];
  if ((low !== undefined && age + 1 <= low) || (high !== undefined && age >= Math.floor(high) + 1)) return 'no';
  return low === undefined && high === undefined ? 'unsure' : 'yes';
}

/** @param {Localized} localized */
export function named(localized) {
  return localized.en ?? Object.values(localized)[0] ?? '';
}

/** All words of a trial, in every language. @param {Listed} trial */
function textOf({ id, identifiers = [], title, overview = {}, conditions = [], interventions, sponsor = {} }) {
  const localized = [title, overview, sponsor, ...conditions, ...interventions].flatMap((text) => Object.values(text));
  return folded([id, ...identifiers.map(({ value }) => value), ...localized].join(' '));
}

/** @param {string} text */
function folded(text) {
  return text.normalize('NFKD').replace(/\p{Mn}/gu, '').toLowerCase();
}

/**
 * The values that a filter can take, each once, in the order of the language.
 * @param {Listed[]} trials
 * @param {(trial: Listed) => [value: string, label: string][]} of
 * @param {Locale} locale
 */
export function choices(trials, of, locale) {
  const all = new Map(trials.flatMap(of));
  return [...all].sort(([, a], [, b]) => a.localeCompare(b, locale));
}
