import { Column, Entity, PrimaryColumn } from 'typeorm';

@Entity('audit_entries')
export class AuditEntryEntity {
  @PrimaryColumn('uuid', { name: 'contractor_id' }) contractorId: string;
  @PrimaryColumn('uuid') id: string;
  @Column('uuid', { name: 'client_id', nullable: true }) clientId: string | null;
  @Column('timestamptz') at: Date;
  @Column('text', { name: 'actor_kind' }) actorKind: 'member' | 'apiKey' | 'worker';
  @Column('uuid', { name: 'actor_id', nullable: true }) actorId: string | null;
  @Column('text') action: string;
  @Column('text', { name: 'object_type' }) objectType: string;
  @Column('uuid', { name: 'object_id' }) objectId: string;
  @Column('jsonb') details: Record<string, unknown>;
  @Column('text', { name: 'request_id', nullable: true }) requestId: string | null;
}
