import { Temporal } from 'temporal-polyfill';

/** Years of which a calendar may be loaded or asked. */
export const CALENDAR_YEARS = { first: 2020, last: 2100 } as const;
export const LOADED_STATUSES = ['official', 'draft'] as const;

/**
 * `official`: as the Government's decree has it · `draft`: as announced, before the decree · `statutory`: nobody has loaded
 * the year, so it follows from article 112 of the Labour Code alone, without the transfers that each year's decree makes.
 */
export type CalendarStatus = (typeof LOADED_STATUSES)[number] | 'statutory';

/** One year of working days, in the country or in one region. */
export interface CalendarYear {
  readonly year: number;
  readonly status: CalendarStatus;
  /** Days off from Monday to Friday, `YYYY-MM-DD`. */
  readonly weekdaysOff: readonly string[];
  /** Saturdays and Sundays on which people work. */
  readonly workingWeekends: readonly string[];
}

/** What is wrong with a calendar that somebody wants to load. */
export interface CalendarProblem {
  readonly field: 'weekdaysOff' | 'workingWeekends' | 'workingDays';
  readonly reason: string;
}

/** Article 112 of the Labour Code, `MM-DD`. */
const HOLIDAYS = [
  ...['01-01', '01-02', '01-03', '01-04', '01-05', '01-06', '01-07', '01-08'],
  ...['02-23', '03-08', '05-01', '05-09', '06-12', '11-04'],
];
/** A holiday of these on a weekend is moved by the decree only. */
const JANUARY = /-01-0[1-8]$/;

/** What article 112 makes of a year: holidays, and those on a weekend (but for January's) moved to the next working day. */
export function statutoryYear(year: number): CalendarYear {
  const holidays = holidaysOf(year);
  const off = new Set(holidays);
  for (const day of holidays) if (isWeekend(day) && !JANUARY.test(day)) off.add(nextFree(day, off));
  const weekdaysOff = [...off].filter((day) => !isWeekend(day)).sort();
  return { year, status: 'statutory', weekdaysOff, workingWeekends: [] };
}

/** @param regional days off that a region adds; its status counts for the whole */
export function withRegional(country: CalendarYear, regional: CalendarYear | undefined): CalendarYear {
  if (!regional) return country;
  const weekdaysOff = [...new Set([...country.weekdaysOff, ...regional.weekdaysOff])].sort();
  return { ...country, status: country.status === 'official' ? regional.status : country.status, weekdaysOff };
}

/** How many working days the year has, as official calendars print it. */
export function workingDaysOf({ year, weekdaysOff, workingWeekends }: CalendarYear): number {
  let weekdays = 0;
  const first = Temporal.PlainDate.from({ year, month: 1, day: 1 });
  for (let day = first; day.year === year; day = day.add({ days: 1 })) if (day.dayOfWeek <= 5) weekdays += 1;
  return weekdays - weekdaysOff.length + workingWeekends.length;
}

/**
 * What keeps a calendar from being believed; empty when it may be loaded.
 * @param expected working days as the source prints them: a check digit over the whole
 */
export function problemsOf(calendar: CalendarYear, isRegional: boolean, expected: number | undefined): CalendarProblem[] {
  const { year, weekdaysOff, workingWeekends } = calendar;
  const problems: CalendarProblem[] = [];
  const refuse = (field: CalendarProblem['field'], reason: string): void => void problems.push({ field, reason });
  const strange = [...weekdaysOff, ...workingWeekends].find((day) => !day.startsWith(`${year}-`));
  if (strange) refuse(weekdaysOff.includes(strange) ? 'weekdaysOff' : 'workingWeekends', `${strange} is not in ${year}`);
  const weekend = weekdaysOff.find(isWeekend);
  if (weekend) refuse('weekdaysOff', `${weekend} is a Saturday or Sunday and off by itself`);
  const weekday = workingWeekends.find((day) => !isWeekend(day));
  if (weekday) refuse('workingWeekends', `${weekday} is neither a Saturday nor a Sunday`);
  if (isRegional && workingWeekends.length > 0) refuse('workingWeekends', 'A region adds days off and moves none');
  const missing = isRegional ? undefined : holidaysOf(year).find((day) => !isWeekend(day) && !weekdaysOff.includes(day));
  if (missing) refuse('weekdaysOff', `${missing} is a public holiday (article 112 of the Labour Code) and is missing`);
  const counted = workingDaysOf(calendar);
  if (problems.length === 0 && expected !== undefined && expected !== counted)
    refuse('workingDays', `The days make ${counted} working days, not ${expected}`);
  return problems;
}

export function isWeekend(day: string): boolean {
  return Temporal.PlainDate.from(day).dayOfWeek > 5;
}

function holidaysOf(year: number): string[] {
  return HOLIDAYS.map((day) => `${year}-${day}`);
}

function nextFree(day: string, off: ReadonlySet<string>): string {
  let next = Temporal.PlainDate.from(day);
  do next = next.add({ days: 1 });
  while (isWeekend(next.toString()) || off.has(next.toString()));
  return next.toString();
}
