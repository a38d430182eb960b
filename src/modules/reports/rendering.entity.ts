import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { RenderingFormat, RenderingState } from './rendering.js';

@Entity('report_renderings')
export class RenderingEntity {
  @PrimaryColumn('uuid', { name: 'contractor_id' }) contractorId: string;
  @PrimaryColumn('uuid', { name: 'report_id' }) reportId: string;
  @PrimaryColumn('integer') number: number;
  @PrimaryColumn('text') format: RenderingFormat;
  @Column('uuid', { name: 'client_id' }) clientId: string;
  @Column('text') state: RenderingState;
  @Column('text', { name: 'storage_key', nullable: true }) storageKey: string | null;
  @Column('integer', { nullable: true }) bytes: number | null;
  @Column('text', { nullable: true }) sha256: string | null;
  @Column('text', { nullable: true }) renderer: string | null;
}
