import { ArrayMaxSize, ArrayMinSize, ArrayUnique, IsIn, IsOptional, IsUUID } from 'class-validator';
import { IsText } from '../../../platform/http/text.decorators.js';
import { DEADLINE_KINDS, type DeadlineKind, WAITING_FOR, type WaitingFor } from '../deadlines/deadline.js';
import type { CalendarFeed, FeedFilter } from './calendar-feed.js';

export class CalendarFeedRequest {
  /** What it is for. @example "Календарь на телефоне" */
  @IsText(1, 100) name: string;
  /** Dates of one client; absent or null means of all that you see. @example null */
  @IsOptional() @IsUUID() clientId?: string | null;
  /** @example null */
  @IsOptional() @IsUUID() contractId?: string | null;
  /** @example null */
  @IsOptional() @IsUUID() pageId?: string | null;
  /** Absent or null means all. @example ["submission","acceptance","payment"] */
  @IsOptional() @IsIn(DEADLINE_KINDS, { each: true }) @ArrayUnique() @ArrayMinSize(1) @ArrayMaxSize(20) kinds?:
    DeadlineKind[] | null;
  /** On whom it is; absent or null means anybody. @example null */
  @IsOptional() @IsIn(WAITING_FOR) waitingFor?: WaitingFor | null;

  static filter({ clientId, contractId, pageId, kinds, waitingFor }: CalendarFeedRequest): FeedFilter {
    return {
      ...{ clientId: clientId ?? null, contractId: contractId ?? null, pageId: pageId ?? null },
      ...{ kinds: kinds ?? null, waitingFor: waitingFor ?? null },
    };
  }
}

export class CalendarFeedResponse {
  /** @example 019b76da-a800-7000-8000-000000000042 */
  id: string;
  /** @example "Календарь на телефоне" */
  name: string;
  /** Null: of all that you see. @example null */
  clientId: string | null;
  /** @example null */
  contractId: string | null;
  /** @example null */
  pageId: string | null;
  /** Null: all. @example ["submission","acceptance","payment"] */
  kinds: DeadlineKind[] | null;
  /** @example null */
  waitingFor: WaitingFor | null;
  /** @example 2026-11-24T09:00:00.000Z */
  createdAt: Date;
  /** When a calendar read it last, to the minute. @example null */
  lastUsedAt: Date | null;
  /** Since then it opens nothing. @example null */
  revokedAt: Date | null;

  static of({ id, name, filter, createdAt, lastUsedAt, revokedAt }: CalendarFeed): CalendarFeedResponse {
    const { clientId, contractId, pageId, kinds, waitingFor } = filter;
    return {
      ...{ id, name, clientId, contractId, pageId, kinds: kinds && [...kinds], waitingFor },
      ...{ createdAt, lastUsedAt, revokedAt },
    };
  }
}

export class NewCalendarFeedResponse extends CalendarFeedResponse {
  /** The secret of the link `/v1/calendar-feeds/{token}.ics`; it is shown this once. @example 019b76daa80070008000000000000001.Zm9v */
  token: string;

  static made({ feed, token }: { feed: CalendarFeed; token: string }): NewCalendarFeedResponse {
    return { ...CalendarFeedResponse.of(feed), token };
  }
}

export class CalendarFeedPage {
  data: CalendarFeedResponse[];
  /** Pass it as `cursor` to go on; null on the last page. @example null */
  nextCursor: string | null;
}
