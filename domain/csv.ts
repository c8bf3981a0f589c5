// CSV that a spreadsheet opens without running anything (RFC 4180; FORMATS.md, "CSV quotes formula characters").

/** What makes a spreadsheet take a cell for a formula; the full-width signs are read as their ASCII ones. */
const FORMULA = /^[=+\-@\t\r\n＝＋－＠]/;

/** One row with its line end; every cell is quoted, and a formula character stands behind an apostrophe. */
export function csvRow(cells: readonly string[]): string {
  return `${cells.map((cell) => `"${(FORMULA.test(cell) ? `'${cell}` : cell).replaceAll('"', '""')}"`).join(',')}\r\n`;
}
