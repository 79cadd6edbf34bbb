// @ts-check

/** The words of a check for several trials at once. */
export const en = {
  heading: 'Which of these studies might fit you?',
  /** @param {number} count */
  about: (count) => `This check asks for ${count} studies at once. Each thing is asked once, and a study that is ruled out is not asked about any more.`,
  studies: 'The studies',
  result: 'What your answers mean for each study',
  lead: 'This compares your answers with what is published of each study. Only the study teams decide who can take part.',
  groups: {
    'may-fit': 'You may be able to take part',
    'cannot-tell': 'We cannot tell yet',
    'not-now': 'Probably not a fit right now',
  },
  none: 'No study here fits your answers right now. That can change: a doctor knows about other studies and other help.',
  find: 'To find out:',
  team: 'What the study team will check',
  goOn: 'Go on with this study',
  goOnHint: 'Your answers are taken along, and only what is still missing is asked.',
  read: 'About this study',
  alone: 'You are checking one study',
  back: 'Back to all studies',
};

/** @typedef {typeof en} SeveralWords */
