// @ts-check

/** What registries call things, in plain words. What stands in no table is shown as it is. */
export const en = {
  notStated: 'Not stated',
  /** @type {Record<string, string>} */
  phases: { EARLY_PHASE1: 'Early phase 1', PHASE1: 'Phase 1', PHASE2: 'Phase 2', PHASE3: 'Phase 3', PHASE4: 'Phase 4', NA: 'Without phases' },
  /** @type {Record<string, string>} */
  statuses: {
    RECRUITING: 'Looking for people', NOT_YET_RECRUITING: 'Not looking for people yet', ENROLLING_BY_INVITATION: 'By invitation only',
    ACTIVE_NOT_RECRUITING: 'Running, takes nobody new', COMPLETED: 'Finished', SUSPENDED: 'Paused', TERMINATED: 'Stopped early',
    WITHDRAWN: 'Withdrawn before it began', UNKNOWN: 'Not known',
  },
  /** @type {Record<string, string>} */
  types: { INTERVENTIONAL: 'Tests a treatment', OBSERVATIONAL: 'Watches only', EXPANDED_ACCESS: 'Gives a drug outside a trial' },
  /** @type {Record<string, string>} */
  allocations: { RANDOMIZED: 'Chance decides who is in which group', NON_RANDOMIZED: 'Not by chance', NA: 'One group' },
  /** @type {Record<string, string>} */
  maskings: {
    NONE: 'Everyone knows what is given', SINGLE: 'One side does not know what is given', DOUBLE: 'Neither the people nor their doctors know what is given',
    TRIPLE: 'Neither the people, their doctors nor those who judge know', QUADRUPLE: 'Nobody involved knows what is given',
  },
  /** @type {Record<string, string>} */
  arms: {
    EXPERIMENTAL: 'Gets what is tested', PLACEBO_COMPARATOR: 'Gets a dummy (placebo)', ACTIVE_COMPARATOR: 'Gets another treatment',
    SHAM_COMPARATOR: 'Gets a sham treatment', NO_INTERVENTION: 'Gets nothing extra', OTHER: 'Another group',
  },
  /** @type {Record<string, string>} */
  interventions: {
    BIOLOGICAL: 'Biological medicine', DRUG: 'Medicine', DEVICE: 'Device', PROCEDURE: 'Procedure', BEHAVIORAL: 'Behaviour', RADIATION: 'Radiation',
    GENETIC: 'Gene therapy', DIETARY_SUPPLEMENT: 'Food supplement', DIAGNOSTIC_TEST: 'Test', COMBINATION_PRODUCT: 'Combination', OTHER: 'Other',
  },
  /** @type {Record<string, string>} */
  sexes: { ALL: 'Any', FEMALE: 'Women', MALE: 'Men' },
  /** Whose conditions are public. */
  criteria: {
    published: 'All conditions for taking part are published',
    partial: 'Some of the conditions for taking part are published',
    'not-published': 'The conditions for taking part are not published',
  },
};

/** @typedef {typeof en} Terms */
