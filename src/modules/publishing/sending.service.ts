import { createHash } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import type { Credentials, PostContent, PublishOutcome, Reason } from '../../networks/network.js';
import { Networks } from '../../networks/networks.js';
import { Clock } from '../../platform/clock/clock.js';
import { pause } from '../../platform/clock/pause.js';
import { wholeContractor } from '../../platform/database/scope.js';
import { UnitOfWork } from '../../platform/database/work.js';
import { Metrics } from '../../platform/observability/metrics.js';
import { Ids } from '../../platform/ids/ids.js';
import { worker } from '../audit/audit.js';
import { PostsService } from '../content/posts.service.js';
import { PagesService } from '../pages/pages.service.js';
import { contentOf } from './attachments.js';
import { Budgets } from './budgets.service.js';
import { attemptEnd, type Claim, ClaimStore, SEND_WITHIN_MS } from './claim.store.js';
import { holdReason, RELEASED } from './hold-reasons.js';
import { parkedBySend } from './parking.js';
import { PublicationReader, type Readied } from './publication-reader.service.js';
import { settle, stopsPage } from './publication.js';
import { PublicationRecords } from './publishing-parts.service.js';

/** What sending reaches for outside its own rows. */
@Injectable()
export class SendingTools {
  constructor(
    readonly networks: Networks,
    readonly posts: PostsService,
    readonly pages: PagesService,
    readonly clock: Clock,
    readonly metrics: Metrics,
  ) {}
}

/** The rows that sending changes. */
@Injectable()
export class SendingRows {
  constructor(
    readonly claims: ClaimStore,
    readonly records: PublicationRecords,
    readonly budgets: Budgets,
    readonly ids: Ids,
  ) {}
}

const UNIQUE_VIOLATION = '23505';

/**
 * Publishes one publication at most once: claim, point of no return, one send, settle. No transaction is open while the
 * network is asked; a crash between any two steps leaves a state that the sweep understands.
 */
@Injectable()
export class SendingService {
  constructor(
    private readonly work: UnitOfWork,
    private readonly reader: PublicationReader,
    private readonly rows: SendingRows,
    private readonly tools: SendingTools,
  ) {}

  async send(contractorId: string, publicationId: string): Promise<void> {
    const claim = await this.claim(contractorId, publicationId);
    if (!claim) return;
    if (claim.leavesInMs > 0) await pause(claim.leavesInMs);
    const ready = await this.reader.read(contractorId, publicationId);
    const content = ready && contentOf(ready);
    if (!ready?.credentials || !content || this.rows.budgets.outdated(ready)) return this.release(claim);
    // Taken before the database sets its own deadline, so that ours never ends later, whatever the two clocks say.
    const sendBefore = new Date(this.tools.clock.now().getTime() + SEND_WITHIN_MS);
    if (!(await this.passPointOfNoReturn(claim, ready, content))) return this.release(claim);
    const outcome = await this.sendOnce(ready, ready.credentials, content, sendBefore);
    await this.settle(claim, ready, outcome);
  }

  private claim(contractorId: string, publicationId: string): Promise<(Claim & { leavesInMs: number }) | undefined> {
    const { claims, records, budgets, ids } = this.rows;
    return this.work.forTenant(wholeContractor(contractorId), async (tx) => {
      const key = { contractorId, publicationId };
      const claim = await claims.claim(tx, key, ids.next());
      if (claim) return { ...claim, leavesInMs: await budgets.leave(tx, contractorId, claim.budgetKey) };
      const code = await claims.holdIfShut(tx, key, holdReason);
      if (code) {
        const { clientId } = await records.require(tx, contractorId, publicationId);
        await records.moved(tx, worker(contractorId), { id: publicationId, clientId, state: 'held' }, { code });
      }
      return undefined;
    });
  }

  private passPointOfNoReturn(claim: Claim, ready: Readied, content: PostContent): Promise<boolean> {
    const { contractorId } = claim;
    const { postId, contentHash, marker } = ready.publication;
    const request = createHash('sha256')
      .update(JSON.stringify([ready.page.externalId, marker, content]))
      .digest('hex');
    const passed = this.work.forTenant(wholeContractor(contractorId), async (tx) => {
      // The lock on the post's row makes an edit or a revoked approval either come first, and win, or find the post locked.
      if (!(await this.tools.posts.lockApproved(tx, contractorId, postId, contentHash))) return false;
      if (await this.rows.claims.beginSending(tx, claim, request)) return true;
      throw new NothingBegun();
    });
    return passed.catch(nothingBegun);
  }

  private sendOnce(ready: Readied, credentials: Credentials, content: PostContent, sendBefore: Date): Promise<PublishOutcome> {
    const { network, marker } = ready.publication;
    const page = { externalId: ready.page.externalId };
    return this.tools.networks.get(network).publish({ page, credentials, content, marker, sendBefore });
  }

  private async settle(claim: Claim, ready: Readied, outcome: PublishOutcome): Promise<void> {
    try {
      await this.settleOnce(claim, ready, outcome);
    } catch (error) {
      if ((error as { code?: string }).code !== UNIQUE_VIOLATION) throw error;
      // The id that the network gave belongs to another publication of ours: whatever it means, it proves nothing.
      await this.settleOnce(claim, ready, { kind: 'unclear', reason: WRONG_ID });
    }
  }

  private async settleOnce(claim: Claim, ready: Readied, outcome: PublishOutcome): Promise<void> {
    const { contractorId, publicationId: id, clientId } = claim;
    const { claims, records } = this.rows;
    await this.work.forTenant(wholeContractor(contractorId), async (tx) => {
      const settlement = settle(outcome, claim.tries, await claims.lockWithdrawn(tx, claim));
      const kept = await claims.settle(tx, claim, settlement);
      const adopted =
        !kept && outcome.kind === 'published' && (await claims.adoptLate(tx, claim, outcome.externalId, outcome.url));
      await claims.endAttempt(tx, claim, kept || adopted ? attemptEnd(outcome) : { ...attemptEnd(outcome), outcome: 'fenced' });
      await this.rows.budgets.park(tx, ready, parkedBySend(outcome));
      const stop = stopsPage(outcome);
      if (stop) await this.tools.pages.markBroken(tx, contractorId, ready.page, stop);
      if (kept || adopted) {
        const details = { outcome: outcome.kind, ...('reason' in outcome && { code: outcome.reason.code }) };
        await records.moved(tx, worker(contractorId), { id, clientId, state: settlement.state }, details);
      }
    });
    this.measure(ready, outcome);
  }

  private release(claim: Claim): Promise<void> {
    return this.work.forTenant(wholeContractor(claim.contractorId), (tx) => this.rows.claims.release(tx, claim, RELEASED));
  }

  private measure({ publication }: Readied, outcome: PublishOutcome): void {
    const { metrics, clock } = this.tools;
    metrics.publicationOutcomes.inc({ network: publication.network, outcome: outcome.kind });
    if (outcome.kind !== 'published') return;
    const late = (clock.now().getTime() - publication.dueAt.getTime()) / 1_000;
    metrics.publicationLateness.observe({ network: publication.network }, Math.max(late, 0));
  }
}

/** Rolls the post's lock back: a post of which nothing is sent stays open to the people who write it. */
class NothingBegun extends Error {}

function nothingBegun(error: unknown): false {
  if (error instanceof NothingBegun) return false;
  throw error;
}

const WRONG_ID: Reason = {
  code: 'wrong-id',
  message: 'Сеть назвала номер записи, который уже принадлежит другой нашей публикации: проверяем страницу',
};
