import { Injectable } from '@nestjs/common';
import { wholeContractor } from '../../platform/database/scope.js';
import { type Tx, UnitOfWork } from '../../platform/database/work.js';
import { RunsOnTimer, type TimerHandler } from '../../platform/queue/handler.js';
import { expiredReason, noticeAt } from './connection-health.js';
import { ConnectionHealthStore, type PageKey } from './connection-health.store.js';
import { PageRecords } from './page-records.service.js';
import { expiryTimer } from './pages.jobs.js';

const MOST_AT_ONCE = 200;

/** Warns before a page's secrets end, once for each of the warnings, and stops the page when they have ended. */
@Injectable()
@RunsOnTimer(expiryTimer)
export class ExpiryTimer implements TimerHandler {
  constructor(
    private readonly work: UnitOfWork,
    private readonly health: ConnectionHealthStore,
    private readonly records: PageRecords,
  ) {}

  async run(): Promise<void> {
    const due = await this.work.acrossTenants('warn of expiring credentials', (tx) => this.health.pickNotices(tx, MOST_AT_ONCE));
    for (const key of due) await this.work.forTenant(wholeContractor(key.contractorId), (tx) => this.notice(tx, key));
  }

  private async notice(tx: Tx, key: PageKey): Promise<void> {
    const row = await this.health.lock(tx, key, 'notice');
    const page = row && (await this.records.pages.find(tx, key.contractorId, key.pageId));
    if (!row || !page) return;
    const { expiresAt, refreshKey } = row;
    const { over, warn, nextAt } = noticeAt(expiresAt, row.warnedDays, row.now);
    // Of secrets that renew themselves only the end counts.
    const renews = refreshKey !== null;
    await this.health.noticed(tx, key, renews && !over ? expiresAt : nextAt, renews ? null : warn);
    if (page.status !== 'connected') return;
    if (over) await this.records.broken(tx, key.contractorId, page, expiredReason(renews));
    else if (warn !== null && !renews && expiresAt)
      await this.records.expiring(tx, key.contractorId, page, { withinDays: warn, expiresAt });
  }
}
