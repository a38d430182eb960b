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
  @Column('uuid', { name: 'made_by' }) madeBy: string;
}
