import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { ContractKind, ContractStatus } from './contract.js';

@Entity('contracts')
export class ContractEntity {
  @PrimaryColumn('uuid', { name: 'contractor_id' }) contractorId: string;
  @PrimaryColumn('uuid') id: string;
  @Column('uuid', { name: 'client_id' }) clientId: string;
  @Column('text') number: string;
  @Column('date', { name: 'concluded_on' }) concludedOn: string;
  @Column('text') kind: ContractKind;
  @Column('text') subject: string;
  @Column('bigint', { name: 'price_kopecks' }) priceKopecks: bigint;
  @Column('date', { name: 'starts_on' }) startsOn: string;
  @Column('date', { name: 'ends_on' }) endsOn: string;
  @Column('text', { name: 'time_zone' }) timeZone: string;
  @Column('timestamptz', { name: 'starts_at' }) startsAt: Date;
  @Column('timestamptz', { name: 'ends_at' }) endsAt: Date;
  @Column('text') status: ContractStatus;
  @Column('date', { name: 'signed_on', nullable: true }) signedOn: string | null;
  @Column('timestamptz', { name: 'terminated_at', nullable: true }) terminatedAt: Date | null;
  @Column('text', { name: 'termination_reason', nullable: true }) terminationReason: string | null;
  @Column('integer') version: number;
  @Column('timestamptz', { name: 'created_at' }) createdAt: Date;
  @Column('timestamptz', { name: 'updated_at' }) updatedAt: Date;
}

@Entity('contract_pages')
export class ContractPageEntity {
  @PrimaryColumn('uuid', { name: 'contractor_id' }) contractorId: string;
  @Column('uuid', { name: 'client_id' }) clientId: string;
  @PrimaryColumn('uuid', { name: 'contract_id' }) contractId: string;
  @PrimaryColumn('uuid', { name: 'page_id' }) pageId: string;
}
