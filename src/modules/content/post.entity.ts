import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { Poll } from '../../networks/media.js';
import type { NetworkName } from '../../networks/network.js';
import type { ApprovalStep, PostStatus } from './post.js';

@Entity('posts')
export class PostEntity {
  @PrimaryColumn('uuid', { name: 'contractor_id' }) contractorId: string;
  @PrimaryColumn('uuid') id: string;
  @Column('uuid', { name: 'client_id' }) clientId: string;
  @Column('text') title: string;
  @Column('uuid', { name: 'author_id' }) authorId: string;
  @Column('text') status: PostStatus;
  @Column('integer', { name: 'current_version' }) postVersion: number;
  @Column('text', { name: 'approved_hash', nullable: true }) approvedHash: string | null;
  @Column('timestamptz', { name: 'locked_at', nullable: true }) lockedAt: Date | null;
  @Column('integer') version: number;
  @Column('timestamptz', { name: 'created_at' }) createdAt: Date;
  @Column('timestamptz', { name: 'updated_at' }) updatedAt: Date;
}

@Entity('post_versions')
export class PostVersionEntity {
  @PrimaryColumn('uuid', { name: 'contractor_id' }) contractorId: string;
  @PrimaryColumn('uuid', { name: 'post_id' }) postId: string;
  @PrimaryColumn('integer') number: number;
  @Column('uuid', { name: 'client_id' }) clientId: string;
  @Column('uuid', { name: 'author_id' }) authorId: string;
  @Column('text', { name: 'content_hash' }) contentHash: string;
  @Column('timestamptz', { name: 'created_at' }) createdAt: Date;
}

@Entity('post_variants')
export class PostVariantEntity {
  @PrimaryColumn('uuid', { name: 'contractor_id' }) contractorId: string;
  @PrimaryColumn('uuid', { name: 'post_id' }) postId: string;
  @PrimaryColumn('integer') number: number;
  @PrimaryColumn('text') network: NetworkName;
  @Column('uuid', { name: 'client_id' }) clientId: string;
  @Column('text') text: string;
  @Column('text', { nullable: true }) link: string | null;
  @Column('jsonb', { nullable: true }) poll: Poll | null;
}

@Entity('post_media')
export class PostMediaEntity {
  @PrimaryColumn('uuid', { name: 'contractor_id' }) contractorId: string;
  @PrimaryColumn('uuid', { name: 'post_id' }) postId: string;
  @PrimaryColumn('integer') number: number;
  @PrimaryColumn('integer') position: number;
  @Column('uuid', { name: 'client_id' }) clientId: string;
  @Column('uuid', { name: 'media_id' }) mediaId: string;
}

@Entity('approvals')
export class ApprovalEntity {
  @PrimaryColumn('uuid', { name: 'contractor_id' }) contractorId: string;
  @PrimaryColumn('uuid') id: string;
  @Column('uuid', { name: 'client_id' }) clientId: string;
  @Column('uuid', { name: 'post_id' }) postId: string;
  @Column('integer', { name: 'number' }) postVersion: number;
  @Column('text', { name: 'content_hash' }) contentHash: string;
  @Column('text') step: ApprovalStep;
  @Column('text') decision: 'approved' | 'returned';
  @Column('text', { nullable: true }) comment: string | null;
  @Column('uuid', { name: 'decided_by' }) decidedBy: string;
  @Column('uuid', { name: 'version_author_id' }) versionAuthorId: string;
  @Column('uuid', { name: 'post_author_id' }) postAuthorId: string;
  @Column('timestamptz', { name: 'decided_at' }) decidedAt: Date;
  @Column('timestamptz', { name: 'voided_at', nullable: true }) voidedAt: Date | null;
  @Column('text', { name: 'void_reason', nullable: true }) voidReason: 'edited' | 'revoked' | null;
}
