import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { LineState } from './measuring/line.js';

@Entity('requirement_periods')
export class RequirementPeriodEntity {
  @PrimaryColumn('uuid', { name: 'contractor_id' }) contractorId: string;
  @PrimaryColumn('uuid') id: string;
  @Column('uuid', { name: 'client_id' }) clientId: string;
  @Column('uuid', { name: 'contract_id' }) contractId: string;
  @Column('text') requirement: string;
  @Column('integer', { name: 'contract_version' }) contractVersion: number;
  @Column('date', { name: 'starts_on' }) startsOn: string;
  @Column('date', { name: 'ends_on' }) endsOn: string;
  @Column('timestamptz', { name: 'starts_at' }) startsAt: Date;
  @Column('timestamptz', { name: 'ends_at' }) endsAt: Date;
  @Column('uuid', { name: 'page_ids', array: true }) pageIds: string[];
  @Column('integer', { nullable: true }) planned: number | null;
  @Column('integer', { nullable: true }) done: number | null;
  @Column('integer') scheduled: number;
  @Column('integer', { name: 'at_risk' }) atRisk: number;
  @Column('date', { name: 'impossible_on', nullable: true }) impossibleOn: string | null;
  @Column('integer') missed: number;
  @Column('integer') excused: number;
  @Column('text') state: LineState;
  @Column('date', { name: 'due_on' }) dueOn: string;
  @Column('boolean') provisional: boolean;
  @Column('timestamptz', { name: 'recompute_at', nullable: true }) recomputeAt: Date | null;
  @Column('timestamptz', { name: 'computed_at', nullable: true }) computedAt: Date | null;
}
