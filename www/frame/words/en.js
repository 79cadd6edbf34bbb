// @ts-check

/** What stands in the frame around the check. */
export const en = {
  /** @param {string} host */
  about: (host) => `This check comes from ${host}. The website around it cannot see what you type here.`,
  alone: {
    heading: 'This page is made to be part of another website',
    body: 'Opened by itself it does not run the check. The check has a page of its own.',
    /** @param {string} study */
    one: (study) => `Go to the check of study ${study}`,
    several: 'Go to the check of these studies',
  },
};

/** @typedef {typeof en} Words */
