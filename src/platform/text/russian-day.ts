/** A calendar day as Russian papers write it: `2026-12-31` → `31.12.2026`. Of a wall time its day. */
export function russianDay(day: string): string {
  return day.slice(0, 10).split('-').reverse().join('.');
}
