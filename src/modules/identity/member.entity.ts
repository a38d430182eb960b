import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { Role } from '../tenancy/roles.js';

@Entity('members')
export class MemberEntity {
  @PrimaryColumn('uuid', { name: 'contractor_id' }) contractorId: string;
  @PrimaryColumn('uuid') id: string;
  @Column('text') email: string;
  @Column('text') name: string;
  @Column('text', { name: 'password_hash' }) passwordHash: string;
  @Column('text') role: Role;
  @Column('boolean', { name: 'all_clients' }) allClients: boolean;
  @Column('text') status: 'active' | 'disabled';
  @Column('text', { name: 'time_zone', nullable: true }) timeZone: string | null;
  @Column('integer') version: number;
  @Column('timestamptz', { name: 'created_at' }) createdAt: Date;
  @Column('timestamptz', { name: 'updated_at' }) updatedAt: Date;
}

@Entity('member_clients')
export class MemberClientEntity {
  @PrimaryColumn('uuid', { name: 'contractor_id' }) contractorId: string;
  @PrimaryColumn('uuid', { name: 'member_id' }) memberId: string;
  @PrimaryColumn('uuid', { name: 'client_id' }) clientId: string;
}
