import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { NetworkName, Reason } from '../../networks/network.js';
import type { AttemptOutcome, LookResult, PublicationState } from './publication.js';

@Entity('publications')
export class PublicationEntity {
  @PrimaryColumn('uuid', { name: 'contractor_id' }) contractorId: string;
  @PrimaryColumn('uuid') id: string;
  @Column('uuid', { name: 'client_id' }) clientId: string;
  @Column('uuid', { name: 'post_id' }) postId: string;
  @Column('uuid', { name: 'page_id' }) pageId: string;
  @Column('text') network: NetworkName;
  @Column('integer') slot: number;
  @Column('text') state: PublicationState;
  @Column('timestamptz', { name: 'due_at' }) dueAt: Date;
  @Column('text', { name: 'planned_local' }) plannedLocal: string;
  @Column('text', { name: 'time_zone' }) timeZone: string;
  @Column('integer', { name: 'post_version' }) postVersion: number;
  @Column('text', { name: 'content_hash' }) contentHash: string;
  @Column('text', { name: 'on_ambiguity' }) onAmbiguity: 'hold' | 'resend';
  @Column('timestamptz', { name: 'next_try_at' }) nextTryAt: Date;
  @Column('timestamptz', { name: 'prepared_at', nullable: true }) preparedAt: Date | null;
  @Column('text', { name: 'budget_key', nullable: true }) budgetKey: string | null;
  @Column('integer') tries: number;
  @Column('integer') fence: number;
  @Column('text') marker: string;
  @Column('timestamptz', { name: 'first_sent_at', nullable: true }) firstSentAt: Date | null;
  @Column('timestamptz', { name: 'repeat_until', nullable: true }) repeatUntil: Date | null;
  @Column('boolean', { name: 'in_doubt' }) inDoubt: boolean;
  @Column('timestamptz', { name: 'settles_at', nullable: true }) settlesAt: Date | null;
  @Column('integer') looks: number;
  @Column('timestamptz', { name: 'withdraw_requested_at', nullable: true }) withdrawRequestedAt: Date | null;
  @Column('jsonb', { nullable: true }) reason: Reason | null;
  @Column('text', { name: 'external_id', nullable: true }) externalId: string | null;
  @Column('text', { nullable: true }) url: string | null;
  @Column('timestamptz', { name: 'published_at', nullable: true }) publishedAt: Date | null;
  @Column('text', { nullable: true }) drift: 'edited' | 'deleted' | null;
  @Column('uuid', { name: 'scheduled_by' }) scheduledBy: string;
  @Column('integer') version: number;
  @Column('timestamptz', { name: 'created_at' }) createdAt: Date;
  @Column('timestamptz', { name: 'updated_at' }) updatedAt: Date;
}

@Entity('publication_attempts')
export class AttemptEntity {
  @PrimaryColumn('uuid', { name: 'contractor_id' }) contractorId: string;
  @PrimaryColumn('uuid') id: string;
  @Column('uuid', { name: 'client_id' }) clientId: string;
  @Column('uuid', { name: 'publication_id' }) publicationId: string;
  @Column('integer') number: number;
  @Column('integer') fence: number;
  @Column('text') marker: string;
  @Column('text', { name: 'request_sha256', nullable: true }) requestSha256: string | null;
  @Column('timestamptz', { name: 'started_at' }) startedAt: Date;
  @Column('timestamptz', { name: 'sent_at', nullable: true }) sentAt: Date | null;
  @Column('timestamptz', { name: 'ended_at', nullable: true }) endedAt: Date | null;
  @Column('text', { nullable: true }) outcome: AttemptOutcome | null;
  @Column('jsonb', { nullable: true }) reason: Reason | null;
  @Column('text', { name: 'external_id', nullable: true }) externalId: string | null;
  @Column('text', { nullable: true }) url: string | null;
}

@Entity('publication_uploads')
export class UploadEntity {
  @PrimaryColumn('uuid', { name: 'contractor_id' }) contractorId: string;
  @PrimaryColumn('uuid', { name: 'publication_id' }) publicationId: string;
  @PrimaryColumn('integer') position: number;
  @Column('uuid', { name: 'client_id' }) clientId: string;
  @Column('text', { name: 'media_sha256' }) mediaSha256: string;
  @Column('text') attachment: string;
  @Column('timestamptz', { name: 'uploaded_at' }) uploadedAt: Date;
}

@Entity('publication_looks')
export class LookEntity {
  @PrimaryColumn('uuid', { name: 'contractor_id' }) contractorId: string;
  @PrimaryColumn('uuid') id: string;
  @Column('uuid', { name: 'client_id' }) clientId: string;
  @Column('uuid', { name: 'publication_id' }) publicationId: string;
  @Column('timestamptz', { name: 'looked_at' }) lookedAt: Date;
  @Column('text') result: LookResult;
  @Column('integer') seen: number;
  @Column('jsonb') matches: { externalId: string; url: string }[];
  @Column('jsonb', { nullable: true }) reason: Reason | null;
}
