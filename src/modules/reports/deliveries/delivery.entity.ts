import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { DeliveryState } from './delivery.js';

@Entity('report_deliveries')
export class DeliveryEntity {
  @PrimaryColumn('uuid', { name: 'contractor_id' }) contractorId: string;
  @PrimaryColumn('uuid') id: string;
  @Column('uuid', { name: 'client_id' }) clientId: string;
  @Column('uuid', { name: 'report_id' }) reportId: string;
  @Column('integer') number: number;
  @Column('text') recipient: string;
  @Column('text') state: DeliveryState;
  @Column('integer') tries: number;
  @Column('text', { nullable: true }) answer: string | null;
  @Column('timestamptz', { name: 'sent_at', nullable: true }) sentAt: Date | null;
  @Column('timestamptz', { name: 'created_at' }) createdAt: Date;
}
