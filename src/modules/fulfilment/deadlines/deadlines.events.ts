import { IsBoolean, IsDateString, IsIn, IsUUID } from 'class-validator';
import { defineEvent } from '../../../platform/queue/job.js';
import { DEADLINE_KINDS, type DeadlineKind } from './deadline.js';

/** A date is another one, or became definite, or is provisional again: a calendar was loaded, an addendum agreed, new secrets given. */
export class DeadlineMoved {
  @IsUUID() contractorId: string;
  @IsUUID() clientId: string;
  @IsUUID() deadlineId: string;
  @IsIn(DEADLINE_KINDS) kind: DeadlineKind;
  /** Days, `YYYY-MM-DD`; the same when only its certainty has changed. */
  @IsDateString() from: string;
  @IsDateString() to: string;
  /** Whether it may still move with a production calendar. */
  @IsBoolean() provisional: boolean;
}

export const deadlineMoved = defineEvent({ name: 'deadline.moved', payload: DeadlineMoved });
