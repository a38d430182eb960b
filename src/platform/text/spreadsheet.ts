/** A text that no spreadsheet takes for a formula: what begins like one gets an apostrophe, as people would write it. */
export function neutral(text: string): string {
  // Spreadsheets of the East take the wide signs for the narrow ones, and some leave blanks out.
  return /^\s*[=+\-@＝＋－＠]|^[\t\r\n]/.test(text) ? `'${text}` : text;
}

/** A text as one cell of CSV whose cells stand between `;`. */
export function csvCell(text: string): string {
  const safe = neutral(text);
  return /[";\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}
