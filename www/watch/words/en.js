// @ts-check

/** The words of the list of studies that is watched. */
export const en = {
  offer: {
    heading: 'Tell me about other studies',
    lead: 'New studies come, and the conditions of others change. This page can tell you what is new when you open it again.',
    keeps: 'For that it keeps the studies of this site on this device, as they are today. It keeps nothing about you.',
    seen: 'Others who use this device can see that the list is kept.',
    asks: 'Nobody is told. The page compares the studies on your device when you open it.',
    button: 'Keep the list on this device',
    failed: 'The list could not be kept. The browser may not let this page keep anything, or there is no network.',
  },

  report: {
    heading: 'What is new in the studies',
    skip: 'Skip to what is new',
    /** @param {string} day */
    since: (day) => `Compared with ${day}, when you last looked.`,
    nothing: 'Nothing has changed.',
    failed: 'The studies could not be loaded. Try again when there is a network. Your list is still there.',
    unreadable: 'This study could not be read.',
    fresh: 'New studies',
    changed: 'Changed studies',
    gone: 'No longer on this site',
    open: 'About this study',
    check: 'Check this study',
    /** @param {string} before @param {string} now */
    status: (before, now) => `Status: ${now} (it was: ${before})`,
    newCondition: 'New condition:',
    goneCondition: 'No longer a condition:',
    changedCondition: 'Changed condition:',
    /** @param {string} text */
    was: (text) => `It was: ${text}`,
    same: 'The words are the same. The way it is checked has changed.',
    noConditions: 'The conditions are the same. Other details have changed.',
    you: 'What it means for your answers',
    sameOutcome: 'For the other studies your answers lead to the same result as before.',
    allSame: 'For every study your answers lead to the same result as before.',
    unlock: 'You keep answers on this device, locked with a code. Enter the code, and the page says what is new for them. They stay locked and are sent nowhere.',
    without: 'Your answers are not here, so the page cannot say what this means for you. Do the check of a study to find out.',
    /** @param {string} before @param {string} now */
    turned: (before, now) => `Now: ${now}. Before: ${before}.`,
    /** @param {string} now */
    first: (now) => `New study: ${now}.`,
    causes: { document: 'The study has changed.', time: 'The study is the same. Time has passed.' },
    decides: 'Only the study team can decide who takes part.',
    read: 'I have read this',
    readHint: 'Press “I have read this”, and next time the page compares with today.',
    stop: 'Stop and delete the list',
    kept: 'The list is kept on this device. Open this page again at any time to see what is new.',
  },

  stopped: {
    heading: 'The list is deleted',
    body: 'This page no longer compares, and nothing of the list is left on this device.',
    failed: 'The list could not be deleted. You can delete it in the settings of the browser, with the data of this site.',
  },

  notice: {
    /** @param {number} count */
    news: (count) => (count === 1 ? 'There is news of one study since you last looked.' : `There is news of ${count} studies since you last looked.`),
    see: 'See what is new',
  },
};

/** @typedef {typeof en} WatchWords */
