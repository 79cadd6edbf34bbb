// @ts-check

export const en = {
  calendar: 'Put these dates in your calendar',
  calendarFile: (/** @type {string} */ trial) => `pre-screening-${trial}.ics`,
  until: (/** @type {string} */ trial) => `Pre-screening for ${trial}: the result holds until now`,
  from: (/** @type {string} */ trial) => `Pre-screening for ${trial}: check again from now on`,
  about: 'By time alone the result may be another after this. Only the study team decides who takes part.',

  attempt: 'What if an answer were different?',
  attemptHint: 'You can try another answer. Your own answers stay as they are.',
  pick: 'Which answer do you want to try differently?',
  picked: (/** @type {string} */ label, /** @type {string} */ value) => `${label}: ${value}`,
  tried: 'If that were your answer',
  same: 'The result would be the same.',
  now: 'Your answer now',
  then: 'The answer you tried',
  changed: 'What would change',
  another: 'Try another answer',
  back: 'Back to your result',

  otherwise: 'What stands in the way, and how far off it is',
  receipt: 'Receipt',
  receiptHint: 'Anyone with the same study file, answers and version of the check gets the same digest. It says nothing about you.',
  digest: 'Digest of this result',
  answersDigest: 'Digest of your answers',
  trialDigest: 'Digest of the study file',
};

/** @typedef {typeof en} AfterWords */
