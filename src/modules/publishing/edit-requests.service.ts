import { Injectable } from '@nestjs/common';
import { Clock } from '../../platform/clock/clock.js';
import { type Tx, UnitOfWork } from '../../platform/database/work.js';
import type { Principal } from '../../platform/http/access.js';
import { Ids } from '../../platform/ids/ids.js';
import { Outbox } from '../../platform/queue/outbox.js';
import { ContentChanged, PostNotApproved } from '../content/content.errors.js';
import { pollHash } from '../content/content-hash.js';
import type { Post } from '../content/post.js';
import type { NetworkName } from '../../networks/network.js';
import type { Edit } from './edit.js';
import { EditStore } from './edit.store.js';
import type { PublicationEntity } from './publication.entity.js';
import { PublicationRecords, SchedulingParts } from './publishing-parts.service.js';
import { EditInProgress, EditUnsuitable, NoContractInForce, NothingToEdit, NotPublished } from './publishing.errors.js';
import { editJob } from './publishing.jobs.js';
import { unsuitableEdit } from './suitability.js';

const UNIQUE_VIOLATION = '23505';

/** What asking for an edit touches. */
@Injectable()
export class EditRequestParts {
  constructor(
    readonly edits: EditStore,
    readonly scheduling: SchedulingParts,
    readonly records: PublicationRecords,
    readonly outbox: Outbox,
    readonly clock: Clock,
  ) {}
}

/** People ask for a published post to say what was approved afterwards. */
@Injectable()
export class EditRequestsService {
  constructor(
    private readonly work: UnitOfWork,
    private readonly parts: EditRequestParts,
    private readonly ids: Ids,
  ) {}

  /**
   * @param contentHash what the caller read and wants to stand there
   * @throws PublicationNotFound, NotPublished, PostNotApproved, ContentChanged, NothingToEdit, EditUnsuitable, NoContractInForce, EditInProgress
   */
  request(who: Principal, publicationId: string, contentHash: string): Promise<Edit> {
    const { contractorId } = who;
    return this.work
      .forTenant(who.scope, async (tx) => {
        const publication = await this.parts.records.require(tx, contractorId, publicationId);
        const { clientId, postVersion: versionBefore } = publication;
        const post = await this.checked(tx, publication, contentHash);
        const { postVersion } = post;
        const id = this.ids.next();
        const asked = { postVersion, contentHash, versionBefore, requestedBy: who.memberId };
        await this.parts.edits.insert(tx, { contractorId, id, clientId, publicationId, ...asked });
        const what = { id: publicationId, clientId, state: 'editRequested' };
        await this.parts.records.record(tx, who, what, { editId: id, postVersion, versionBefore });
        await this.parts.outbox.enqueue(tx, editJob, { contractorId, editId: id });
        return (await this.parts.edits.list(tx, contractorId, publicationId))[0]!;
      })
      .catch(oneAtATime);
  }

  /** Every edit of a publication, newest first. @throws PublicationNotFound */
  list(who: Principal, publicationId: string): Promise<Edit[]> {
    return this.work.reading(who.scope, async (tx) => {
      await this.parts.records.require(tx, who.contractorId, publicationId);
      return this.parts.edits.list(tx, who.contractorId, publicationId);
    });
  }

  private async checked(tx: Tx, publication: PublicationEntity, contentHash: string): Promise<Post> {
    const { contractorId, postId, pageId, network, drift } = publication;
    const { posts, pages, contracts } = this.parts.scheduling;
    if (publication.state !== 'published' || publication.withdrawRequestedAt) throw new NotPublished();
    const post = await posts.require(tx, contractorId, postId);
    if (post.status !== 'approved') throw new PostNotApproved();
    if (post.contentHash !== contentHash) throw new ContentChanged();
    // What somebody else changed on the page may be put right with the content that it had.
    if (publication.contentHash === contentHash && drift !== 'edited') throw new NothingToEdit();
    const before = await posts.requireVersion(tx, contractorId, postId, publication.postVersion);
    const reason = unsuitableEdit(post, await pages.require(tx, contractorId, pageId), votedOn(before, network));
    if (reason) throw new EditUnsuitable({ fields: [{ field: 'contentHash', reason }] });
    if (!(await contracts.coversAt(tx, contractorId, pageId, this.parts.clock.now()))) throw new NoContractInForce();
    return post;
  }
}

/** The poll that people may have voted in. */
function votedOn(post: Post, network: NetworkName): string | undefined {
  const poll = post.variants.find((variant) => variant.network === network)?.poll;
  return poll ? pollHash(poll) : undefined;
}

function oneAtATime(error: unknown): never {
  if ((error as { code?: string }).code === UNIQUE_VIOLATION) throw new EditInProgress();
  throw error;
}
