import { Injectable } from '@nestjs/common';
import type { Tx } from '../../platform/database/work.js';
import type { Principal } from '../../platform/http/access.js';
import { Outbox } from '../../platform/queue/outbox.js';
import type { Actor, AuditFact } from '../audit/audit.js';
import { AuditService } from '../audit/audit.service.js';
import { PostsService } from '../content/posts.service.js';
import { ContractsService } from '../contracts/contracts.service.js';
import type { Page } from '../pages/page.js';
import { PageNotFound } from '../pages/pages.errors.js';
import { PagesService } from '../pages/pages.service.js';
import { ClientsService } from '../tenancy/clients.service.js';
import type { AlarmCause } from './alarm.js';
import { CapacityService } from './capacity.service.js';
import { OutsidePostStore } from './outside-post.store.js';
import type { PublicationState } from './publication.js';
import type { PublicationEntity } from './publication.entity.js';
import { PublicationStore } from './publication.store.js';
import { PublicationNotFound } from './publishing.errors.js';
import {
  outsidePostAttributed,
  outsidePostSeen,
  postScheduled,
  publicationDrifted,
  publicationEdited,
  publicationMoved,
  publishingAlarmEnded,
  publishingAlarmRaised,
} from './publishing.events.js';

/** What planning sets going for a page. */
@Injectable()
export class PageRounds {
  constructor(
    readonly capacity: CapacityService,
    readonly outside: OutsidePostStore,
  ) {}
}

/** What scheduling asks of the modules below. */
@Injectable()
export class SchedulingParts {
  constructor(
    readonly posts: PostsService,
    readonly pages: PagesService,
    readonly contracts: ContractsService,
    readonly clients: ClientsService,
    readonly rounds: PageRounds,
  ) {}

  findPage(tx: Tx, contractorId: string, pageId: string): Promise<Page | undefined> {
    return this.pages.require(tx, contractorId, pageId).catch((error: unknown) => {
      if (error instanceof PageNotFound) return undefined;
      throw error;
    });
  }
}

/** The rows of publications with what always goes along with a change: the audit line and the event. */
@Injectable()
export class PublicationRecords {
  constructor(
    readonly publications: PublicationStore,
    private readonly audit: AuditService,
    private readonly outbox: Outbox,
  ) {}

  /** @throws PublicationNotFound */
  async require(tx: Tx, contractorId: string, id: string): Promise<PublicationEntity> {
    const publication = await this.publications.find(tx, contractorId, id);
    if (!publication) throw new PublicationNotFound();
    return publication;
  }

  /** For facts about other things than publications. */
  audited(tx: Tx, who: Actor | Principal, fact: AuditFact): Promise<void> {
    return this.audit.record(tx, who, fact);
  }

  /** Tells the modules above; each page's publication has an audit line of its own. */
  scheduled(tx: Tx, who: Principal, post: { id: string; clientId: string }): Promise<void> {
    const { id: postId, clientId } = post;
    return this.outbox.publish(tx, postScheduled, { contractorId: who.contractorId, clientId, postId });
  }

  /** A person said who wrote a post that is none of ours. */
  async attributed(tx: Tx, who: Principal, post: { id: string; clientId: string }, details: object): Promise<void> {
    const { id: outsidePostId, clientId } = post;
    const fact = { action: 'outsidePost.attributed', objectType: 'outsidePost', objectId: outsidePostId, clientId };
    await this.audit.record(tx, who, { ...fact, details: { ...details } });
    await this.outbox.publish(tx, outsidePostAttributed, { contractorId: who.contractorId, clientId, outsidePostId });
  }

  /** Writes the audit line alone. */
  record(tx: Tx, who: Actor | Principal, what: { id: string; clientId: string; state: string }, details: object): Promise<void> {
    const fact = { action: `publication.${what.state}`, objectType: 'publication', objectId: what.id, clientId: what.clientId };
    return this.audit.record(tx, who, { ...fact, details: { ...details } });
  }

  /** Writes the audit line and tells the modules above. */
  async moved(
    tx: Tx,
    who: Actor | Principal,
    what: { id: string; clientId: string; state: PublicationState },
    details: object,
  ): Promise<void> {
    const { id: publicationId, clientId, state } = what;
    const event = { contractorId: who.contractorId, clientId, publicationId, state };
    await Promise.all([this.record(tx, who, what, details), this.outbox.publish(tx, publicationMoved, event)]);
  }

  /** The post on the page differs from what was published, or is as it was again. */
  async drifted(tx: Tx, who: Actor, what: { id: string; clientId: string; drift: 'same' | 'edited' | 'deleted' }): Promise<void> {
    const { id: publicationId, clientId, drift } = what;
    await this.record(tx, who, { id: publicationId, clientId, state: 'checked' }, { drift });
    await this.outbox.publish(tx, publicationDrifted, { contractorId: who.contractorId, clientId, publicationId, drift });
  }

  /** An edit came to its end. */
  async edited(
    tx: Tx,
    who: Actor,
    what: { publicationId: string; clientId: string; editId: string; state: 'applied' | 'refused' | 'held' },
  ): Promise<void> {
    const { publicationId, clientId, editId, state } = what;
    await this.record(tx, who, { id: publicationId, clientId, state: 'edited' }, { editId, state });
    await this.outbox.publish(tx, publicationEdited, { contractorId: who.contractorId, clientId, publicationId, editId, state });
  }

  async alarm(
    tx: Tx,
    who: Actor,
    { id: alarmId, contractorId, cause }: { id: string; contractorId: string; cause: AlarmCause },
    what: 'raised' | 'ended',
  ): Promise<void> {
    const action = what === 'raised' ? 'publishing.alarmRaised' : 'publishing.alarmEnded';
    await this.audit.record(tx, who, { action, objectType: 'publishingAlarm', objectId: alarmId, details: { cause } });
    const event = what === 'raised' ? publishingAlarmRaised : publishingAlarmEnded;
    await this.outbox.publish(tx, event, { contractorId, alarmId, cause });
  }

  async seenOutside(
    tx: Tx,
    who: Actor,
    what: { clientId: string; pageId: string; outsidePostId: string; duplicate: boolean },
  ): Promise<void> {
    const { clientId, pageId, outsidePostId, duplicate } = what;
    const fact = { action: 'outsidePost.seen', objectType: 'outsidePost', objectId: outsidePostId, clientId };
    await this.audit.record(tx, who, { ...fact, details: { pageId, duplicate } });
    await this.outbox.publish(tx, outsidePostSeen, {
      contractorId: who.contractorId,
      clientId,
      pageId,
      outsidePostId,
      duplicate,
    });
  }
}
