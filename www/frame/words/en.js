// @ts-check

/** What stands in the frame around the check. */
export const en = {
  /** @param {string} host */
  about: (host) => `This check comes from ${host}. The website around it cannot see what you type here.`,
};

/** @typedef {typeof en} Words */
