import { IsIn, IsUUID } from 'class-validator';
import { defineEvent } from '../../../platform/queue/job.js';
import { PENALTY_KINDS, type PenaltyKind } from './proposal.js';

/** A breach was found, and what it would cost: a person decides. */
export class PenaltyProposed {
  @IsUUID() contractorId: string;
  @IsUUID() clientId: string;
  @IsUUID() contractId: string;
  @IsUUID() proposalId: string;
  @IsIn(PENALTY_KINDS) kind: PenaltyKind;
}

export const penaltyProposed = defineEvent({ name: 'penalty.proposed', payload: PenaltyProposed });
