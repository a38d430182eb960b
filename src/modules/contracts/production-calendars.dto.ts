import { Type } from 'class-transformer';
import { ArrayMaxSize, ArrayUnique, IsArray, IsIn, IsInt, IsOptional, Max, Min } from 'class-validator';
import { IsOmittable } from '../../platform/http/omittable.decorator.js';
import { IsDay, IsText } from '../../platform/http/text.decorators.js';
import { REGION_CODES, type RegionCode, regionName } from '../tenancy/regions.js';
import type { LoadedCalendar } from './calendar.store.js';
import { type CalendarStatus, CALENDAR_YEARS, LOADED_STATUSES, workingDaysOf } from './production-calendar.js';
import type { CalendarRequest as CalendarInput, CountingYear, TermRequest } from './production-calendars.service.js';
import { type Deadline, MOST_DAYS } from './working-days.js';

export class CalendarRequest {
  /** @example 2027 */
  @IsInt() @Min(CALENDAR_YEARS.first) @Max(CALENDAR_YEARS.last) year: number;
  /** A region that adds days off; absent or null means the whole country. @example null */
  @IsOptional() @IsIn(REGION_CODES) regionCode?: RegionCode | null;
  /** `official`: as the decree has it. `draft`: as announced; whatever is computed from it stays provisional. @example official */
  @IsIn(LOADED_STATUSES) status: (typeof LOADED_STATUSES)[number];
  /** The decree, or who announced it. @example "Постановление Правительства РФ от 24.09.2025 № 1466" */
  @IsText(3, 300) source: string;
  /** Every day off from Monday to Friday; for a region only those that it adds. @example ["2027-01-01","2027-01-04"] */
  @IsArray() @IsDay({ each: true }) @ArrayUnique() @ArrayMaxSize(60) weekdaysOff: string[];
  /** Saturdays and Sundays on which people work. @example [] */
  @IsArray() @IsDay({ each: true }) @ArrayUnique() @ArrayMaxSize(20) workingWeekends: string[];
  /** The sum of working days as the source prints it: checked against the days, so that none is forgotten. @example 247 */
  @IsOmittable() @IsInt() @Min(1) @Max(366) workingDays?: number;

  static input({ regionCode, workingDays, ...request }: CalendarRequest): CalendarInput {
    const { year, status, source, weekdaysOff, workingWeekends } = request;
    return { year, regionCode: regionCode ?? null, status, source, weekdaysOff, workingWeekends, workingDays };
  }
}

export class CalendarResponse {
  /** @example 019b76da-a800-7000-8000-00000000001c */
  id: string;
  /** @example 2027 */
  year: number;
  /** Null: the whole country. @example null */
  regionCode: RegionCode | null;
  /** @example null */
  regionName: string | null;
  /** @example official */
  status: (typeof LOADED_STATUSES)[number];
  /** @example "Постановление Правительства РФ от 24.09.2025 № 1466" */
  source: string;
  /** @example ["2027-01-01","2027-01-04"] */
  weekdaysOff: string[];
  /** @example [] */
  workingWeekends: string[];
  /** @example 019b76da-a800-7000-8000-000000000004 */
  loadedBy: string;
  /** @example 2026-11-24T09:00:00.000Z */
  loadedAt: Date;

  static of(calendar: LoadedCalendar): CalendarResponse {
    const { id, year, regionCode, status, source, weekdaysOff, workingWeekends, loadedBy, loadedAt } = calendar;
    const region = { regionCode, regionName: regionCode && regionName(regionCode) };
    const days = { weekdaysOff: [...weekdaysOff], workingWeekends: [...workingWeekends] };
    return { id, year, ...region, status, source, ...days, loadedBy, loadedAt };
  }
}

export class CalendarPage {
  data: CalendarResponse[];
  /** Pass it as `cursor` to go on; null on the last page. @example null */
  nextCursor: string | null;
}

export class RegionQuery {
  /** With the days off that this region adds. @example 02 */
  @IsOptional() @IsIn(REGION_CODES) regionCode?: RegionCode;
}

export class CountingYearQuery extends RegionQuery {
  /** @example 2026 */
  @Type(() => Number) @IsInt() @Min(CALENDAR_YEARS.first) @Max(CALENDAR_YEARS.last) year: number;
}

export class CountingYearResponse {
  /** @example 2026 */
  year: number;
  /** @example null */
  regionCode: RegionCode | null;
  /** `statutory`: nobody has loaded it, so it follows from article 112 of the Labour Code alone. @example official */
  status: CalendarStatus;
  /** @example "Постановление Правительства РФ от 24.09.2025 № 1466" */
  source: string;
  /** @example 247 */
  workingDays: number;
  /** @example ["2026-01-01","2026-01-02"] */
  weekdaysOff: string[];
  /** @example [] */
  workingWeekends: string[];

  static of(counting: CountingYear): CountingYearResponse {
    const { year, regionCode, status, source, weekdaysOff, workingWeekends } = counting;
    const days = { weekdaysOff: [...weekdaysOff], workingWeekends: [...workingWeekends] };
    return { year, regionCode, status, source, workingDays: workingDaysOf(counting), ...days };
  }
}

export class DeadlineQuery extends RegionQuery {
  /** The day of the event, which does not count itself. @example 2026-04-30 */
  @IsDay() from: string;
  /** @example 7 */
  @Type(() => Number) @IsInt() @Min(0) @Max(MOST_DAYS) workingDays: number;

  static term({ from, workingDays, regionCode }: DeadlineQuery): TermRequest {
    return { from, workingDays, regionCode: regionCode ?? null };
  }
}

export class WorkingDayDeadlineResponse {
  /** The last day of the term. @example 2026-05-13 */
  day: string;
  /** True when a year within it is not official yet: it may still move. @example false */
  provisional: boolean;

  static of({ day, provisional }: Deadline): WorkingDayDeadlineResponse {
    return { day, provisional };
  }
}
