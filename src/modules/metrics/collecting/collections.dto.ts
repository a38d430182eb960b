import { IsOptional, IsUUID } from 'class-validator';
import { PageQuery } from '../../../platform/http/pagination.js';
import { GapResponse } from '../numbers.dto.js';
import type { Collection } from './collection.js';

export class CollectionsQuery extends PageQuery {
  /** Only pages of this client. @example 019b76da-a800-7000-8000-000000000005 */
  @IsOptional() @IsUUID() clientId?: string;
}

/** `collecting`; `parked`: the network refused and is asked later; `stopped`: not before the page is connected again; `notBegun`. */
export type CollectionState = 'collecting' | 'parked' | 'stopped' | 'notBegun';

export class ParkedResponse {
  /** @example rate-limited */
  code: string;
  /** @example "ВКонтакте: слишком много запросов в секунду. Запрос будет повторён." */
  message: string;
  /** Null: until the page is connected again. @example 2026-12-01T06:10:00.000Z */
  until: Date | null;
}

export class CollectionResponse {
  /** @example 019b76da-a800-7000-8000-000000000006 */
  pageId: string;
  /** @example collecting */
  state: CollectionState;
  /** When the network is asked next. @example 2026-12-01T07:00:00.000Z */
  nextAt: Date | null;
  /** When a round last came to its end. @example 2026-12-01T06:00:00.000Z */
  collectedAt: Date | null;
  /** Why nothing is collected now; null while it is. */
  parked: ParkedResponse | null;
  /** Numbers of posts that are missing, as of the last round, and why. */
  postGaps: GapResponse[];
  /** Numbers of the page that are missing, and why. */
  pageGaps: GapResponse[];

  static of(pageId: string, collection: Collection | null): CollectionResponse {
    if (!collection)
      return { pageId, state: 'notBegun', nextAt: null, collectedAt: null, parked: null, postGaps: [], pageGaps: [] };
    const { nextAt, collectedAt, parkedWhy, parkedUntil, postGaps, pageGaps } = collection;
    return {
      ...{ pageId, state: stateOf(collection), nextAt, collectedAt },
      parked: parkedWhy && { code: parkedWhy.code, message: parkedWhy.message, until: parkedUntil },
      ...{ postGaps: GapResponse.ofCodes(postGaps), pageGaps: GapResponse.ofCodes(pageGaps) },
    };
  }

  static row(collection: Collection): CollectionResponse {
    return CollectionResponse.of(collection.pageId, collection);
  }
}

export class CollectionPage {
  data: CollectionResponse[];
  /** Pass it as `cursor` to go on; null on the last page. @example null */
  nextCursor: string | null;
}

function stateOf({ nextAt, parkedWhy }: Collection): CollectionState {
  if (nextAt === null) return 'stopped';
  return parkedWhy === null ? 'collecting' : 'parked';
}
