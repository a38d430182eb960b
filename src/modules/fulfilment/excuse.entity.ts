import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { ExcuseCause, ExcuseEvidence } from './excuse.js';

@Entity('requirement_excuses')
export class ExcuseEntity {
  @PrimaryColumn('uuid', { name: 'contractor_id' }) contractorId: string;
  @PrimaryColumn('uuid') id: string;
  @Column('uuid', { name: 'client_id' }) clientId: string;
  @Column('uuid', { name: 'contract_id' }) contractId: string;
  @Column('text', { nullable: true }) requirement: string | null;
  @Column('text') cause: ExcuseCause;
  @Column('text', { name: 'caused_by' }) causedBy: string;
  @Column('text') reason: string;
  @Column('date', { name: 'starts_on' }) startsOn: string;
  @Column('date', { name: 'ends_on' }) endsOn: string;
  @Column('jsonb') evidence: ExcuseEvidence[];
  @Column('uuid', { name: 'recorded_by' }) recordedBy: string;
  @Column('timestamptz', { name: 'recorded_at' }) recordedAt: Date;
  @Column('uuid', { name: 'withdrawn_by', nullable: true }) withdrawnBy: string | null;
  @Column('timestamptz', { name: 'withdrawn_at', nullable: true }) withdrawnAt: Date | null;
  @Column('text', { name: 'withdrawn_why', nullable: true }) withdrawnWhy: string | null;
}
