import { Injectable } from '@nestjs/common';
import type { Reason } from '../../networks/network.js';
import { wholeContractor } from '../../platform/database/scope.js';
import { type Tx, UnitOfWork } from '../../platform/database/work.js';
import { worker } from '../audit/audit.js';
import { PostsService } from '../content/posts.service.js';
import type { Page } from '../pages/page.js';
import { PagesService } from '../pages/pages.service.js';
import { holdReason } from './hold-reasons.js';
import { type Moved, PageStandingStore, type Planned } from './page-standing.store.js';
import { PublicationRecords } from './publishing-parts.service.js';
import { unsuitable } from './suitability.js';

/**
 * Brings a page's publications in line with what became of the page. Each method looks at how the page is now, so that
 * events may come late, twice or in the wrong order.
 */
@Injectable()
export class PageStandingService {
  constructor(
    private readonly work: UnitOfWork,
    private readonly rows: PageStandingStore,
    private readonly records: PublicationRecords,
    private readonly pages: PagesService,
    private readonly posts: PostsService,
  ) {}

  /** Shows at once that nothing will go out; the claim would refuse it anyway. */
  async stopped(contractorId: string, pageId: string): Promise<void> {
    await this.work.forTenant(wholeContractor(contractorId), async (tx) => {
      const page = await this.pages.require(tx, contractorId, pageId);
      if (page.status === 'connected') return;
      await this.tell(tx, contractorId, await this.rows.holdPlanned(tx, { contractorId, pageId }, stoppedReason(page)));
    });
  }

  /** What was held because of the page goes on by itself; about what is too late by now a person is asked. */
  async connected(contractorId: string, pageId: string): Promise<void> {
    const key = { contractorId, pageId };
    await this.work.forTenant(wholeContractor(contractorId), async (tx) => {
      const page = await this.pages.require(tx, contractorId, pageId);
      if (page.status !== 'connected') return;
      await this.rows.unpark(tx, key);
      await this.rows.deleteNow(tx, key);
      await this.tell(tx, contractorId, await this.rows.rearm(tx, key, holdReason('too-late')));
      await this.fit(tx, contractorId, page);
    });
  }

  /** What the secrets don't allow any more is held with the reason, and goes on when they allow it again. */
  async capabilitiesChanged(contractorId: string, pageId: string): Promise<void> {
    await this.work.forTenant(wholeContractor(contractorId), async (tx) => {
      const page = await this.pages.require(tx, contractorId, pageId);
      if (page.status === 'connected') await this.fit(tx, contractorId, page);
    });
  }

  private async fit(tx: Tx, contractorId: string, page: Page): Promise<void> {
    for (const planned of await this.rows.planned(tx, { contractorId, pageId: page.id })) {
      const post = await this.posts.requireVersion(tx, contractorId, planned.postId, planned.postVersion);
      const moved = await this.fitOne(tx, contractorId, planned, unsuitable(post, page));
      if (moved) await this.tell(tx, contractorId, [moved]);
    }
  }

  private async fitOne(
    tx: Tx,
    contractorId: string,
    { id, clientId, state }: Planned,
    missing: string | undefined,
  ): Promise<Moved | undefined> {
    if (state === 'scheduled') {
      const held = missing !== undefined && (await this.rows.hold(tx, contractorId, id, lostReason(missing)));
      return held ? { id, clientId, state: 'held' } : undefined;
    }
    const now = missing === undefined && (await this.rows.rearmOne(tx, contractorId, id, holdReason('too-late')));
    return now ? { id, clientId, state: now } : undefined;
  }

  private async tell(tx: Tx, contractorId: string, moved: readonly Moved[]): Promise<void> {
    for (const { id, clientId, state } of moved)
      await this.records.moved(tx, worker(contractorId), { id, clientId, state }, { because: 'page' });
  }
}

function stoppedReason({ statusReason }: Page): Reason {
  const { code, message } = holdReason('page-not-connected');
  if (!statusReason) return { code, message };
  return { ...statusReason, code, message: `${message}. ${statusReason.message}` };
}

function lostReason(missing: string): Reason {
  const { code, message } = holdReason('capability-lost');
  return { code, message: `${message}. ${missing}` };
}
