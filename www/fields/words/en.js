// @ts-check

/** The words of fields, of units, and of what is wrong with an answer. */
export const en = {
  number: {
    result: 'Result',
    unit: 'Unit',
    unitHint: 'As printed next to the number.',
    /** @param {string} unit */
    unitBefore: (unit) => `A result before this one was in ${unit}.`,
    range: 'I only know about how much',
    rangeHint: 'Leave the number above empty and enter the smallest and the largest it could be.',
    from: 'From',
    to: 'to',
    upper: 'Upper limit of normal',
    upperHint: 'The second number of the range beside the result, such as 40 in 7–40; leave it empty if none is printed.',
    on: 'Date of this result, if you know it',
    onHint: 'Leave the day or the month empty if you do not know it.',
    /** @param {string} day */
    sameDay: (day) => `Same day as before: ${day}`,
  },

  date: {
    date: 'Date',
    day: 'Day',
    month: 'Month',
    year: 'Year',
    hint: 'For example 27 3 2026; leave the day or the month empty if you do not know it.',
    ago: 'I only know about how long ago',
    agoHint: 'Leave the date above empty.',
    count: 'About',
    unit: 'Days, weeks, months or years',
    choose: 'Choose',
    ofUnit: { day: 'days ago', week: 'weeks ago', month: 'months ago', year: 'years ago' },
  },

  course: {
    now: 'Yes, now',
    past: 'In the past, and no longer',
    never: 'No, never',
    neverYet: 'It has never happened',
    from: 'Since when, without a break, if you know it',
    until: 'Until when',
    untilHint: 'Leave it empty if it is still so.',
    route: 'How it is given',
    planned: 'Is it planned? (optional)',
  },

  onset: {
    basis: 'How is the time known?',
    seen: 'Someone was there when it began',
    seenHint: 'Enter the time when it began.',
    lastKnownWell: 'It was found later, or the person woke up with it',
    lastKnownWellHint: 'Enter the last time when the person was known to be well.',
    today: 'Today',
    yesterday: 'Yesterday',
    time: 'Time, from 0:00 to 23:59',
    timeHint: 'Leave it empty if only the day is known.',
    hour: 'Hour',
    minute: 'Minute',
    /** @param {string} zone @param {string} offset */
    zone: (zone, offset) => `Times are local times in ${zone} (${offset}).`,
    clockChange: 'The clocks were changed at this time. Which one is meant?',
  },

  doses: {
    /** @param {number} n */
    row: (n) => `Medicine ${n}`,
    medicine: 'Name',
    choose: 'Choose a medicine',
    amount: 'Dose a day in mg',
    amountHint: 'Add up all tablets or infusions of one day.',
    add: 'Add another medicine',
    remove: 'Remove',
    none: 'None of these medicines',
  },

  drinks: {
    /** @param {number} n */
    row: (n) => `Drink ${n}`,
    kind: 'Kind',
    choose: 'Choose a drink',
    beer: 'Beer',
    wine: 'Wine',
    spirits: 'Spirits',
    baijiu: 'Baijiu',
    other: 'Another drink',
    volume: 'Size of one glass or bottle in mL',
    strength: 'Strength in % alcohol',
    count: 'How many of them',
    per: 'in a usual',
    choosePer: 'Choose',
    day: 'day',
    week: 'week',
    month: 'month',
    add: 'Add another drink',
    remove: 'Remove',
    none: 'No alcohol',
  },

  checklist: {
    hint: 'Tick all that apply.',
    none: 'None of these',
    notSure: 'I am not sure about the ones I did not tick',
    notInChart: 'Not in the chart: the ones not ticked',
    declined: 'I prefer not to say about the ones I did not tick',
    declinedByStaff: 'The person prefers not to say: the ones not ticked',
  },

  /** @type {Record<string, string>} Units as people see them, where the document's code differs. */
  units: {
    y: 'years',
    mo: 'months',
    wk: 'weeks',
    d: 'days',
    'mL/min/1.73m2': 'mL/min/1.73 m²',
    'umol/L': 'µmol/L',
    'ukat/L': 'µkat/L',
    'ug/L': 'µg/L',
    'mg/d': 'mg a day',
  },

  /** @type {Record<string, string>} By the engine's code, or by code and field. */
  errors: {
    'no-answer': 'Choose or enter an answer, or choose “I am not sure”',
    'no-answer choice': 'Choose an answer',
    'no-answer checked': 'Tick what applies, or choose “None of these”',
    'no-answer value': 'Enter a number, or choose “I am not sure”',
    'no-answer low': 'Enter the smallest it could be',
    'no-answer high': 'Enter the largest it could be',
    'no-answer date': 'Enter the date as far as you know it, or choose “I am not sure”',
    'no-answer offset': 'Choose which of the two times is meant',
    'no-answer basis': 'Choose how the time is known',
    'no-answer medicine': 'Choose the medicine',
    'no-answer amount': 'Enter the dose a day in mg',
    'no-answer volume': 'Enter the size of one drink in mL',
    'no-answer strength': 'Enter the strength in %',
    'no-answer count': 'Enter how many drinks',
    'no-answer unit': 'Choose days, weeks, months or years',
    'no-answer per': 'Choose a day, a week or a month',
    'bad-number': 'Write the number in digits and with a point, such as 42 or 4.5',
    'bad-number ago': 'Write how long ago in whole numbers, such as 3',
    'bad-number upperLimit': 'Write the upper limit in digits, such as 40, or leave it empty',
    'missing-unit': 'Choose the unit printed next to the number',
    'incomparable-unit': 'Choose one of the units shown',
    'bad-date': 'Enter a date that exists, such as 27 3 2026',
    'bad-date ago': 'Enter the date, or how long ago it was: leave one of them empty',
    'bad-date time': 'Enter a time between 0:00 and 23:59',
    'future-date': 'This is in the future. Enter a date that has passed',
    'future-date time': 'This is in the future. Enter a time that has passed',
    'empty-range until': 'The last day is before the first one. Correct whichever is wrong',
    'empty-range': 'The first number is larger than the second. Enter the smaller one first',
    other: 'This answer could not be read. Change it, or choose “I am not sure”',
  },
};

/** @typedef {typeof en} FieldWords */
