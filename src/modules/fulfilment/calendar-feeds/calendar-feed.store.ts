import { Injectable } from '@nestjs/common';
import { IsNull, LessThan } from 'typeorm';
import type { Tx } from '../../../platform/database/work.js';
import type { PageStart } from '../../../platform/http/pagination.js';
import type { CalendarFeed, FeedFilter } from './calendar-feed.js';
import { CalendarFeedEntity } from './calendar-feed.entity.js';

export interface NewFeed {
  readonly contractorId: string;
  readonly id: string;
  readonly memberId: string;
  readonly name: string;
  readonly filter: FeedFilter;
  readonly secretHash: string;
}

interface OfMember {
  readonly contractorId: string;
  readonly memberId: string;
}

@Injectable()
export class CalendarFeedStore {
  async insert(tx: Tx, feed: NewFeed): Promise<void> {
    await tx.insert(CalendarFeedEntity, { ...feed, filter: { ...feed.filter } });
  }

  find(tx: Tx, { contractorId, memberId }: OfMember, id: string): Promise<CalendarFeed | null> {
    return tx.findOneBy(CalendarFeedEntity, { contractorId, memberId, id });
  }

  list(tx: Tx, { contractorId, memberId }: OfMember, start: PageStart): Promise<CalendarFeed[]> {
    const where = { contractorId, memberId, id: LessThan(start.beforeId) };
    return tx.find(CalendarFeedEntity, { where, order: { id: 'DESC' }, take: start.limit + 1 });
  }

  async revoke(tx: Tx, { contractorId, memberId }: OfMember, id: string): Promise<void> {
    await tx.update(CalendarFeedEntity, { contractorId, memberId, id, revokedAt: IsNull() }, { revokedAt: () => 'app_now()' });
  }

  /** The feed that a secret opens. Notes the use, at most once a minute: calendar programs ask often. */
  async open(tx: Tx, contractorId: string, secretHash: string): Promise<CalendarFeed | null> {
    const feed = await tx.findOneBy(CalendarFeedEntity, { contractorId, secretHash, revokedAt: IsNull() });
    if (feed)
      await tx.query(
        `update calendar_feeds set last_used_at = app_now() where contractor_id = $1 and id = $2
           and (last_used_at is null or last_used_at < app_now() - interval '1 minute')`,
        [contractorId, feed.id],
      );
    return feed;
  }
}
