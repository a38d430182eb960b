import { Column, Entity, PrimaryColumn } from 'typeorm';

@Entity('media')
export class MediaEntity {
  @PrimaryColumn('uuid', { name: 'contractor_id' }) contractorId: string;
  @PrimaryColumn('uuid') id: string;
  @Column('uuid', { name: 'client_id' }) clientId: string;
  @Column('text', { name: 'file_name' }) fileName: string;
  @Column('text') type: 'image/jpeg' | 'image/png';
  @Column('integer') bytes: number;
  @Column('integer') width: number;
  @Column('integer') height: number;
  @Column('text') sha256: string;
  @Column('text', { name: 'storage_key' }) storageKey: string;
  @Column('uuid', { name: 'uploaded_by' }) uploadedBy: string;
  @Column('timestamptz', { name: 'created_at' }) createdAt: Date;
}
