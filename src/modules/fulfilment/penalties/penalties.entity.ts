import { Column, Entity, PrimaryColumn } from 'typeorm';
import { KOPECKS_IN_JSON } from '../../contracts/kopecks-json.js';
import type { PenaltyKind, PenaltyState } from './proposal.js';
import type { Reckoning } from './reckoning.js';

@Entity('key_rates')
export class KeyRateEntity {
  @PrimaryColumn('uuid', { name: 'contractor_id' }) contractorId: string;
  @PrimaryColumn('date', { name: 'starts_on' }) from: string;
  @Column('integer', { name: 'basis_points' }) basisPoints: number;
  @Column('uuid', { name: 'set_by' }) setBy: string;
  @Column('timestamptz', { name: 'set_at' }) setAt: Date;
}

@Entity('penalty_reviews')
export class PenaltyReviewEntity {
  @PrimaryColumn('uuid', { name: 'contractor_id' }) contractorId: string;
  @PrimaryColumn('uuid', { name: 'contract_id' }) contractId: string;
  @Column('uuid', { name: 'client_id' }) clientId: string;
  @Column('timestamptz', { name: 'review_at', nullable: true }) reviewAt: Date | null;
}

@Entity('penalty_proposals')
export class PenaltyProposalEntity {
  @PrimaryColumn('uuid', { name: 'contractor_id' }) contractorId: string;
  @PrimaryColumn('uuid') id: string;
  @Column('uuid', { name: 'client_id' }) clientId: string;
  @Column('uuid', { name: 'contract_id' }) contractId: string;
  @Column('text') cause: string;
  @Column('text') kind: PenaltyKind;
  @Column('text') against: 'contractor' | 'client';
  @Column('text') state: PenaltyState;
  @Column('uuid', { name: 'stage_id', nullable: true }) stageId: string | null;
  @Column('text', { nullable: true }) requirement: string | null;
  @Column('bigint', { nullable: true }) kopecks: bigint | null;
  @Column('jsonb', { transformer: KOPECKS_IN_JSON }) reckoning: Reckoning;
  @Column('uuid', { name: 'decided_by', nullable: true }) decidedBy: string | null;
  @Column('timestamptz', { name: 'decided_at', nullable: true }) decidedAt: Date | null;
  @Column('text', { name: 'decision_reason', nullable: true }) decisionReason: string | null;
  @Column('integer') version: number;
  @Column('timestamptz', { name: 'created_at' }) createdAt: Date;
  @Column('timestamptz', { name: 'updated_at' }) updatedAt: Date;
}
