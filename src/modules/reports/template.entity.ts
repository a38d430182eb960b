import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { Section } from './document/look.js';

@Entity('report_templates')
export class ReportTemplateEntity {
  @PrimaryColumn('uuid', { name: 'contractor_id' }) contractorId: string;
  @PrimaryColumn('uuid', { name: 'client_id' }) clientId: string;
  @PrimaryColumn('integer') version: number;
  @Column('text', { array: true }) sections: Section[];
  @Column('text', { nullable: true }) intro: string | null;
  @Column('text', { nullable: true }) closing: string | null;
  @Column('text') accent: string;
  @Column('uuid', { name: 'logo_media_id', nullable: true }) logoMediaId: string | null;
  @Column('text', { name: 'logo_sha256', nullable: true }) logoSha256: string | null;
  @Column('uuid', { name: 'made_by' }) madeBy: string;
}
