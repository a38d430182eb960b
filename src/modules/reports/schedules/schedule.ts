import { Temporal } from 'temporal-polyfill';
import type { WorkingDays } from '../../contracts/working-days.js';
import type { Days } from '../document/days.js';

/** `monthly`: calendar months · `weekly`: Monday to Sunday · `stage`: stages of contracts, when they are frozen. */
export const RHYTHMS = ['monthly', 'weekly', 'stage'] as const;
export type Rhythm = (typeof RHYTHMS)[number];

/** Contracts of practice want the report by then. */
export const USUAL_WORKING_DAY = 5;

/** Makes reports of a client by itself, and sends them. */
export interface ReportSchedule {
  readonly id: string;
  readonly clientId: string;
  /** Null: every contract of the client. */
  readonly contractId: string | null;
  readonly rhythm: Rhythm;
  /** It is made at the beginning of this working day after the period; of stages it means nothing. */
  readonly workingDay: number;
  readonly recipients: readonly string[];
  /** The first day of the period that is next; null of stages. */
  readonly nextStartsOn: string | null;
  /** When it is made; null of stages. */
  readonly dueAt: Date | null;
  readonly version: number;
  readonly createdAt: Date;
}

/** What may be changed of a schedule that is kept; what is absent stays. */
export interface ScheduleChanges {
  readonly workingDay?: number | undefined;
  readonly recipients?: readonly string[] | undefined;
}

/** The month or week in which a day lies. */
export function periodAround(rhythm: 'monthly' | 'weekly', day: string): Days {
  const date = Temporal.PlainDate.from(day);
  const first = rhythm === 'monthly' ? date.with({ day: 1 }) : date.subtract({ days: date.dayOfWeek - 1 });
  const last = first.add(rhythm === 'monthly' ? { months: 1 } : { days: 7 }).subtract({ days: 1 });
  return { startsOn: first.toString(), endsOn: last.toString() };
}

export function periodAfter(rhythm: 'monthly' | 'weekly', { endsOn }: Days): Days {
  return periodAround(rhythm, Temporal.PlainDate.from(endsOn).add({ days: 1 }).toString());
}

/** The working day, counted after the period, at whose beginning the report is made. */
export function dueDay({ endsOn }: Days, workingDay: number, calendar: WorkingDays): string {
  return calendar.after(endsOn, workingDay).day;
}
