import { Injectable } from '@nestjs/common';
import { type Tx, UnitOfWork } from '../../../platform/database/work.js';
import type { Principal } from '../../../platform/http/access.js';
import { type Page, type PageQuery, pageStart, toPage } from '../../../platform/http/pagination.js';
import { Ids } from '../../../platform/ids/ids.js';
import { AuditService } from '../../audit/audit.service.js';
import { composeToken, sha256 } from '../../identity/opaque-tokens.js';
import type { CalendarFeed, FeedFilter } from './calendar-feed.js';
import { CalendarFeedStore } from './calendar-feed.store.js';
import { CalendarFeedNotFound, FeedPersonNeeded } from './calendar-feeds.errors.js';
import { FeedSources } from './feed-sources.service.js';

/** A member's secret links for calendar programs. */
@Injectable()
export class CalendarFeedsService {
  constructor(
    private readonly work: UnitOfWork,
    private readonly feeds: CalendarFeedStore,
    private readonly sources: FeedSources,
    private readonly audit: AuditService,
    private readonly ids: Ids,
  ) {}

  /**
   * @returns the feed and its token, which is shown this once.
   * @throws FeedPersonNeeded, and not found for what a filter names and the caller does not see
   */
  async create(who: Principal, name: string, filter: FeedFilter): Promise<{ feed: CalendarFeed; token: string }> {
    if (who.kind !== 'member') throw new FeedPersonNeeded();
    await this.sources.require(who, filter);
    const { contractorId, memberId } = who;
    const [id, token] = [this.ids.next(), composeToken(contractorId, this.ids.secret(32))];
    return this.work.forTenant(who.scope, async (tx) => {
      await this.feeds.insert(tx, { contractorId, id, memberId, name, filter, secretHash: sha256(token) });
      await this.audit.record(tx, who, { action: 'calendarFeed.created', objectType: 'calendarFeed', objectId: id });
      return { feed: await this.require(tx, who, id), token };
    });
  }

  /** The caller's own, newest first; revoked ones too. Of a key none: feeds belong to people. */
  list(who: Principal, query: PageQuery): Promise<Page<CalendarFeed>> {
    const start = pageStart(query);
    // A key may see fewer clients than its member, whose feeds name them.
    if (who.kind !== 'member') return Promise.resolve({ data: [], nextCursor: null });
    return this.work.reading(who.scope, async (tx) => toPage(await this.feeds.list(tx, who, start), start, (row) => row));
  }

  /** From the next reading on the link opens nothing. @throws CalendarFeedNotFound, also for another member's */
  revoke(who: Principal, id: string): Promise<void> {
    return this.work.forTenant(who.scope, async (tx) => {
      await this.require(tx, who, id);
      await this.feeds.revoke(tx, who, id);
      await this.audit.record(tx, who, { action: 'calendarFeed.revoked', objectType: 'calendarFeed', objectId: id });
    });
  }

  private async require(tx: Tx, who: Principal, id: string): Promise<CalendarFeed> {
    const feed = await this.feeds.find(tx, who, id);
    if (!feed || who.kind !== 'member') throw new CalendarFeedNotFound();
    return feed;
  }
}
