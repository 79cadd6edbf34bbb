// @ts-check

/**
 * Something that happens on a day or at a minute.
 * @typedef {object} Entry
 * @property {string} id  the same for the same entry, whenever it is written
 * @property {string} at  `2026-03-18`, or `2026-03-18T08:05+08:00`
 * @property {string} summary
 * @property {string} description
 */

/**
 * A calendar file (RFC 5545) that any calendar opens.
 * @param {Entry[]} entries
 * @param {string} written the moment of writing, with its offset
 */
export function calendarFile(entries, written) {
  const lines = [
    'BEGIN:VCALENDAR',
    'VERSION:2.0',
    'PRODID:-//trial-prescreen//check//EN',
    ...entries.flatMap(({ id, at, summary, description }) => [
      'BEGIN:VEVENT',
      `UID:${escaped(id)}`,
      `DTSTAMP:${instant(written)}`,
      at.includes('T') ? `DTSTART:${instant(at)}` : `DTSTART;VALUE=DATE:${at.replaceAll('-', '')}`,
      `SUMMARY:${escaped(summary)}`,
      `DESCRIPTION:${escaped(description)}`,
      'TRANSP:TRANSPARENT',
      'END:VEVENT',
    ]),
    'END:VCALENDAR',
  ];
  return lines.map((line) => `${folded(line)}\r\n`).join('');
}

/** @param {string} at */
function instant(at) {
  return `${new Date(at).toISOString().slice(0, 19).replace(/[-:]/g, '')}Z`;
}

/** @param {string} text */
function escaped(text) {
  return text.replace(/[\\;,]/g, '\\$&').replace(/\r\n?|\n/g, '\\n');
}

/**
 * No line is longer than 75 bytes; what follows begins with a space.
 * @param {string} line
 */
function folded(line) {
  const encoder = new TextEncoder();
  let rows = '';
  let room = 75;
  for (const sign of line) {
    const size = encoder.encode(sign).length;
    if (size > room) {
      rows += '\r\n ';
      room = 74;
    }
    rows += sign;
    room -= size;
  }
  return rows;
}
