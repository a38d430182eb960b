import { Injectable } from '@nestjs/common';
import { type Tx, UnitOfWork } from '../../platform/database/work.js';
import type { Principal } from '../../platform/http/access.js';
import { RequestInvalid } from '../../platform/http/http.errors.js';
import { Ids } from '../../platform/ids/ids.js';
import { Outbox } from '../../platform/queue/outbox.js';
import { AuditService } from '../audit/audit.service.js';
import { ApprovalStore } from './approval.store.js';
import {
  ContentChanged,
  OtherSidesTurn,
  OwnPost,
  PersonNeeded,
  PostLocked,
  PostNotFound,
  PostTransitionRefused,
} from './content.errors.js';
import { postApproved, postApprovalVoided } from './content.events.js';
import { actionsFrom, type Approval, moved, type Post, type PostAction, stepOf } from './post.js';
import { PostStore } from './post.store.js';

export interface Decision {
  readonly decision: 'approved' | 'returned';
  /** What the decider read: a decision about anything else is refused. */
  readonly contentHash: string;
  readonly comment: string | null;
}

/** What approving touches. */
@Injectable()
export class ApprovalParts {
  constructor(
    readonly posts: PostStore,
    readonly approvals: ApprovalStore,
    readonly audit: AuditService,
  ) {}
}

/** Two people who did not write a post see exactly what goes out: one of the agency, then one of the client. */
@Injectable()
export class ApprovalsService {
  constructor(
    private readonly work: UnitOfWork,
    private readonly parts: ApprovalParts,
    private readonly outbox: Outbox,
    private readonly ids: Ids,
  ) {}

  /** Hands a draft to the agency's approver. @throws PostTransitionRefused, PostLocked */
  submit(who: Principal, postId: string): Promise<Post> {
    return this.work.forTenant(who.scope, async (tx) => {
      const post = await this.require(tx, who.contractorId, postId);
      return this.move(tx, who, post, 'submit');
    });
  }

  /** @throws OtherSidesTurn, OwnPost, ContentChanged, PersonNeeded, PostTransitionRefused, RequestInvalid without a comment */
  decide(who: Principal, postId: string, { decision, contentHash, comment }: Decision): Promise<Post> {
    if (who.kind !== 'member') throw new PersonNeeded();
    if (decision === 'returned' && !comment) {
      throw new RequestInvalid({
        fields: [{ field: 'comment', reason: 'Say what should change, so that the author can change it' }],
      });
    }
    return this.work.forTenant(who.scope, async (tx) => {
      const post = await this.require(tx, who.contractorId, postId);
      const step = stepOf(post.status);
      if (!step) throw refused(post);
      if (step !== who.side) throw new OtherSidesTurn();
      if (contentHash !== post.contentHash) throw new ContentChanged();
      if (decision === 'approved' && [post.authorId, post.versionAuthorId].includes(who.memberId)) throw new OwnPost();
      await this.parts.approvals.insert(tx, {
        ...{
          contractorId: who.contractorId,
          id: this.ids.next(),
          clientId: post.clientId,
          postId,
          postVersion: post.postVersion,
        },
        ...{ contentHash, step, decision, comment, decidedBy: who.memberId },
        ...{ versionAuthorId: post.versionAuthorId, postAuthorId: post.authorId },
      });
      if (decision === 'returned') await this.parts.approvals.voidStanding(tx, who.contractorId, postId, 'revoked');
      const after = await this.move(tx, who, post, decision === 'approved' ? 'approve' : 'return');
      if (after.status === 'approved') {
        const { contractorId } = who;
        await this.outbox.publish(tx, postApproved, {
          ...{ contractorId, clientId: post.clientId, postId, postVersion: post.postVersion },
        });
      }
      return after;
    });
  }

  /** Takes an approval back, until the first byte leaves. @throws PostLocked, PostTransitionRefused, PersonNeeded */
  revoke(who: Principal, postId: string): Promise<Post> {
    if (who.kind !== 'member') throw new PersonNeeded();
    return this.work.forTenant(who.scope, async (tx) => {
      const post = await this.require(tx, who.contractorId, postId);
      const after = await this.move(tx, who, post, 'revoke');
      await this.parts.approvals.voidStanding(tx, who.contractorId, postId, 'revoked');
      await this.outbox.publish(tx, postApprovalVoided, { contractorId: who.contractorId, clientId: post.clientId, postId });
      return after;
    });
  }

  /** Every decision about a post, newest first. @throws PostNotFound */
  list(who: Principal, postId: string): Promise<Approval[]> {
    return this.work.reading(who.scope, async (tx) => {
      await this.require(tx, who.contractorId, postId);
      return this.parts.approvals.list(tx, who.contractorId, postId);
    });
  }

  private async move(tx: Tx, who: Principal, post: Post, action: PostAction): Promise<Post> {
    const to = moved(post.status, action);
    if (!to) throw refused(post);
    if (post.lockedAt) throw new PostLocked();
    // One conditional update: whoever comes second finds another status, version or a lock.
    if (!(await this.parts.posts.move(tx, who.contractorId, post, to))) throw new ContentChanged();
    const details = { action, from: post.status, to, postVersion: post.postVersion };
    const fact = { action: `post.${PAST[action]}`, objectType: 'post', objectId: post.id, clientId: post.clientId, details };
    await this.parts.audit.record(tx, who, fact);
    return this.require(tx, who.contractorId, post.id);
  }

  private async require(tx: Tx, contractorId: string, id: string): Promise<Post> {
    const post = await this.parts.posts.find(tx, contractorId, id);
    if (!post) throw new PostNotFound();
    return post;
  }
}

const PAST: Record<PostAction, string> = {
  submit: 'submitted',
  approve: 'approved',
  return: 'returned',
  revoke: 'approvalRevoked',
  edit: 'edited',
};

function refused(post: Post): Error {
  return new PostTransitionRefused({ allowedTransitions: actionsFrom(post.status) });
}
