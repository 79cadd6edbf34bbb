// @ts-check

/** The words of the list of trials. */
export const en = {
  title: 'Find a study',
  lead: 'These are the studies that this site knows. Look through them, or let the site ask you which of them might fit.',
  private: 'What you type and choose stays on this device. Nothing is sent.',
  watch: 'Tell me when studies are new or change',
  decides: 'A study on this list is not advice to take part. Only the study team can decide who may take part.',
  skip: 'Skip to the list of studies',
  loading: 'Loading the list…',
  failed: 'The list could not be loaded. A slow or broken connection can cause this.',
  again: 'Try again',
  search: 'Search',
  searchHint: 'An illness, a medicine, a company or a study number. English or Chinese.',
  filters: 'Filters',
  condition: 'Illness',
  phase: 'Phase',
  status: 'State',
  country: 'Country',
  age: 'Age in years',
  ageHint: 'Studies for other ages are left out.',
  ageWrong: 'Write the age in whole years, such as 64. Until then it is not used.',
  any: 'Any',
  clear: 'Clear search and filters',
  list: 'Studies',
  /** @param {number} count @param {number} all */
  count: (count, all) => (count === all ? (all === 1 ? '1 study' : `All ${all} studies`) : `${count} of ${all} studies`),
  /** @param {number} unsure */
  unsure: (unsure) => (unsure === 1 ? '1 of them does not say all that you filter by.' : `${unsure} of them do not say all that you filter by.`),
  empty: 'No study here fits what you typed and chose',
  emptyHelp: 'Try fewer words, take a filter back, or show all studies again. A doctor can also look in the registries: ClinicalTrials.gov, and chinadrugtrials.org.cn for China.',
  showAll: 'Show all studies',
  read: 'About this study',
  check: 'Check if it may fit you',
  ages: 'Ages',
  sex: 'Sex',
  number: 'Number',
  which: 'Which of these might fit me?',
  whichText: 'One check for all studies in the list. Each thing is asked once.',
  /** @param {number} count */
  whichButton: (count) => (count === 1 ? 'Check this study' : `Check all ${count} together`),
};

/** @typedef {typeof en} FindWords */
