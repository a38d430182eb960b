import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { Role } from '../tenancy/roles.js';

@Entity('invitations')
export class InvitationEntity {
  @PrimaryColumn('uuid', { name: 'contractor_id' }) contractorId: string;
  @PrimaryColumn('uuid') id: string;
  @Column('text') email: string;
  @Column('text') role: Role;
  @Column('boolean', { name: 'all_clients' }) allClients: boolean;
  @Column('uuid', { name: 'client_ids', array: true }) clientIds: string[];
  @Column('text', { name: 'token_hash' }) tokenHash: string;
  @Column('uuid', { name: 'invited_by' }) invitedBy: string;
  @Column('timestamptz', { name: 'expires_at' }) expiresAt: Date;
  @Column('timestamptz', { name: 'accepted_at', nullable: true }) acceptedAt: Date | null;
  @Column('timestamptz', { name: 'revoked_at', nullable: true }) revokedAt: Date | null;
  @Column('timestamptz', { name: 'created_at' }) createdAt: Date;
}
