import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { HandoverCode, Settlement } from './handover.js';

@Entity('handover_items')
export class HandoverItemEntity {
  @PrimaryColumn('uuid', { name: 'contractor_id' }) contractorId: string;
  @PrimaryColumn('uuid') id: string;
  @Column('uuid', { name: 'client_id' }) clientId: string;
  @Column('uuid', { name: 'contract_id' }) contractId: string;
  @Column('uuid', { name: 'page_id', nullable: true }) pageId: string | null;
  @Column('text') code: HandoverCode;
  @Column('int') ordinal: number;
  @Column('text') state: Settlement;
  @Column('text', { nullable: true }) note: string | null;
  @Column('uuid', { name: 'settled_by', nullable: true }) settledBy: string | null;
  @Column('timestamptz', { name: 'settled_at', nullable: true }) settledAt: Date | null;
  @Column('int') version: number;
}
