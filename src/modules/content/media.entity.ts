import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { MediaKind, MediaType } from './media.js';

@Entity('media')
export class MediaEntity {
  @PrimaryColumn('uuid', { name: 'contractor_id' }) contractorId: string;
  @PrimaryColumn('uuid') id: string;
  @Column('uuid', { name: 'client_id' }) clientId: string;
  @Column('text', { name: 'file_name' }) fileName: string;
  @Column('text') kind: MediaKind;
  @Column('text', { nullable: true }) title: string | null;
  @Column('text') type: MediaType;
  @Column('integer') bytes: number;
  @Column('integer', { nullable: true }) width: number | null;
  @Column('integer', { nullable: true }) height: number | null;
  @Column('text') sha256: string;
  @Column('text', { name: 'storage_key' }) storageKey: string;
  @Column('uuid', { name: 'uploaded_by' }) uploadedBy: string;
  @Column('timestamptz', { name: 'created_at' }) createdAt: Date;
}
