import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { Rhythm } from './schedule.js';

@Entity('report_schedules')
export class ReportScheduleEntity {
  @PrimaryColumn('uuid', { name: 'contractor_id' }) contractorId: string;
  @PrimaryColumn('uuid') id: string;
  @Column('uuid', { name: 'client_id' }) clientId: string;
  @Column('uuid', { name: 'contract_id', nullable: true }) contractId: string | null;
  @Column('text') rhythm: Rhythm;
  @Column('integer', { name: 'working_day' }) workingDay: number;
  @Column('text', { array: true }) recipients: string[];
  @Column('date', { name: 'next_starts_on', nullable: true }) nextStartsOn: string | null;
  @Column('timestamptz', { name: 'step_at' }) stepAt: Date;
  @Column('integer') version: number;
  @Column('timestamptz', { name: 'created_at' }) createdAt: Date;
}
