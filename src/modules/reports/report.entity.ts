import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { ReportKind, ReportState } from './report.js';

@Entity('reports')
export class ReportEntity {
  @PrimaryColumn('uuid', { name: 'contractor_id' }) contractorId: string;
  @PrimaryColumn('uuid') id: string;
  @Column('uuid', { name: 'client_id' }) clientId: string;
  @Column('uuid', { name: 'contract_id' }) contractId: string;
  @Column('text') kind: ReportKind;
  @Column('date', { name: 'starts_on' }) startsOn: string;
  @Column('date', { name: 'ends_on' }) endsOn: string;
  @Column('text') state: ReportState;
  @Column('integer') versions: number;
  @Column('integer') wanted: number;
  @Column('text', { name: 'wanted_reason', nullable: true }) wantedReason: string | null;
  @Column('uuid', { name: 'wanted_by', nullable: true }) wantedBy: string | null;
  @Column('text', { nullable: true }) failure: string | null;
  @Column('timestamptz', { name: 'created_at' }) createdAt: Date;
  @Column('timestamptz', { name: 'updated_at' }) updatedAt: Date;
}

@Entity('report_versions')
export class ReportVersionEntity {
  @PrimaryColumn('uuid', { name: 'contractor_id' }) contractorId: string;
  @PrimaryColumn('uuid', { name: 'report_id' }) reportId: string;
  @PrimaryColumn('integer') number: number;
  @Column('uuid', { name: 'client_id' }) clientId: string;
  @Column('text', { nullable: true }) reason: string | null;
  // Long: only who reads a document reads it.
  @Column('text', { select: false }) document: string;
  @Column('text') sha256: string;
  @Column('text') generator: string;
  @Column('timestamptz', { name: 'cut_off_at' }) cutOffAt: Date;
  @Column('uuid', { name: 'requested_by', nullable: true }) requestedBy: string | null;
  @Column('timestamptz', { name: 'frozen_at' }) frozenAt: Date;
}
