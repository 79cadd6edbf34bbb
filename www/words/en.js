// @ts-check
/** @import { Locale } from "../pkg/check.js" */

/** The page's own words; what depends on a trial or an answer is worded by the engine. */
export const en = {
  /** @type {Locale} */
  locale: 'en',
  direction: 'ltr',
  product: 'Trial Pre-screen',
  errorTitle: 'Error: ',
  skip: 'Skip to the check',
  allStudies: 'All studies',
  aboutPage: [
    'This page does not decide anything. Only the study team can decide who may take part.',
    'It is not medical advice and not a way to apply. It keeps and sends none of your answers unless you ask for it.',
  ],
  offline: {
    kept: 'This page is kept on this device and opens without a network too. Your answers are not kept.',
    newer: 'A newer version of this page is ready.',
    use: 'Use it now',
  },
  /** @param {string} engine */
  version: (engine) => `Version ${engine}`,
  otherLanguage: 'The English words of this study are missing or out of date. The check is shown in Chinese.',
  sentence: ' ',
  /** @param {number} count */
  brackets: (count) => ` (${count})`,

  start: {
    heading: 'Check if this study may be right for you',
    loading: 'Loading the study…',
    slow: 'This is taking longer than usual. You can wait a little or load the page again.',
    emergencyTitle: 'Is this an emergency?',
    emergency:
      'If somebody is very ill right now, or if symptoms are getting worse, call your emergency number now: 120 in mainland China, 112 in Europe, 911 in the US.',
    notFirst: 'Do not fill in this page first.',
    about: 'What the study is about',
    who: 'Who the study is for',
    conditions: 'Illness',
    ages: 'Age',
    /** @param {string} from @param {string} to */
    between: (from, to) => `${from} to ${to}`,
    /** @param {string} from */
    atLeast: (from) => `${from} or older`,
    /** @param {string} to */
    atMost: (to) => `${to} or younger`,
    sex: 'Sex',
    places: 'Where',
    sexes: { FEMALE: 'Women', MALE: 'Men' },
    limits: 'There are more conditions. The questions go through them.',
    beforeTitle: 'Before you start',
    before: [
      'The check takes about 5 minutes. There is no time limit.',
      'It helps to have at hand: when the symptoms began, a list of all medicines, the latest blood test results and hospital letters.',
      'You can answer “I am not sure” to any question.',
    ],
    decides: [
      'The check compares your answers with the published conditions of the study. Only the study team decides who can take part.',
      'It is not medical advice. Do not stop or change any treatment because of it.',
    ],
    stays: 'Your answers stay on this device. Nothing you enter leaves this page unless you send it yourself. Nothing is kept when you close it unless you ask for it.',
    airplane: 'You can turn on airplane mode now: the check still works.',
    sendsNothing: 'This check itself sends nothing and keeps nothing. The website around it may record what you do on it.',
    exposed: 'The website around this check can read your answers and the result.',
    exit: 'The button “Leave quickly” is on every screen after this one. It deletes your answers and opens another website.',
    button: 'Start now',
    /** @param {string} date */
    dated: (date) => `Study information of ${date}`,
    source: 'Source:',
    partial: 'Not all conditions of this study are published. The check covers the published ones.',
    unpublished: 'The conditions of this study are not published.',
    another: 'Open a trial file or a shared check',
    anotherHint: 'Choose a trial document (.json) or a shared check (.tpseal) on this device. It is read here and sent nowhere.',
    file: 'File',
    /** @param {string} name */
    opened: (name) => `${name} is open.`,
    /** @param {string} name */
    refused: (name) => `${name} could not be opened. The study shown above is still the former one.`,
    /** @param {number} line @param {number} column */
    place: (line, column) => `line ${line}, column ${column}`,
    kept: 'You kept a check on this device.',
    openKept: 'Open it with your code',
    cleared: 'Your answers are deleted. You can close this page.',
  },

  who: {
    heading: 'Who is this check for?',
    patient: 'For myself',
    caregiver: 'For someone I care for',
    staff: 'I work at a trial site',
    staffHint: 'The questions use medical terms and expect the chart at hand.',
    choose: 'Choose who this check is for',
  },

  question: {
    exit: 'Leave quickly',
    trying: 'This is only a try. Your answers stay as they are.',
    prefilled: 'The website has filled this in. Check it before you go on.',
    back: 'Back',
    /** @param {number} n */
    number: (n) => `Question ${n}`,
    /**
     * @param {number} about
     * @param {number} most
     */
    left: (about, most) => {
      if (most === 0) return 'the last one';
      if (about === 0) return `perhaps the last one, no more than ${most} after this`;
      return about < most ? `about ${about} after this, no more than ${most}` : `no more than ${most} after this`;
    },
    yes: 'Yes',
    no: 'No',
    or: 'or',
    notSure: 'I am not sure',
    notInChart: 'Not in the chart',
    declined: 'I prefer not to say',
    declinedByStaff: 'The person prefers not to say',
    continue: 'Continue',
    why: 'Why we ask',
    where: 'Where to find it',
    problem: 'There is a problem',
    error: 'Error:',
  },

  doubt: {
    heading: 'Is that right?',
    /** @param {string} label @param {string} value */
    entered: (label, value) => `You entered: ${label}: ${value}.`,
    unusual: 'This is unusual. It may be a typing mistake or another unit.',
    keep: 'Yes, keep it',
    change: 'Change it',
  },

  stop: {
    heading: 'From this answer, this study is probably not a fit right now',
    why: 'Why',
    on: 'You can stop here, or answer the rest: it can help when you talk with the study team or your doctor.',
    change: 'Change this answer',
    goOn: 'Answer the rest anyway',
    result: 'See the result',
  },

  review: {
    heading: 'Check your answers',
    open: 'Things to find out',
    openHint: 'You were not sure about these. You can go on without them, or change them when you know.',
    answers: 'Your answers',
    none: 'There are no answers yet.',
    change: 'Change',
    submit: 'See what this means',
  },

  result: {
    next: 'What to do next',
    find: 'What you can find out',
    where: 'Where:',
    team: 'What the study team will check',
    against: 'What speaks against it',
    open: 'Conditions still open',
    fine: 'Conditions that fit',
    /** @param {string} item */
    item: (item) => `Study document: ${item}`,
    needed: 'What would settle it:',
    basedOn: 'Based on your answers:',
    dates: 'Dates to know',
    answers: 'Your answers',
    answer: 'Answer this now',
    print: 'Print or save',
    over: 'Start over',
    contact: 'Contact of the study',
    write: 'Contact the study team',
    watch: 'Tell me about other studies',
  },

  further: {
    missing: 'This part could not be loaded',
    still: 'Nothing you entered is lost. Go back, and try again when there is a network.',
  },

  clear: {
    heading: 'Delete your answers?',
    body: 'This removes everything you entered from this page. It cannot be undone.',
    yes: 'Delete and start over',
    no: 'Keep my answers',
    button: 'Clear and start over',
  },

  problem: {
    heading: 'The check cannot run here',
    engine: 'A part of the check could not be loaded. A slow or broken connection, or a setting of this browser or network, can cause this.',
    browser: 'This browser is too old, or a setting in it turns off WebAssembly, which the check needs. A newer browser on any phone or computer will do.',
    trial: 'The information about the study could not be loaded.',
    document: 'The file with the information about the study is damaged or made for a newer version.',
    failure: 'Something in the check broke while it was working. Nothing was decided about you.',
    safe: 'Nothing was sent. This says nothing about whether you can take part.',
    still: 'What still works',
    stillCan: 'You can ask the study team directly, or show the study number to your doctor.',
    again: 'Try again',
    details: 'Details for the people who run this page',
  },

  notes: 'My notes',

  help: {
    emergency: 'Very ill right now, or symptoms getting worse? Call your emergency number now.',
  },

  /** @type {Record<string, string>} The units of ages in registries. */
  ageUnits: { Year: 'year', Years: 'years', Month: 'month', Months: 'months', Week: 'week', Weeks: 'weeks', Day: 'day', Days: 'days' },

};

/** @typedef {typeof en} Words */
