import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { OutsideOrigin } from './outside-post.js';

@Entity('outside_posts')
export class OutsidePostEntity {
  @PrimaryColumn('uuid', { name: 'contractor_id' }) contractorId: string;
  @PrimaryColumn('uuid') id: string;
  @Column('uuid', { name: 'client_id' }) clientId: string;
  @Column('uuid', { name: 'page_id' }) pageId: string;
  @Column('text', { name: 'external_id' }) externalId: string;
  @Column('text') url: string;
  @Column('timestamptz', { name: 'published_at' }) publishedAt: Date;
  @Column('boolean', { name: 'by_page' }) byPage: boolean;
  @Column('text') origin: OutsideOrigin;
  @Column('uuid', { name: 'duplicate_of', nullable: true }) duplicateOf: string | null;
  @Column('timestamptz', { name: 'seen_at' }) seenAt: Date;
  @Column('integer') version: number;
  @Column('timestamptz', { name: 'updated_at' }) updatedAt: Date;
}
