// @ts-check

/** The words for notes. */
export const en = {
  heading: 'My notes',
  none: 'You have no notes yet. Press “Add note” below any part. Select words in it first, if the note is about those words.',
  private: 'Only you see these notes. They are on the printout, and in a link only if you tick them.',
  add: 'Add note',
  /** @param {string} what */
  about: (what) => ` about: ${what}`,
  /** @param {string} what */
  noteAbout: (what) => `Your note about: ${what}`,
  /** @param {number} number */
  mark: (number) => `Note ${number}`,
  save: 'Save the note',
  drop: 'Close without a note',
  remove: 'Delete this note',
  saved: 'The note is saved.',
  deleted: 'There is no such note any more.',
  allDeleted: 'All notes are deleted.',
  removeAll: 'Delete all notes',
  choose: 'Choose words to quote',
  select: 'Select words with Shift and the arrow keys, or by touch. They cannot be changed here.',
  use: 'Use these words',
  unquote: 'Remove the quote',
  lost: 'The text has changed since you wrote this.',
  export: 'Save as a file',
  fileName: 'notes.jsonld',
  keep: 'Keep my notes on this device',
  keepHint: 'Notes are gone when you close the page. If you keep them, others who use this device can read them.',
  unkeep: 'Do not keep them any more',
  kept: 'These notes are kept on this device for 90 days. Others who use it can read them.',
  notKept: 'This browser does not let the page keep anything.',
  /** @param {string} id */
  elsewhere: (id) => `Another part (${id})`,
};

/** @typedef {typeof en} NoteWords */
