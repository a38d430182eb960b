import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { RegionCode } from '../tenancy/regions.js';
import type { QuietKind } from './quiet-period.js';

@Entity('quiet_periods')
export class QuietPeriodEntity {
  @PrimaryColumn('uuid', { name: 'contractor_id' }) contractorId: string;
  @PrimaryColumn('uuid') id: string;
  @Column('uuid', { name: 'client_id', nullable: true }) clientId: string | null;
  @Column('text', { name: 'region_code', nullable: true }) regionCode: RegionCode | null;
  @Column('text') kind: QuietKind;
  @Column('text') title: string;
  @Column('timestamptz', { name: 'starts_at' }) startsAt: Date;
  @Column('timestamptz', { name: 'ends_at', nullable: true }) endsAt: Date | null;
  @Column('uuid', { name: 'created_by' }) createdBy: string;
  @Column('integer') version: number;
  @Column('timestamptz', { name: 'created_at' }) createdAt: Date;
  @Column('timestamptz', { name: 'updated_at' }) updatedAt: Date;
}
