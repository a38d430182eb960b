import { Injectable } from '@nestjs/common';
import { Clock } from '../../platform/clock/clock.js';
import type { Tx } from '../../platform/database/work.js';
import { type Attention, attentionTo, endsAt } from './attention.js';
import { ConnectionHealthStore } from './connection-health.store.js';
import type { Page } from './page.js';

/** A page with what a person should know about it. */
export interface PageReport {
  readonly page: Page;
  /** When its secrets end unless a person acts, if anybody knows. */
  readonly credentialsExpireAt: Date | null;
  readonly attention: readonly Attention[];
}

/** Tells of pages what people should know. */
@Injectable()
export class PageReports {
  constructor(
    private readonly health: ConnectionHealthStore,
    private readonly clock: Clock,
  ) {}

  async of(tx: Tx, contractorId: string, pages: readonly Page[]): Promise<PageReport[]> {
    const now = this.clock.now();
    const health = await this.health.of(
      tx,
      contractorId,
      pages.map(({ id }) => id),
    );
    return pages.map((page) => {
      const its = health.get(page.id);
      return { page, credentialsExpireAt: endsAt(its), attention: attentionTo(page, its, now) };
    });
  }

  async on(tx: Tx, contractorId: string, page: Page): Promise<PageReport> {
    return (await this.of(tx, contractorId, [page]))[0]!;
  }
}
