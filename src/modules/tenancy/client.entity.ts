import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { ClientKind } from './client.js';
import type { RegionCode } from './regions.js';

@Entity('clients')
export class ClientEntity {
  @PrimaryColumn('uuid', { name: 'contractor_id' }) contractorId: string;
  @PrimaryColumn('uuid') id: string;
  @Column('text') kind: ClientKind;
  @Column('text') name: string;
  @Column('text', { name: 'short_name', nullable: true }) shortName: string | null;
  @Column('text') inn: string;
  @Column('text') kpp: string;
  @Column('text') ogrn: string;
  @Column('text') address: string;
  @Column('text') email: string;
  @Column('text', { array: true }) phones: string[];
  @Column('text', { nullable: true }) site: string | null;
  @Column('text', { name: 'time_zone' }) timeZone: string;
  @Column('text', { name: 'region_code', nullable: true }) regionCode: RegionCode | null;
  @Column('uuid', { name: 'founder_id', nullable: true }) founderId: string | null;
  @Column('integer') version: number;
  @Column('timestamptz', { name: 'created_at' }) createdAt: Date;
  @Column('timestamptz', { name: 'updated_at' }) updatedAt: Date;
}
