// @ts-check
/** @import { Locale } from "../../pkg/trial_prescreen.js" */

/** The workshop's own words. What the engine finds it says itself. */
export const en = {
  /** @type {Locale} */
  locale: 'en',
  product: 'Trial workshop',
  skip: 'Skip to the workshop',
  about: ['For staff and site owners: from the text of a trial to a check that people can use.', 'It stores nothing and sends nothing.'],
  back: 'To the check itself',
  /** @param {string} engine */
  version: (engine) => `Version ${engine}`,
  loading: 'Loading…',
  failed: 'The workshop cannot run here',
  failedWhy: 'A part of it could not be loaded. A broken connection, an old browser, or a setting that turns off WebAssembly can cause this. Load the page again to try once more.',
  colon: ': ',
  wordless: 'This reading goes too deep, or holds signs that no sentence can, to be said in words: see the source and its parts.',
  severity: { error: 'Error', warning: 'Doubtful', note: 'Note' },
  /** @param {number} line @param {number} column */
  place: (line, column) => `line ${line}, column ${column}`,
  /** @param {number} count */
  more: (count) => `and ${count} more`,
  lists: { inclusion: 'Inclusion', exclusion: 'Exclusion' },

  views: { open: 'Open', reading: 'Reading', checks: 'Checks', attempt: 'Try it', compare: 'Compare' },
  bar: {
    label: 'Trial document',
    undo: 'Undo',
    redo: 'Redo',
    /** @param {string} what */
    undoWhat: (what) => `Undo: ${what}`,
    /** @param {string} what */
    redoWhat: (what) => `Redo: ${what}`,
    /** @param {string} what */
    undone: (what) => `Taken back: ${what}`,
    /** @param {string} what */
    redone: (what) => `Done again: ${what}`,
    save: 'Save as a file',
    /** @param {string} name */
    saved: (name) => `Saved as ${name}.`,
    unsaved: 'Not saved yet',
    safe: 'Saved',
  },

  open: {
    heading: 'Read a trial',
    lead: 'From a registry record, a criteria text in English or Chinese, or a saved trial document, to a check that people can try.',
    stays: 'Everything is read on this device and sent nowhere. It is kept only if you save it as a file.',
    paste: 'Text of the criteria, or a whole record',
    pasteHint: 'Paste the text with its headings, such as “Inclusion criteria”. You can also drop a file here.',
    read: 'Read it',
    file: 'Or a file',
    fileHint: 'A record of a registry in any of its formats, a text file, or a trial document (.json).',
    reading: 'Reading…',
    problem: 'This could not be read',
    refused: 'This could not be read. Nothing on the bench was changed.',
    /** @param {number} count */
    several: (count) => `The file holds ${count} trials. Choose one.`,
    /** @param {string} id @param {number} count */
    opened: (id, count) => `${id} is open, with ${count} criteria.`,
    /** @param {string} id */
    back: (id) => `Back to ${id}`,
  },

  reading: {
    heading: 'What was read',
    /** @param {{ all: number, read: number, partly: number, asked: number, investigator: number }} counts */
    counts: ({ all, read, partly, asked, investigator }) =>
      `${all} criteria: ${read} read whole, ${partly} in part, ${asked} asked word for word, ${investigator} for the investigator.`,
    /** @param {number} lines @param {number} lost */
    lines: (lines, lost) => (lost === 0 ? `Every one of ${lines} lines is accounted for.` : `${lost} of ${lines} lines belong to no criterion. Look at them.`),
    found: 'What was found on opening',
    study: 'Name and languages of the trial',
    id: 'Number or name of the trial',
    /** @param {string} language */
    title: (language) => `Title in ${language}`,
    languages: { en: 'English', 'zh-CN': 'Chinese' },
    apply: 'Apply',
    renamed: 'named the trial',
    status: 'How many of the criteria are public',
    statuses: { published: 'All of them', partial: 'Some of them', 'not-published': 'None of them' },
    filter: 'Show',
    filters: { all: 'All', doubt: 'Doubtful', asked: 'Asked word for word', read: 'Read', changed: 'Changed here' },
    none: 'There are none of these.',
    next: 'Show more',
    text: 'Text',
    meaning: 'Reading',
    roles: { heading: 'Heading', criterion: 'Criterion', nothing: 'Says nothing', lost: 'Belongs to no criterion' },
    field: 'From a field of the record',
    /** @param {string} id */
    toReading: (id) => `${id}: go to its reading`,
    /** @param {string} id */
    toText: (id) => `${id}: go to its text`,
    showText: 'Its text',
    states: { read: 'Read', partly: 'Read in part', asked: 'Asked word for word', investigator: 'The investigator decides' },
    changed: 'changed here',
    means: { inclusion: 'Must hold: ', exclusion: 'Rules out: ' },
    verbatim: 'Asked as it stands: ',
    settled: 'Was doubtful, and was settled here',
    who: 'Answered by: ',
    checks: 'Worth another look',
  },

  card: {
    correct: 'Correct',
    word: 'Word the question',
    split: 'Split',
    unread: 'Ask word for word',
    move: { inclusion: 'Move to the inclusion list', exclusion: 'Move to the exclusion list' },
    accept: 'Accept',
    suggestion: 'It may have said: ',
    did: {
      /** @param {string} id */
      corrected: (id) => `corrected ${id}`,
      /** @param {string} id */
      accepted: (id) => `accepted the suggestion for ${id}`,
      /** @param {string} id @param {number} count */
      split: (id, count) => `split ${id} into ${count}`,
      /** @param {string} id */
      unread: (id) => `${id} is asked word for word`,
      /** @param {string} id @param {string} list */
      moved: (id, list) => `moved ${id} to the list: ${list}`,
      /** @param {string} id */
      worded: (id) => `worded what ${id} asks`,
    },
  },

  edit: {
    apply: 'Apply',
    cancel: 'Leave it as it was',
    problem: 'This cannot be used yet',
    /** @param {string} id */
    correct: (id) => `Correct the reading of ${id}`,
    /** @param {string} id */
    split: (id) => `Split ${id}`,
    splitHint: 'Begin a new line where the next criterion begins. No word may be lost.',
    splitLabel: 'Its text, one criterion a line',
    splitLost: 'The words are not those of the criterion any more. Only line breaks can be added.',
    splitOne: 'Begin a new line where the next criterion begins.',
    /** @param {string} id */
    word: (id) => `What ${id} asks`,
    words: 'In other words',
    wordsHint: 'Write the criterion as it should have been written, and have it read. The source keeps its own words.',
    readWords: 'Read these words',
    understood: 'Read. Look at the form before you apply it.',
    notUnderstood: 'These words were not understood either. The reading stays as it was.',
    form: 'As a form',
    json: 'As JSON',
    jsonLabel: 'Expression',
    jsonHint: 'The form of the trial document. The engine looks it over when you apply it.',
    jsonFirst: 'This is not JSON yet. Correct it before you go back to the form.',
    who: 'Who can answer it',
    whoHint: 'None ticked: whoever its questions are for.',
    respondents: { patient: 'The person', caregiver: 'Someone who cares for the person', staff: 'Staff', record: 'The record', investigator: 'The investigator' },
    stage: 'When it is checked',
    stages: { prescreen: 'Before consent', screening: 'At the screening visit', 'day-0': 'On the day of the first dose' },
    kind: 'What it is',
    kinds: {
      allOf: 'All of these', anyOf: 'Any of these', atLeast: 'At least some of these', not: 'Not this', when: 'If one thing, then another',
      compare: 'A value', present: 'There or not there', elapsed: 'Time since', isOneOf: 'One of several codes', change: 'A change over time',
      judgement: 'The investigator decides', unread: 'Asked word for word',
    },
    count: 'How many of them',
    condition: 'If this',
    then: 'then this',
    part: 'Part',
    /** @param {number} n */
    partN: (n) => `Part ${n}`,
    add: 'Add a part',
    /** @param {number} n */
    remove: (n) => `Remove part ${n}`,
    subject: 'What it is about',
    subjectHint: 'A term of the vocabulary, or your own words.',
    /** @param {string} id */
    known: (id) => `A term of the vocabulary: ${id}`,
    own: 'In your own words: it is asked, and compared as it is typed.',
    low: 'At least',
    high: 'At most',
    sign: 'Sign',
    lowSigns: { '': 'no lower limit', '>=': '≥ at least', '>': '> more than' },
    highSigns: { '': 'no upper limit', '<=': '≤ at most', '<': '< less than' },
    value: 'Number',
    unit: 'Unit',
    values: 'Codes, with commas between them',
    status: 'When',
    statuses: { current: 'now', history: 'now or before', planned: 'planned', any: 'now, before or planned' },
    window: 'Only within a stretch of time',
    anchor: 'Counted from',
    anchors: { 'as-of': 'the day of the check', consent: 'consent', screening: 'the screening visit', randomization: 'randomization', 'first-dose': 'the first dose', onset: 'the onset' },
    from: 'From',
    to: 'To',
    lengthHint: 'For example -14 d, -3 mo, 0 d. Before is negative.',
    select: 'Which result counts',
    selects: { latest: 'the latest', any: 'any', all: 'all', max: 'the highest', min: 'the lowest', mean: 'the mean' },
    lasting: 'Only if it has gone on for so long without a break',
    routes: 'Only if it is given in some ways and not in others',
    ways: 'Given in one of these ways',
    waysHint: 'None ticked: any way counts.',
    routeNames: {
      oral: 'By mouth', sublingual: 'Under the tongue', intravenous: 'Into a vein', intramuscular: 'Into a muscle', subcutaneous: 'Under the skin',
      transdermal: 'As a patch', rectal: 'Into the rectum', inhaled: 'Inhaled', nasal: 'Into the nose', topical: 'On the skin', ophthalmic: 'Into the eye',
      otic: 'Into the ear', vaginal: 'Into the vagina', 'intra-articular': 'Into a joint', intrathecal: 'Into the spinal canal',
    },
    direction: 'Which way it changed',
    directions: { rise: 'up', fall: 'down', either: 'up or down' },
    within: 'Between two points no further apart than',
    withinHint: 'For example 14 d or 3 mo. Empty: however far apart they are.',
    text: 'Text',
    rest: 'Other parts of it, as JSON',
    ask: { patient: 'To the person', caregiver: 'To someone who cares for the person', staff: 'To staff', short: 'In a list', why: 'Why it is asked', place: 'Where to find the answer', hint: 'Hint' },
    /** @param {string} key */
    question: (key) => `Question: ${key}`,
    inResult: 'Its words in lists and results',
    criterion: { full: 'The whole criterion, translated', short: 'In a list', patient: 'What it means, for the person' },
    noQuestion: 'Nothing is asked for it.',
  },

  checks: {
    heading: 'What to look at again',
    lead: 'What the engine finds in the document as it stands.',
    none: 'Nothing was found.',
    run: 'Look it over',
    slow: 'The document is large: this can take a while.',
    /** @param {string} id */
    to: (id) => `Go to ${id}`,
  },

  attempt: {
    heading: 'Try it as a person',
    lead: 'This is the check that people see, with the document as it stands. What you answer here is kept nowhere.',
  },

  compare: {
    heading: 'Compare two versions',
    lead: 'Choose the other version of this trial: a saved trial document, or the record or text of an amendment.',
    paste: 'Text or record of the other version',
    file: 'Or a file',
    read: 'Compare',
    another: 'Choose another one',
    /** @param {string} before @param {string} after */
    between: (before, after) => `From ${before} to ${after}`,
    here: 'the document here',
    pasted: 'the pasted text',
    turn: 'Turn it round',
    same: 'The two versions ask the same.',
    /** @param {{ added: number, removed: number, changed: number, unclear: number, reread: number, reworded: number, moved: number, same: number }} counts */
    counts: ({ added, removed, changed, unclear, reread, reworded, moved, same }) =>
      `${added} added, ${removed} removed, ${changed} changed in meaning, ${unclear} reworded and not computed, ${reread} read otherwise, ${reworded} reworded with the same meaning, ${moved} moved, ${same} the same.`,
    kinds: { added: 'Added', removed: 'Removed', changed: 'Changed in meaning', unclear: 'Reworded: whether it means the same, people must say', reread: 'The same words, read otherwise', reworded: 'Reworded, the same meaning', same: 'The same' },
    moved: { list: 'moved to the other list', place: 'moved within its list' },
    before: 'Before',
    after: 'After',
    none: 'nothing',
    excluded: 'not including',
    effects: { wider: 'more people fit', narrower: 'fewer people fit', either: 'other people fit' },
    parts: { low: 'lower limit', high: 'upper limit', window: 'stretch of time', select: 'which result counts', values: 'codes', status: 'when', lasting: 'how long', routes: 'how it is given', within: 'within', direction: 'direction', text: 'text', count: 'how many of them', there: 'condition' },
    /** @type {Record<string, string>} */
    facts: { status: 'how many of the criteria are public', sex: 'sex', minimumAge: 'minimum age', maximumAge: 'maximum age', healthyVolunteers: 'healthy volunteers', cohorts: 'cohorts' },
    study: 'The trial itself',
    showSame: 'Criteria that are the same',
    /** @type {Record<string, string>} */
    also: { stage: 'when it is checked', retest: 'whether it may be tried again', cohorts: 'the cohorts it holds for', answerableBy: 'who can answer it' },
    alsoLabel: 'Also changed: ',
    comma: ', ',
  },
};

/** @typedef {typeof en} Words */
