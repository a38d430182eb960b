import { Injectable } from '@nestjs/common';
import { Networks } from '../../networks/networks.js';
import type { NetworkName } from '../../networks/network.js';
import { type Tx, UnitOfWork } from '../../platform/database/work.js';
import type { Principal } from '../../platform/http/access.js';
import { RequestInvalid, VersionStale } from '../../platform/http/http.errors.js';
import { type Page, type PageQuery, pageStart, toPage } from '../../platform/http/pagination.js';
import { Ids } from '../../platform/ids/ids.js';
import { Outbox } from '../../platform/queue/outbox.js';
import { AuditService } from '../audit/audit.service.js';
import { OpenClients } from '../contracts/open-clients.service.js';
import { ApprovalStore } from './approval.store.js';
import { MediaUnknown, PostLocked, PostNotFound, PostNotLocked } from './content.errors.js';
import { postApprovalVoided } from './content.events.js';
import { contentHash } from './content-hash.js';
import { limitProblems } from './content-limits.js';
import { MediaStore } from './media.store.js';
import type { Post, PostStatus, Variant } from './post.js';
import { PostStore } from './post.store.js';

export interface PostDraft {
  readonly title: string;
  readonly variants: readonly Variant[];
  readonly mediaIds: readonly string[];
}

/** What writing a post touches. */
@Injectable()
export class PostParts {
  constructor(
    readonly posts: PostStore,
    readonly media: MediaStore,
    readonly approvals: ApprovalStore,
    readonly clients: OpenClients,
    readonly audit: AuditService,
  ) {}
}

/** What people write: a text for each network, photos, videos, documents and polls, in versions that never change. */
@Injectable()
export class PostsService {
  constructor(
    private readonly work: UnitOfWork,
    private readonly parts: PostParts,
    private readonly networks: Networks,
    private readonly outbox: Outbox,
    private readonly ids: Ids,
  ) {}

  /** @throws RequestInvalid naming what a network would refuse, ClientNotFound, ContractsOver, MediaUnknown */
  create(who: Principal, clientId: string, draft: PostDraft): Promise<Post> {
    return this.work.forTenant(who.scope, async (tx) => {
      const { contractorId } = who;
      await this.parts.clients.require(tx, contractorId, clientId);
      const key = { contractorId, clientId, postId: this.ids.next() };
      const hash = await this.judge(tx, contractorId, clientId, draft);
      await this.parts.posts.insert(tx, key, draft.title, who.memberId);
      await this.parts.posts.insertVersion(tx, key, { ...draft, number: 1, authorId: who.memberId, contentHash: hash });
      const fact = { action: 'post.created', objectType: 'post', objectId: key.postId, clientId };
      await this.parts.audit.record(tx, who, fact);
      return this.require(tx, contractorId, key.postId);
    });
  }

  list(who: Principal, filter: { clientId?: string; status?: PostStatus }, query: PageQuery): Promise<Page<Post>> {
    const start = pageStart(query);
    return this.work.reading(who.scope, async (tx) =>
      toPage(await this.parts.posts.list(tx, who.contractorId, filter, start), start, (post) => post),
    );
  }

  get(who: Principal, id: string): Promise<Post> {
    return this.work.reading(who.scope, (tx) => this.require(tx, who.contractorId, id));
  }

  /**
   * Replaces the content. Any change of what the public would see voids the approvals; the title alone does not.
   * @throws PostLocked once it is being sent, VersionStale, RequestInvalid, MediaUnknown, PostNotFound, ContractsOver
   */
  edit(who: Principal, id: string, draft: PostDraft, version?: number): Promise<Post> {
    return this.work.forTenant(who.scope, async (tx) => {
      const before = await this.require(tx, who.contractorId, id);
      await this.parts.clients.require(tx, who.contractorId, before.clientId);
      const hash = await this.judge(tx, who.contractorId, before.clientId, draft);
      const key = { contractorId: who.contractorId, clientId: before.clientId, postId: id };
      if (hash === before.contentHash) {
        if (!(await this.parts.posts.retitle(tx, key, draft.title, version))) throw new VersionStale();
        return this.require(tx, who.contractorId, id);
      }
      const number = await this.parts.posts.startVersion(tx, key, draft.title, version);
      if (number === undefined) throw before.lockedAt ? new PostLocked() : new VersionStale();
      await this.parts.posts.insertVersion(tx, key, { ...draft, number, authorId: who.memberId, contentHash: hash });
      await this.parts.approvals.voidStanding(tx, who.contractorId, id, 'edited');
      if (before.status === 'approved') await this.outbox.publish(tx, postApprovalVoided, key);
      const fact = {
        action: 'post.edited',
        objectType: 'post',
        objectId: id,
        clientId: before.clientId,
        details: { postVersion: number },
      };
      await this.parts.audit.record(tx, who, fact);
      return this.require(tx, who.contractorId, id);
    });
  }

  /**
   * For publishing, when nothing of the post is on its way: opens what was sent for a correction, which is edited and approved as
   * anything else. @throws PostNotLocked, VersionStale, PostNotFound
   */
  async reopen(tx: Tx, who: Principal, id: string, version?: number): Promise<Post> {
    const { contractorId } = who;
    const before = await this.require(tx, contractorId, id);
    if (!before.lockedAt) throw new PostNotLocked();
    if (!(await this.parts.posts.reopen(tx, contractorId, id, version))) throw new VersionStale();
    await this.parts.approvals.voidStanding(tx, contractorId, id, 'revoked');
    await this.outbox.publish(tx, postApprovalVoided, { contractorId, clientId: before.clientId, postId: id });
    const details = { postVersion: before.postVersion };
    const fact = { action: 'post.reopened', objectType: 'post', objectId: id, clientId: before.clientId, details };
    await this.parts.audit.record(tx, who, fact);
    return this.require(tx, contractorId, id);
  }

  /** For publishing: locks exactly this approved content against any change. @returns false when it is not approved now. */
  lockApproved(tx: Tx, contractorId: string, postId: string, hash: string): Promise<boolean> {
    return this.parts.posts.lock(tx, contractorId, postId, hash);
  }

  /** As the post was in one of its versions. @throws PostNotFound */
  async requireVersion(tx: Tx, contractorId: string, id: string, number: number): Promise<Post> {
    const post = await this.parts.posts.find(tx, contractorId, id, number);
    if (!post) throw new PostNotFound();
    return post;
  }

  /** For modules above. @throws PostNotFound */
  async require(tx: Tx, contractorId: string, id: string): Promise<Post> {
    const post = await this.parts.posts.find(tx, contractorId, id);
    if (!post) throw new PostNotFound();
    return post;
  }

  /** What the networks would refuse is refused here. @returns the hash of what is good. */
  private async judge(tx: Tx, contractorId: string, clientId: string, draft: PostDraft): Promise<string> {
    const found = await this.parts.media.findAll(tx, contractorId, clientId, draft.mediaIds);
    const media = draft.mediaIds.map((id) => found.find((one) => one.id === id));
    if (!media.every((one) => one !== undefined)) {
      const reason = 'One of the photos, videos or documents does not exist or belongs to another client';
      throw new MediaUnknown({ fields: [{ field: 'mediaIds', reason }] });
    }
    const fields = limitProblems(draft.variants, media, (name: NetworkName) => this.networks.get(name));
    if (fields.length > 0) throw new RequestInvalid({ fields });
    return contentHash(draft.variants, media);
  }
}
