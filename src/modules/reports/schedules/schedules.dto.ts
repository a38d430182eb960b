import { ArrayMaxSize, ArrayUnique, IsArray, IsEmail, IsIn, IsInt, IsUUID, Max, Min } from 'class-validator';
import { IsOmittable } from '../../../platform/http/omittable.decorator.js';
import { PageQuery } from '../../../platform/http/pagination.js';
import { type ReportSchedule, type Rhythm, RHYTHMS, USUAL_WORKING_DAY } from './schedule.js';
import type { ScheduleDraft } from './schedules.service.js';

export class ReportScheduleRequest {
  /** @example 019b76da-a800-7000-8000-000000000002 */
  @IsUUID() clientId: string;
  /** Of this contract alone; if absent, of every contract of the client. @example 019b76da-a800-7000-8000-000000000008 */
  @IsOmittable() @IsUUID() contractId?: string;
  /** `monthly`: calendar months; `weekly`: Monday to Sunday; `stage`: stages, when they are frozen. @example monthly */
  @IsIn(RHYTHMS) rhythm: Rhythm;
  /** A month or week is reported at the beginning of this working day after it; the fifth, if absent. @example 3 */
  @IsOmittable() @IsInt() @Min(1) @Max(10) workingDay?: number;
  /** Who gets the reports by e-mail; nobody, if empty. @example ["press@elizovo.example"] */
  @IsArray() @ArrayMaxSize(20) @ArrayUnique() @IsEmail({}, { each: true }) recipients: string[];

  static draft({ clientId, contractId, rhythm, workingDay, recipients }: ReportScheduleRequest): ScheduleDraft {
    return { clientId, contractId: contractId ?? null, rhythm, workingDay: workingDay ?? USUAL_WORKING_DAY, recipients };
  }
}

export class ReportScheduleChange {
  /** Of stages it means nothing. @example 3 */
  @IsOmittable() @IsInt() @Min(1) @Max(10) workingDay?: number;
  /** All of them, from now on; nobody, if empty. @example ["press@elizovo.example"] */
  @IsOmittable() @IsArray() @ArrayMaxSize(20) @ArrayUnique() @IsEmail({}, { each: true }) recipients?: string[];
}

export class ReportSchedulesQuery extends PageQuery {
  /** Of one client. @example 019b76da-a800-7000-8000-000000000002 */
  @IsOmittable() @IsUUID() clientId?: string;
}

export class ReportScheduleResponse {
  /** @example 019b76da-a800-7000-8000-000000000052 */
  id: string;
  /** @example 019b76da-a800-7000-8000-000000000002 */
  clientId: string;
  /** Null: every contract of the client. @example null */
  contractId: string | null;
  /** @example monthly */
  rhythm: Rhythm;
  /** @example 3 */
  workingDay: number;
  /** @example ["press@elizovo.example"] */
  recipients: string[];
  /** First day of the period that is next; null of stages. @example 2026-12-01 */
  nextStartsOn: string | null;
  /** When it is made; null of stages. @example 2027-01-13T12:00:00.000Z */
  dueAt: Date | null;
  /** Counts changes. @example 1 */
  version: number;
  /** @example 2026-12-01T00:00:00.000Z */
  createdAt: Date;

  static of(schedule: ReportSchedule): ReportScheduleResponse {
    const { id, clientId, contractId, rhythm, workingDay, recipients, nextStartsOn, dueAt, version, createdAt } = schedule;
    const next = { nextStartsOn, dueAt, version, createdAt };
    return { id, clientId, contractId, rhythm, workingDay, recipients: [...recipients], ...next };
  }
}

export class ReportSchedulePage {
  data: ReportScheduleResponse[];
  nextCursor: string | null;
}
