import { ArrayUnique, IsIn, IsUUID } from 'class-validator';
import { defineEvent } from '../../../platform/queue/job.js';
import { DEADLINE_KINDS, type DeadlineKind } from '../deadlines/deadline.js';
import { type Step, STEPS } from './reminder-steps.js';

/** People were told of a deadline: so many days before it, on its day, or after it was missed. To each once. */
export class DeadlineReminded {
  @IsUUID() contractorId: string;
  @IsUUID() clientId: string;
  @IsUUID() deadlineId: string;
  @IsIn(DEADLINE_KINDS) kind: DeadlineKind;
  /** Days after the date; below zero: before it. */
  @IsIn(STEPS) step: Step;
  @IsUUID(undefined, { each: true }) @ArrayUnique() memberIds: string[];
}

export const deadlineReminded = defineEvent({ name: 'deadline.reminded', payload: DeadlineReminded });
