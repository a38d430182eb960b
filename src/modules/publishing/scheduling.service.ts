import { createHash } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { Clock } from '../../platform/clock/clock.js';
import { instantOf, wallTimeOf } from '../../platform/clock/zones.js';
import { type Tx, UnitOfWork } from '../../platform/database/work.js';
import type { FieldProblem } from '../../platform/errors/domain-error.js';
import type { Principal } from '../../platform/http/access.js';
import { RequestInvalid } from '../../platform/http/http.errors.js';
import { Ids } from '../../platform/ids/ids.js';
import { PostNotApproved } from '../content/content.errors.js';
import type { Post } from '../content/post.js';
import type { ScheduleWarning } from './schedule-warning.js';
import { PublicationRecords, SchedulingParts } from './publishing-parts.service.js';
import type { Publication } from './publication.js';
import {
  AlreadySent,
  NoContractInForce,
  NothingToWithdraw,
  NotScheduled,
  PagesUnknown,
  PageUnsuitable,
} from './publishing.errors.js';
import { unsuitable } from './suitability.js';

export interface ScheduleRequest {
  /** An instant, or a wall time of the client's zone: exactly one of them. */
  readonly publishAt?: Date;
  readonly publishAtLocal?: string;
  readonly pageIds: readonly string[];
  readonly onAmbiguity: 'hold' | 'resend';
  readonly maxLatenessMinutes: number;
  /** Where the machine can't publish, a person does and pastes the permalink. */
  readonly byHand: boolean;
}

interface Moment {
  readonly dueAt: Date;
  readonly plannedLocal: string;
  readonly timeZone: string;
}

/** What is planned for one page. */
interface Plan {
  readonly post: Post;
  readonly request: ScheduleRequest;
  readonly moment: Moment;
  /** Why a person has to publish it there, Russian; otherwise the machine does. */
  readonly byHand: string | undefined;
}

export interface Scheduled {
  readonly publications: readonly Publication[];
  readonly warnings: readonly ScheduleWarning[];
}

/** Minutes by which a requested time may lie behind: people press "now". */
const PAST_TOLERANCE_MS = 5 * 60_000;

/** When and where an approved post goes out. A schedule is rows; nothing waits in a queue. */
@Injectable()
export class SchedulingService {
  constructor(
    private readonly work: UnitOfWork,
    private readonly parts: SchedulingParts,
    private readonly records: PublicationRecords,
    private readonly clock: Clock,
    private readonly ids: Ids,
  ) {}

  /**
   * Schedules or reschedules the post; pages that are not named any more are withdrawn. All or nothing.
   * @throws PostNotApproved, PagesUnknown, PageUnsuitable, NoContractInForce, AlreadySent, RequestInvalid, PostNotFound
   */
  schedule(who: Principal, postId: string, request: ScheduleRequest): Promise<Scheduled> {
    return this.work.forTenant(who.scope, async (tx) => {
      const post = await this.parts.posts.require(tx, who.contractorId, postId);
      const { timeZone } = await this.parts.clients.require(tx, who.contractorId, post.clientId);
      const moment = this.moment(request, timeZone);
      if (post.status !== 'approved') throw new PostNotApproved();
      const hindrances = await this.checkPages(tx, post, request, { contractorId: who.contractorId, at: moment.dueAt });
      await this.withdrawOthers(tx, who, postId, request.pageIds);
      for (const [i, byHand] of hindrances.entries()) await this.plan(tx, who, { post, request, moment, byHand }, i);
      await this.records.scheduled(tx, who, post);
      const of = await this.records.publications.ofPost(tx, who.contractorId, postId);
      const warnings = await this.parts.rounds.capacity.settleIn(
        tx,
        of.filter(({ pageId }) => request.pageIds.includes(pageId)),
      );
      return { publications: await this.records.publications.ofPost(tx, who.contractorId, postId), warnings };
    });
  }

  /** Withdraws every publication of a post that can be. @throws NotScheduled, NothingToWithdraw */
  withdrawAll(who: Principal, postId: string): Promise<Publication[]> {
    return this.work.forTenant(who.scope, async (tx) => {
      await this.parts.posts.require(tx, who.contractorId, postId);
      const before = await this.records.publications.ofPost(tx, who.contractorId, postId);
      if (before.length === 0) throw new NotScheduled();
      let withdrawn = 0;
      for (const publication of before) if (await this.withdrawOne(tx, who, publication)) withdrawn += 1;
      if (withdrawn === 0) throw new NothingToWithdraw();
      return this.records.publications.ofPost(tx, who.contractorId, postId);
    });
  }

  /**
   * Takes one publication back. It is `withdrawn` at once when nothing was sent; otherwise it is deleted on the network
   * as soon as its outcome is known. @throws PublicationNotFound, NothingToWithdraw
   */
  withdraw(who: Principal, publicationId: string): Promise<Publication> {
    return this.work.forTenant(who.scope, async (tx) => {
      const publication = await this.records.require(tx, who.contractorId, publicationId);
      if (!(await this.withdrawOne(tx, who, publication))) throw new NothingToWithdraw();
      return this.records.require(tx, who.contractorId, publicationId);
    });
  }

  private async plan(tx: Tx, who: Principal, { post, request, moment, byHand }: Plan, index: number): Promise<void> {
    const state = byHand === undefined ? 'scheduled' : 'byHand';
    const reason = byHand === undefined ? null : { code: 'by-hand', message: byHand };
    const { contractorId, memberId } = who;
    const { id: postId, clientId, postVersion, contentHash } = post;
    const page = await this.parts.pages.require(tx, contractorId, request.pageIds[index]!);
    const id = await this.records.publications.plan(tx, {
      ...{ contractorId, id: this.ids.next(), clientId, postId, pageId: page.id, network: page.network, ...moment },
      ...{ state, reason },
      ...{ postVersion, contentHash, scheduledBy: memberId, marker: marker(this.ids.next()) },
      ...{ onAmbiguity: request.onAmbiguity, maxLatenessMinutes: request.maxLatenessMinutes },
    });
    if (!id)
      throw new AlreadySent({
        fields: [{ field: `pageIds.${index}`, reason: 'The post is being or has been sent to this page' }],
      });
    // Whoever knows what stands on the page before can tell later whether a post is missing.
    await this.parts.rounds.outside.enrol(tx, { contractorId, clientId, pageId: page.id });
    const details = { dueAt: moment.dueAt, timeZone: moment.timeZone, postVersion, onAmbiguity: request.onAmbiguity };
    await this.records.record(tx, who, { id, clientId, state }, details);
  }

  private async withdrawOne(tx: Tx, who: Principal, publication: Publication): Promise<boolean> {
    const { id, clientId } = publication;
    const state = await this.records.publications.withdraw(tx, who.contractorId, id);
    if (!state) return false;
    if (state === 'withdrawn') await this.records.moved(tx, who, { id, clientId, state }, {});
    else await this.records.record(tx, who, { id, clientId, state: 'withdrawalRequested' }, { while: state });
    return true;
  }

  private async withdrawOthers(tx: Tx, who: Principal, postId: string, pageIds: readonly string[]): Promise<void> {
    const others = (await this.records.publications.ofPost(tx, who.contractorId, postId)).filter(
      ({ pageId }) => !pageIds.includes(pageId),
    );
    for (const publication of others)
      if (['scheduled', 'byHand'].includes(publication.state)) await this.withdrawOne(tx, who, publication);
  }

  private moment({ publishAt, publishAtLocal }: ScheduleRequest, timeZone: string): Moment {
    if ((publishAt === undefined) === (publishAtLocal === undefined)) {
      throw invalid('publishAt', 'Send either publishAt or publishAtLocal');
    }
    const dueAt = publishAt ?? instantOf(publishAtLocal!, timeZone);
    if (dueAt.getTime() < this.clock.now().getTime() - PAST_TOLERANCE_MS) {
      throw invalid(publishAt ? 'publishAt' : 'publishAtLocal', 'This time is in the past');
    }
    return { dueAt, plannedLocal: wallTimeOf(dueAt, timeZone), timeZone };
  }

  private async checkPages(
    tx: Tx,
    post: Post,
    { pageIds, byHand }: ScheduleRequest,
    { contractorId, at }: { contractorId: string; at: Date },
  ): Promise<(string | undefined)[]> {
    const hindrances: (string | undefined)[] = [];
    const [unknown, notSuitable, uncovered]: [FieldProblem[], FieldProblem[], FieldProblem[]] = [[], [], []];
    for (const [i, pageId] of pageIds.entries()) {
      const field = `pageIds.${i}`;
      const page = await this.parts.findPage(tx, contractorId, pageId);
      if (!page || page.clientId !== post.clientId) {
        unknown.push({ field, reason: 'There is no such page of this client' });
        continue;
      }
      const reason = unsuitable(post, page);
      const taken = byHand && post.variants.some(({ network }) => network === page.network);
      if (reason && !taken) notSuitable.push({ field, reason });
      hindrances.push(reason);
      if (!(await this.parts.contracts.coversAt(tx, contractorId, pageId, at))) {
        uncovered.push({ field, reason: 'No active contract covers this page at that time' });
      }
    }
    if (unknown.length > 0) throw new PagesUnknown({ fields: unknown });
    if (notSuitable.length > 0) throw new PageUnsuitable({ fields: notSuitable });
    if (uncovered.length > 0) throw new NoContractInForce({ fields: uncovered });
    return hindrances;
  }
}

function invalid(field: string, reason: string): Error {
  return new RequestInvalid({ fields: [{ field, reason }] });
}

/** Sent to the network: tells nothing about us, and is the same at each attempt of one intent. */
function marker(id: string): string {
  return createHash('sha256').update(`publication ${id}`).digest('hex').slice(0, 32);
}
