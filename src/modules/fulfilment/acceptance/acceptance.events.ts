import { IsIn, IsString, IsUUID } from 'class-validator';
import { defineEvent } from '../../../platform/queue/job.js';
import { ACCEPTANCE_STATES, type AcceptanceState } from './acceptance.js';

/** The acceptance of a stage came into a state: by a person, or because silence accepts. */
export class AcceptanceMoved {
  @IsUUID() contractorId: string;
  @IsUUID() clientId: string;
  @IsUUID() contractId: string;
  @IsUUID() acceptanceId: string;
  @IsIn(ACCEPTANCE_STATES) state: AcceptanceState;
}

/** Something that counted in what was submitted was deleted since. What is frozen stays, and what is accepted stays accepted. */
export class AcceptedEvidenceLost {
  @IsUUID() contractorId: string;
  @IsUUID() clientId: string;
  @IsUUID() contractId: string;
  @IsUUID() acceptanceId: string;
  @IsString() evidenceId: string;
}

export const acceptanceMoved = defineEvent({ name: 'acceptance.moved', payload: AcceptanceMoved });
export const acceptedEvidenceLost = defineEvent({ name: 'acceptance.evidenceLost', payload: AcceptedEvidenceLost });

/** What acceptance tells whoever follows it. */
export const ACCEPTANCE_EVENTS = [acceptanceMoved, acceptedEvidenceLost];
