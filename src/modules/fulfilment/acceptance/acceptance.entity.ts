import { Column, Entity, PrimaryColumn } from 'typeorm';
import { KOPECKS_IN_JSON } from '../../contracts/kopecks-json.js';
import type { AcceptanceState, Decision } from './acceptance.js';
import type { ActContent } from './act.js';
import type { ClaimLine, Remark, Verdict } from './claim.js';

@Entity('acceptances')
export class AcceptanceEntity {
  @PrimaryColumn('uuid', { name: 'contractor_id' }) contractorId: string;
  @PrimaryColumn('uuid') id: string;
  @Column('uuid', { name: 'client_id' }) clientId: string;
  @Column('uuid', { name: 'contract_id' }) contractId: string;
  @Column('uuid', { name: 'stage_id' }) stageId: string;
  @Column('text') state: AcceptanceState;
  @Column('bigint', { name: 'claimed_kopecks' }) claimedKopecks: bigint;
  @Column('bigint', { name: 'accepted_kopecks' }) acceptedKopecks: bigint;
  @Column('bigint', { name: 'paid_kopecks' }) paidKopecks: bigint;
  @Column('text', { name: 'invoice_number', nullable: true }) invoiceNumber: string | null;
  @Column('date', { name: 'invoiced_on', nullable: true }) invoicedOn: string | null;
  @Column('text', { name: 'lost_evidence', array: true }) lostEvidence: string[];
  @Column('timestamptz', { name: 'step_at', nullable: true }) stepAt: Date | null;
  @Column('integer') version: number;
  @Column('timestamptz', { name: 'created_at' }) createdAt: Date;
  @Column('timestamptz', { name: 'updated_at' }) updatedAt: Date;
}

@Entity('acceptance_rounds')
export class AcceptanceRoundEntity {
  @PrimaryColumn('uuid', { name: 'contractor_id' }) contractorId: string;
  @PrimaryColumn('uuid') id: string;
  @Column('uuid', { name: 'client_id' }) clientId: string;
  @Column('uuid', { name: 'acceptance_id' }) acceptanceId: string;
  @Column('integer') number: number;
  @Column('integer', { name: 'contract_version' }) contractVersion: number;
  @Column('jsonb', { transformer: KOPECKS_IN_JSON }) lines: ClaimLine[];
  @Column('bigint', { name: 'claimed_kopecks' }) claimedKopecks: bigint;
  @Column('text', { name: 'document_number', nullable: true }) documentNumber: string | null;
  // Long: only who reads a round reads it.
  @Column('text', { select: false }) snapshot: string;
  @Column('text', { name: 'snapshot_sha256' }) snapshotSha256: string;
  @Column('timestamptz', { name: 'cut_off_at' }) cutOffAt: Date;
  @Column('text', { name: 'evidence_ids', array: true, select: false }) evidenceIds: string[];
  @Column('uuid', { name: 'submitted_by' }) submittedBy: string;
  @Column('timestamptz', { name: 'submitted_at' }) submittedAt: Date;
  @Column('timestamptz', { name: 'received_at', nullable: true }) receivedAt: Date | null;
  @Column('text', { nullable: true }) decision: Decision | null;
  @Column('timestamptz', { name: 'decided_at', nullable: true }) decidedAt: Date | null;
  @Column('uuid', { name: 'decided_by', nullable: true }) decidedBy: string | null;
  @Column('text', { name: 'decision_document', nullable: true }) decisionDocument: string | null;
  @Column('jsonb', { transformer: KOPECKS_IN_JSON }) verdicts: Verdict[];
  @Column('jsonb') remarks: Remark[];
  @Column('date', { name: 'cure_on', nullable: true }) cureOn: string | null;
  @Column('bigint', { name: 'accepted_kopecks' }) acceptedKopecks: bigint;
}

@Entity('acceptance_payments')
export class AcceptancePaymentEntity {
  @PrimaryColumn('uuid', { name: 'contractor_id' }) contractorId: string;
  @PrimaryColumn('uuid') id: string;
  @Column('uuid', { name: 'client_id' }) clientId: string;
  @Column('uuid', { name: 'acceptance_id' }) acceptanceId: string;
  @Column('date', { name: 'paid_on' }) paidOn: string;
  @Column('bigint') kopecks: bigint;
  @Column('text', { nullable: true }) document: string | null;
  @Column('uuid', { name: 'recorded_by' }) recordedBy: string;
  @Column('timestamptz', { name: 'recorded_at' }) recordedAt: Date;
}

@Entity('acts')
export class ActEntity {
  @PrimaryColumn('uuid', { name: 'contractor_id' }) contractorId: string;
  @PrimaryColumn('uuid') id: string;
  @Column('uuid', { name: 'client_id' }) clientId: string;
  @Column('uuid', { name: 'acceptance_id' }) acceptanceId: string;
  @Column('integer') year: number;
  @Column('integer') number: number;
  @Column('integer') version: number;
  @Column('jsonb', { transformer: KOPECKS_IN_JSON }) content: ActContent;
  @Column('text', { nullable: true }) reason: string | null;
  @Column('uuid', { name: 'issued_by', nullable: true }) issuedBy: string | null;
  @Column('timestamptz', { name: 'issued_at' }) issuedAt: Date;
}
