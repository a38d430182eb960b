import { Column, Entity, PrimaryColumn } from 'typeorm';

@Entity('api_keys')
export class ApiKeyEntity {
  @PrimaryColumn('uuid', { name: 'contractor_id' }) contractorId: string;
  @PrimaryColumn('uuid') id: string;
  @Column('text') name: string;
  @Column('text') prefix: string;
  @Column('text', { name: 'secret_hash' }) secretHash: string;
  @Column('text', { name: 'previous_hash', nullable: true }) previousHash: string | null;
  @Column('timestamptz', { name: 'previous_until', nullable: true }) previousUntil: Date | null;
  @Column('text', { array: true }) scopes: string[];
  @Column('boolean', { name: 'all_clients' }) allClients: boolean;
  @Column('uuid', { name: 'client_ids', array: true }) clientIds: string[];
  @Column('integer', { name: 'requests_per_minute' }) requestsPerMinute: number;
  @Column('uuid', { name: 'created_by' }) createdBy: string;
  @Column('timestamptz', { name: 'created_at' }) createdAt: Date;
  @Column('timestamptz', { name: 'expires_at', nullable: true }) expiresAt: Date | null;
  @Column('timestamptz', { name: 'last_used_at', nullable: true }) lastUsedAt: Date | null;
  @Column('timestamptz', { name: 'revoked_at', nullable: true }) revokedAt: Date | null;
}
