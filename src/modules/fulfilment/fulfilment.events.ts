import { IsUUID } from 'class-validator';
import { defineEvent } from '../../platform/queue/job.js';

/** What is handed over by a day came, was missed or is excused: a report, a content plan. Of other lines nothing is told. */
export class HandingsJudged {
  @IsUUID() contractorId: string;
  @IsUUID() clientId: string;
  @IsUUID() contractId: string;
}

/** Days of a contract are excused, or are no longer. */
export class ExcuseChanged {
  @IsUUID() contractorId: string;
  @IsUUID() clientId: string;
  @IsUUID() contractId: string;
}

export const handingsJudged = defineEvent({ name: 'contract.handingsJudged', payload: HandingsJudged });
export const excuseChanged = defineEvent({ name: 'excuse.changed', payload: ExcuseChanged });
