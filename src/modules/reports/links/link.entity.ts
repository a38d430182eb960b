import { Column, Entity, PrimaryColumn } from 'typeorm';

@Entity('report_links')
export class ReportLinkEntity {
  @PrimaryColumn('uuid', { name: 'contractor_id' }) contractorId: string;
  @PrimaryColumn('uuid') id: string;
  @Column('uuid', { name: 'client_id' }) clientId: string;
  @Column('uuid', { name: 'report_id' }) reportId: string;
  @Column('integer') number: number;
  @Column('uuid', { name: 'made_by', nullable: true }) madeBy: string | null;
  @Column('text', { nullable: true }) recipient: string | null;
  @Column('timestamptz', { name: 'expires_at' }) expiresAt: Date;
  @Column('integer') uses: number;
  @Column('timestamptz', { name: 'used_at', nullable: true }) usedAt: Date | null;
  @Column('timestamptz', { name: 'revoked_at', nullable: true }) revokedAt: Date | null;
  @Column('uuid', { name: 'revoked_by', nullable: true }) revokedBy: string | null;
  @Column('timestamptz', { name: 'created_at' }) createdAt: Date;
}
