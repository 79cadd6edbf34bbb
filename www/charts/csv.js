// @ts-check

/**
 * Rows as a spreadsheet opens them: marked as UTF-8, every cell quoted, and none of them run as a formula.
 * @param {string[][]} rows
 */
export function csv(rows) {
  return `\u{feff}${rows.map((row) => row.map(cell).join(',')).join('\r\n')}\r\n`;
}

/** @param {string} text */
function cell(text) {
  // an apostrophe in front is how spreadsheets mark a text
  const plain = /^[\s]*[=+\-@\t\r＝＋－＠]/.test(text) ? `'${text}` : text;
  return `"${plain.replaceAll('"', '""')}"`;
}
