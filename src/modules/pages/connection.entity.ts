import { Column, Entity, PrimaryColumn } from 'typeorm';

@Entity('connections')
export class ConnectionEntity {
  @PrimaryColumn('uuid', { name: 'contractor_id' }) contractorId: string;
  @PrimaryColumn('uuid') id: string;
  @Column('uuid', { name: 'client_id' }) clientId: string;
  @Column('uuid', { name: 'page_id' }) pageId: string;
  @Column('jsonb') findings: Record<string, string>;
  @Column('uuid', { name: 'connected_by' }) connectedBy: string;
  @Column('timestamptz', { name: 'connected_at' }) connectedAt: Date;
  @Column('timestamptz', { name: 'expires_at', nullable: true }) expiresAt: Date | null;
  @Column('timestamptz', { name: 'renewed_at', nullable: true }) renewedAt: Date | null;
  @Column('timestamptz', { name: 'ended_at', nullable: true }) endedAt: Date | null;
  @Column('text', { name: 'end_reason', nullable: true }) endReason: 'replaced' | 'disconnected' | null;
}

@Entity('credentials')
export class CredentialEntity {
  @PrimaryColumn('uuid', { name: 'contractor_id' }) contractorId: string;
  @PrimaryColumn('uuid') id: string;
  @Column('uuid', { name: 'client_id' }) clientId: string;
  @Column('uuid', { name: 'page_id' }) pageId: string;
  @Column('uuid', { name: 'connection_id' }) connectionId: string;
  @Column('text') kind: string;
  @Column('text') sealed: string;
  @Column('timestamptz', { name: 'stored_at' }) storedAt: Date;
}
