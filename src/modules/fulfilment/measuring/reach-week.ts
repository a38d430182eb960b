/** An instant that lies on this day in every zone of Russia, from UTC+2 to UTC+12: where a week that networks cut in Moscow belongs. */
export function sundayOf(endsOn: string): Date {
  return new Date(`${endsOn}T03:00:00Z`);
}
