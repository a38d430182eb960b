/** A text that no spreadsheet takes for a formula: what begins like one gets an apostrophe, as people would write it. */
export function neutral(text: string): string {
  return /^[=+\-@\t\r]/.test(text) ? `'${text}` : text;
}
