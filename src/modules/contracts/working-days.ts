import { Temporal } from 'temporal-polyfill';
import { type CalendarYear, isWeekend, statutoryYear } from './production-calendar.js';

/** The last day of a term. */
export interface Deadline {
  /** `YYYY-MM-DD`. */
  readonly day: string;
  /** Some of its days are not settled by an official calendar: it is computed anew when that is loaded. */
  readonly provisional: boolean;
}

/** No term of a contract is longer; it bounds the walk. */
export const MOST_DAYS = 1_000;

/** Arithmetic with working days, over the years that are known; others follow from the law alone. */
export class WorkingDays {
  private readonly years: Map<number, Year>;

  constructor(years: readonly CalendarYear[]) {
    this.years = new Map(years.map((year) => [year.year, asSets(year)]));
  }

  isWorkingDay(day: string): boolean {
    const { off, worked } = this.yearOf(day);
    return isWeekend(day) ? worked.has(day) : !off.has(day);
  }

  /** The last of so many working days after a day, which does not count itself (Civil Code, art. 191). */
  after(day: string, workingDays: number): Deadline {
    return this.walk(day, (passed) => passed < workingDays);
  }

  /** The last of so many calendar days; if it is a day off, the next working day (Civil Code, art. 193). */
  afterCalendarDays(day: string, calendarDays: number): Deadline {
    const last = Temporal.PlainDate.from(day).add({ days: calendarDays }).toString();
    if (this.isWorkingDay(last)) return { day: last, provisional: !this.isOfficial(last) };
    return this.after(last, 1);
  }

  /** How many working days there are after `from` up to and including `to`; 0 when `to` is not later. */
  between(from: string, to: string): number {
    let count = 0;
    for (let day = next(from); day <= to; day = next(day)) if (this.isWorkingDay(day)) count += 1;
    return count;
  }

  /** The first year of these days whose calendar is not official; null: all are. */
  unofficialYear(from: string, to: string): number | null {
    for (let year = Number(from.slice(0, 4)); year <= Number(to.slice(0, 4)); year += 1)
      if (!this.isOfficial(`${year}-01-01`)) return year;
    return null;
  }

  private walk(from: string, more: (passed: number) => boolean): Deadline {
    let [day, passed, provisional] = [from, 0, !this.isOfficial(from)];
    while (more(passed)) {
      day = next(day);
      provisional ||= !this.isOfficial(day);
      if (this.isWorkingDay(day)) passed += 1;
    }
    return { day, provisional };
  }

  private isOfficial(day: string): boolean {
    return this.yearOf(day).status === 'official';
  }

  private yearOf(day: string): Year {
    const year = Number(day.slice(0, 4));
    const known = this.years.get(year) ?? asSets(statutoryYear(year));
    this.years.set(year, known);
    return known;
  }
}

interface Year {
  readonly status: CalendarYear['status'];
  readonly off: ReadonlySet<string>;
  readonly worked: ReadonlySet<string>;
}

function asSets({ status, weekdaysOff, workingWeekends }: CalendarYear): Year {
  return { status, off: new Set(weekdaysOff), worked: new Set(workingWeekends) };
}

function next(day: string): string {
  return Temporal.PlainDate.from(day).add({ days: 1 }).toString();
}
