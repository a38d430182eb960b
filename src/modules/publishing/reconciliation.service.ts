import { Injectable } from '@nestjs/common';
import type { CallOutcome, Credentials, FindOutcome, FindResult, WallPost } from '../../networks/network.js';
import { Networks } from '../../networks/networks.js';
import { Clock } from '../../platform/clock/clock.js';
import { wholeContractor } from '../../platform/database/scope.js';
import { type Tx, UnitOfWork } from '../../platform/database/work.js';
import { Ids } from '../../platform/ids/ids.js';
import { worker } from '../audit/audit.js';
import { ConnectionsService } from '../pages/connections.service.js';
import type { Page } from '../pages/page.js';
import { PagesService } from '../pages/pages.service.js';
import { Budgets } from './budgets.service.js';
import { bare } from './check.js';
import { OutsidePostStore } from './outside-post.store.js';
import { PublicationRecords } from './publishing-parts.service.js';

const LOOK_BACK_MS = 24 * 3_600_000;

/** What comparing a page asks of the modules below. */
@Injectable()
export class ReconciliationTools {
  constructor(
    readonly pages: PagesService,
    readonly connections: ConnectionsService,
    readonly networks: Networks,
    readonly clock: Clock,
    readonly ids: Ids,
  ) {}
}

/** When something of ours was on its way to the page just now. */
const SOON_SECONDS = 60;

/** Compares a page's newest posts with ours: what we did not publish is recorded, and a double raises an alarm. */
@Injectable()
export class ReconciliationService {
  constructor(
    private readonly work: UnitOfWork,
    private readonly outside: OutsidePostStore,
    private readonly records: PublicationRecords,
    private readonly tools: ReconciliationTools,
    private readonly budgets: Budgets,
  ) {}

  async reconcile(contractorId: string, pageId: string): Promise<void> {
    const { page, credentials } = await this.work.reading(wholeContractor(contractorId), async (tx) => ({
      page: await this.tools.pages.require(tx, contractorId, pageId),
      credentials: await this.tools.connections.credentialsOf(tx, contractorId, pageId),
    }));
    if (page.status !== 'connected' || !credentials) return;
    const secrets = { contractorId, network: page.network, credentials };
    const waitMs = await this.budgets.pageTurn(secrets, 'find');
    if (waitMs > 0) return this.putOff(contractorId, pageId, waitMs);
    const found = await this.look(page, credentials);
    await this.budgets.made(secrets, 'find', found.requests);
    if (found.kind !== 'done') return this.lossSeen(contractorId, page, found);
    const seen = newest(found.value, this.tools.clock.now());
    await this.work.forTenant(wholeContractor(contractorId), async (tx) => {
      if (await this.outside.hasOpenOutcome(tx, contractorId, pageId))
        return this.outside.putOff(tx, { contractorId, pageId }, SOON_SECONDS);
      const ours = await this.outside.recentTexts(tx, contractorId, pageId);
      for (const post of seen) await this.record(tx, { contractorId, clientId: page.clientId, pageId }, post, ours);
    });
  }

  private look(page: Page, credentials: Credentials): Promise<FindOutcome> {
    const to = this.tools.clock.now();
    const request = { page: { externalId: page.externalId }, credentials, content: { text: '', photos: [] } };
    return this.tools.networks.get(page.network).find({ ...request, from: lookingBack(to), to });
  }

  private putOff(contractorId: string, pageId: string, waitMs: number): Promise<void> {
    return this.work.forTenant(wholeContractor(contractorId), (tx) =>
      this.outside.putOff(tx, { contractorId, pageId }, waitMs / 1_000),
    );
  }

  private lossSeen(contractorId: string, page: Page, outcome: CallOutcome<FindResult>): Promise<void> {
    return this.work.forTenant(wholeContractor(contractorId), (tx) => this.tools.pages.lossSeen(tx, contractorId, page, outcome));
  }

  private async record(
    tx: Tx,
    page: { contractorId: string; clientId: string; pageId: string },
    post: WallPost,
    ours: readonly { id: string; text: string }[],
  ): Promise<void> {
    const double = post.byPage ? ours.find(({ text }) => bare(text) !== '' && bare(text) === bare(post.text)) : undefined;
    const id = this.tools.ids.next();
    if (!(await this.outside.record(tx, { ...page, id }, post, double?.id ?? null))) return;
    await this.records.seenOutside(tx, worker(page.contractorId), {
      ...page,
      outsidePostId: id,
      duplicate: double !== undefined,
    });
  }
}

function lookingBack(now: Date): Date {
  return new Date(now.getTime() - LOOK_BACK_MS);
}

/** The newest one whatever its age: looks for our own posts need one post that is known to stand there. */
function newest({ seen }: FindResult, now: Date): readonly WallPost[] {
  return seen.filter(({ publishedAt }, i) => i === 0 || publishedAt >= lookingBack(now));
}
