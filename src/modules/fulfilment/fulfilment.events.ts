import { IsUUID } from 'class-validator';
import { defineEvent } from '../../platform/queue/job.js';

/** Days of a contract are excused, or are no longer. */
export class ExcuseChanged {
  @IsUUID() contractorId: string;
  @IsUUID() clientId: string;
  @IsUUID() contractId: string;
}

export const excuseChanged = defineEvent({ name: 'excuse.changed', payload: ExcuseChanged });
