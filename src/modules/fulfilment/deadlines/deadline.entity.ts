import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { DeadlineKind, DeadlineState, WaitingFor } from './deadline.js';

@Entity('deadlines')
export class DeadlineEntity {
  @PrimaryColumn('uuid', { name: 'contractor_id' }) contractorId: string;
  @PrimaryColumn('uuid') id: string;
  @Column('uuid', { name: 'client_id' }) clientId: string;
  @Column('uuid', { name: 'contract_id', nullable: true }) contractId: string | null;
  @Column('uuid', { name: 'page_id', nullable: true }) pageId: string | null;
  @Column('uuid', { name: 'stage_id', nullable: true }) stageId: string | null;
  @Column('text') kind: DeadlineKind;
  @Column('text') subject: string;
  @Column('text') title: string;
  @Column('date', { name: 'due_on' }) dueOn: string;
  @Column('timestamptz', { name: 'due_at', nullable: true }) dueAt: Date | null;
  @Column('timestamptz', { name: 'passes_at' }) passesAt: Date;
  @Column('text', { name: 'time_zone' }) timeZone: string;
  @Column('integer', { name: 'provisional_year', nullable: true }) provisionalYear: number | null;
  @Column('text') state: DeadlineState;
  @Column('text', { name: 'waiting_for' }) waitingFor: WaitingFor;
  @Column('boolean') untold: boolean;
  @Column('integer') sequence: number;
  @Column('timestamptz', { name: 'dated_at' }) datedAt: Date;
  @Column('timestamptz', { name: 'cancelled_at', nullable: true }) cancelledAt: Date | null;
  @Column('timestamptz', { name: 'remind_at', nullable: true }) remindAt: Date | null;
  @Column('timestamptz', { name: 'created_at' }) createdAt: Date;
  @Column('timestamptz', { name: 'updated_at' }) updatedAt: Date;
}
