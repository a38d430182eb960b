import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { Clauses, TerminationGround } from './clauses.js';
import type { ContractKind } from './contract-kind.js';
import type { ContractStatus } from './contract-status.js';
import type { ContractVersion } from './contract-version.js';
import { KOPECKS_IN_JSON } from './kopecks-json.js';
import type { StageState } from './stage.js';
import type { PlannedStage } from './stage-plan.js';

type Requisites = ContractVersion['requisites'];

@Entity('contracts')
export class ContractEntity {
  @PrimaryColumn('uuid', { name: 'contractor_id' }) contractorId: string;
  @PrimaryColumn('uuid') id: string;
  @Column('uuid', { name: 'client_id' }) clientId: string;
  @Column('text') number: string;
  @Column('date', { name: 'concluded_on' }) concludedOn: string;
  @Column('text') kind: ContractKind;
  @Column('text') subject: string;
  @Column('bigint', { name: 'price_kopecks' }) priceKopecks: bigint;
  @Column('date', { name: 'starts_on' }) startsOn: string;
  @Column('date', { name: 'ends_on' }) endsOn: string;
  @Column('text', { name: 'time_zone' }) timeZone: string;
  @Column('timestamptz', { name: 'starts_at' }) startsAt: Date;
  @Column('timestamptz', { name: 'ends_at' }) endsAt: Date;
  @Column('uuid', { name: 'page_ids', array: true }) pageIds: string[];
  @Column('jsonb', { transformer: KOPECKS_IN_JSON }) clauses: Clauses;
  @Column('integer') versions: number;
  @Column('text') status: ContractStatus;
  @Column('date', { name: 'signed_on', nullable: true }) signedOn: string | null;
  @Column('timestamptz', { name: 'terminates_at', nullable: true }) terminatesAt: Date | null;
  @Column('timestamptz', { name: 'terminated_at', nullable: true }) terminatedAt: Date | null;
  @Column('text', { name: 'termination_ground', nullable: true }) terminationGround: TerminationGround | null;
  @Column('text', { name: 'termination_reason', nullable: true }) terminationReason: string | null;
  @Column('date', { name: 'notice_on', nullable: true }) noticeOn: string | null;
  @Column('timestamptz', { name: 'step_at', nullable: true }) stepAt: Date | null;
  @Column('integer') version: number;
  @Column('timestamptz', { name: 'created_at' }) createdAt: Date;
  @Column('timestamptz', { name: 'updated_at' }) updatedAt: Date;
}

@Entity('contract_pages')
export class ContractPageEntity {
  @PrimaryColumn('uuid', { name: 'contractor_id' }) contractorId: string;
  @Column('uuid', { name: 'client_id' }) clientId: string;
  @PrimaryColumn('uuid', { name: 'contract_id' }) contractId: string;
  @PrimaryColumn('uuid', { name: 'page_id' }) pageId: string;
  @PrimaryColumn('timestamptz', { name: 'covered_from' }) coveredFrom: Date;
  @Column('timestamptz', { name: 'covered_until' }) coveredUntil: Date;
}

@Entity('contract_versions')
export class ContractVersionEntity {
  @PrimaryColumn('uuid', { name: 'contractor_id' }) contractorId: string;
  @PrimaryColumn('uuid', { name: 'contract_id' }) contractId: string;
  @PrimaryColumn('integer') number: number;
  @Column('uuid', { name: 'client_id' }) clientId: string;
  @Column('date', { name: 'effective_on' }) effectiveOn: string;
  @Column('date', { name: 'agreed_on' }) agreedOn: string;
  @Column('text', { name: 'addendum_number', nullable: true }) addendumNumber: string | null;
  @Column('text', { nullable: true }) reason: string | null;
  @Column('text') subject: string;
  @Column('bigint', { name: 'price_kopecks' }) priceKopecks: bigint;
  @Column('date', { name: 'starts_on' }) startsOn: string;
  @Column('date', { name: 'ends_on' }) endsOn: string;
  @Column('uuid', { name: 'page_ids', array: true }) pageIds: string[];
  @Column('jsonb', { transformer: KOPECKS_IN_JSON }) clauses: Clauses;
  @Column('jsonb') requisites: Requisites;
  @Column('jsonb', { transformer: KOPECKS_IN_JSON }) stages: PlannedStage[];
  @Column('uuid', { name: 'recorded_by' }) recordedBy: string;
  @Column('timestamptz', { name: 'recorded_at' }) recordedAt: Date;
}

@Entity('contract_stages')
export class StageEntity {
  @PrimaryColumn('uuid', { name: 'contractor_id' }) contractorId: string;
  @PrimaryColumn('uuid') id: string;
  @Column('uuid', { name: 'client_id' }) clientId: string;
  @Column('uuid', { name: 'contract_id' }) contractId: string;
  @Column('integer') ordinal: number;
  @Column('text') title: string;
  @Column('date', { name: 'starts_on' }) startsOn: string;
  @Column('date', { name: 'ends_on' }) endsOn: string;
  @Column('bigint', { name: 'amount_kopecks' }) amountKopecks: bigint;
  @Column('text') state: StageState;
  @Column('timestamptz', { name: 'opens_at' }) opensAt: Date;
  @Column('timestamptz', { name: 'closes_at' }) closesAt: Date;
  @Column('timestamptz', { name: 'freezes_at' }) freezesAt: Date;
  @Column('timestamptz', { name: 'step_at', nullable: true }) stepAt: Date | null;
  @Column('integer') version: number;
  @Column('timestamptz', { name: 'created_at' }) createdAt: Date;
  @Column('timestamptz', { name: 'updated_at' }) updatedAt: Date;
}
