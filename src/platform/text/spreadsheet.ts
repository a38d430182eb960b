/** A text that no spreadsheet takes for a formula: what begins like one gets an apostrophe, as people would write it. */
export function neutral(text: string): string {
  return /^[=+\-@\t\r]/.test(text) ? `'${text}` : text;
}

/** A text as one cell of CSV whose cells stand between `;`. */
export function csvCell(text: string): string {
  const safe = neutral(text);
  return /[";\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}
