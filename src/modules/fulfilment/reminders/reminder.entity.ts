import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { Step } from './reminder-steps.js';

@Entity('reminders')
export class ReminderEntity {
  @PrimaryColumn('uuid', { name: 'contractor_id' }) contractorId: string;
  @PrimaryColumn('uuid') id: string;
  @Column('uuid', { name: 'client_id' }) clientId: string;
  @Column('uuid', { name: 'deadline_id' }) deadlineId: string;
  @Column('uuid', { name: 'member_id' }) memberId: string;
  @Column('integer') step: Step;
  @Column('date', { name: 'due_on' }) dueOn: string;
  @Column('text') state: 'sent' | 'skipped';
  @Column('text') message: string;
  @Column('timestamptz', { name: 'created_at' }) createdAt: Date;
  @Column('timestamptz', { name: 'read_at', nullable: true }) readAt: Date | null;
}
