import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { CapabilityMap, NetworkName, Reason } from '../../networks/network.js';
import type { PageStatus } from './page.js';

@Entity('pages')
export class PageEntity {
  @PrimaryColumn('uuid', { name: 'contractor_id' }) contractorId: string;
  @PrimaryColumn('uuid') id: string;
  @Column('uuid', { name: 'client_id' }) clientId: string;
  @Column('text') network: NetworkName;
  @Column('text', { name: 'external_id' }) externalId: string;
  @Column('text', { nullable: true }) name: string | null;
  @Column('text', { nullable: true }) url: string | null;
  @Column('text') status: PageStatus;
  @Column('jsonb', { name: 'status_reason', nullable: true }) statusReason: Reason | null;
  @Column('jsonb', { nullable: true }) capabilities: CapabilityMap | null;
  @Column('timestamptz', { name: 'checked_at', nullable: true }) checkedAt: Date | null;
  @Column('integer') version: number;
  @Column('timestamptz', { name: 'created_at' }) createdAt: Date;
  @Column('timestamptz', { name: 'updated_at' }) updatedAt: Date;
}
