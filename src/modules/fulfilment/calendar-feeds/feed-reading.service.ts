import { createHash } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { Clock } from '../../../platform/clock/clock.js';
import { wholeContractor } from '../../../platform/database/scope.js';
import { UnitOfWork } from '../../../platform/database/work.js';
import { parseToken } from '../../identity/opaque-tokens.js';
import { PrincipalsService } from '../../identity/principals.service.js';
import type { Deadline } from '../deadlines/deadline.js';
import { afterCursor } from '../deadlines/deadline-cursor.js';
import { DeadlineStore } from '../deadlines/deadline.store.js';
import type { FeedFilter } from './calendar-feed.js';
import { CalendarFeedStore } from './calendar-feed.store.js';
import { CalendarFeedNotFound } from './calendar-feeds.errors.js';
import { feedText } from './feed-text.js';

/** More would be no calendar any more; the soonest are in it. */
const MOST_EVENTS = 3_000;
const DAYS_BACK = 90;
const DAYS_CANCELLED = 30;
const DAY_MS = 86_400_000;

/** What a calendar program gets. */
export interface FeedReading {
  readonly text: string;
  readonly etag: string;
}

@Injectable()
export class FeedRows {
  constructor(
    readonly feeds: CalendarFeedStore,
    readonly deadlines: DeadlineStore,
  ) {}
}

/** Reads a feed by its secret alone, with the rights that its member has at this instant. */
@Injectable()
export class FeedReadingService {
  constructor(
    private readonly work: UnitOfWork,
    private readonly rows: FeedRows,
    private readonly principals: PrincipalsService,
    private readonly clock: Clock,
  ) {}

  /** @throws CalendarFeedNotFound also when it was revoked, and when its member may not read deadlines any more */
  async read(token: string, requestId: string): Promise<FeedReading> {
    const parsed = parseToken(token);
    if (!parsed) throw new CalendarFeedNotFound();
    const { contractorId, hash } = parsed;
    const feed = await this.work.forTenant(wholeContractor(contractorId), (tx) => this.rows.feeds.open(tx, contractorId, hash));
    const who = feed && (await this.principals.ofMember(contractorId, feed.memberId, requestId));
    if (!who?.permissions.has('deadlines.read')) throw new CalendarFeedNotFound();
    const [filter, after] = [filterOf(feed!.filter, this.clock.now()), afterCursor({})];
    const found = await this.work.reading(who.scope, (tx) =>
      this.rows.deadlines.list(tx, contractorId, filter, { after, limit: MOST_EVENTS }),
    );
    const shown = found.filter((one) => isShown(one, this.clock.now()));
    const text = feedText(shown);
    return { text, etag: `"${createHash('sha256').update(text).digest('base64url')}"` };
  }
}

function filterOf({ clientId, contractId, pageId, kinds, waitingFor }: FeedFilter, now: Date): object {
  return {
    ...{ clientId: clientId ?? undefined, contractId: contractId ?? undefined, pageId: pageId ?? undefined },
    ...{ kinds: kinds ?? undefined, waitingFor: waitingFor ?? undefined },
    from: new Date(now.getTime() - DAYS_BACK * DAY_MS).toISOString().slice(0, 10),
  };
}

/** What was cancelled is shown as such until every calendar has seen it. */
function isShown({ cancelledAt }: Deadline, now: Date): boolean {
  return cancelledAt === null || now.getTime() - cancelledAt.getTime() < DAYS_CANCELLED * DAY_MS;
}
