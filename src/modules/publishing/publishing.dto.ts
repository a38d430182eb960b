import {
  ArrayMaxSize,
  ArrayMinSize,
  ArrayUnique,
  IsBoolean,
  IsDateString,
  IsIn,
  IsInt,
  IsOptional,
  IsUUID,
  Matches,
  Max,
  Min,
} from 'class-validator';
import type { NetworkName } from '../../networks/network.js';
import { IsOmittable } from '../../platform/http/omittable.decorator.js';
import { PageQuery } from '../../platform/http/pagination.js';
import type { ScheduleWarning } from './schedule-warning.js';
import { type Publication, PUBLICATION_STATES, type PublicationState } from './publication.js';
import type { ScheduleRequest } from './scheduling.service.js';

const DEFAULT_LATENESS_MINUTES = 120;

export class SchedulePostRequest {
  /** When it goes out: an instant, UTC. Send this or `publishAtLocal`. @example 2026-12-01T06:00:00Z */
  @IsOmittable()
  @Matches(/(?:Z|[+-]\d{2}:\d{2})$/, { message: '$property must name its offset, such as 2026-12-01T06:00:00Z' })
  @IsDateString({ strict: true })
  publishAt?: string;
  /** The same as a wall time in the client's zone. @example 2026-12-01T09:00 */
  @IsOmittable()
  @Matches(/^\d{4}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\d|3[01])T(?:[01]\d|2[0-3]):[0-5]\d(?::[0-5]\d)?$/, {
    message: '$property must be a local time such as 2026-12-01T09:00',
  })
  @IsDateString({ strict: true })
  publishAtLocal?: string;
  /** The client's pages, each at most once. @example ["019b76da-a800-7000-8000-000000000007"] */
  @IsUUID(undefined, { each: true }) @ArrayUnique() @ArrayMinSize(1) @ArrayMaxSize(50) pageIds: string[];
  /** When a network does not say whether it accepted the post: ask a person (`hold`), or send again after looking (`resend`, for urgent notices). @example hold */
  @IsOmittable() @IsIn(['hold', 'resend']) onAmbiguity?: 'hold' | 'resend';
  /** How many minutes late it may still go out; later it is held and asked about. @example 120 */
  @IsOmittable() @IsInt() @Min(1) @Max(10_080) maxLatenessMinutes?: number;
  /** On pages where the credentials don't allow it, make a task for a person instead of refusing. @example false */
  @IsOmittable() @IsBoolean() byHand?: boolean;

  static request(body: SchedulePostRequest): ScheduleRequest {
    const {
      publishAt,
      publishAtLocal,
      pageIds,
      onAmbiguity = 'hold',
      maxLatenessMinutes = DEFAULT_LATENESS_MINUTES,
      byHand = false,
    } = body;
    return {
      pageIds,
      onAmbiguity,
      maxLatenessMinutes,
      byHand,
      publishAtLocal,
      publishAt: publishAt === undefined ? undefined : new Date(publishAt),
    };
  }
}

export class PublicationsQuery extends PageQuery {
  /** Only of this client. @example 019b76da-a800-7000-8000-000000000002 */
  @IsOptional() @IsUUID() clientId?: string;
  /** Only of this post. @example 019b76da-a800-7000-8000-00000000000c */
  @IsOptional() @IsUUID() postId?: string;
  /** Only on this page. @example 019b76da-a800-7000-8000-000000000007 */
  @IsOptional() @IsUUID() pageId?: string;
  /** Only in this state. @example held */
  @IsOptional() @IsIn(PUBLICATION_STATES) state?: PublicationState;
}

export class PublicationReason {
  /** @example no-contract */
  code: string;
  /** In plain words, Russian, with what to do next. @example "Нет действующего договора, который охватывает эту страницу" */
  message: string;
  /** The network's own code. @example 214 */
  networkCode?: string;
  /** The network's own words. @example "Access to adding post denied" */
  networkMessage?: string;
}

export class PublicationResponse {
  /** @example 019b76da-a800-7000-8000-00000000000e */
  id: string;
  /** @example 019b76da-a800-7000-8000-000000000002 */
  clientId: string;
  /** @example 019b76da-a800-7000-8000-00000000000c */
  postId: string;
  /** @example 019b76da-a800-7000-8000-000000000007 */
  pageId: string;
  /** @example vk */
  network: NetworkName;
  /**
   * `scheduled` waits for its time, `claimed` a worker has it, `sending` past the point of no return, `published`,
   * `refused` by the network, `unclear` while we look, `held` for a person, `withdrawn` before sending, `deleted` after.
   * @example published
   */
  state: PublicationState;
  /** When it goes out, UTC. @example 2026-12-01T06:00:00.000Z */
  dueAt: Date;
  /** The same in the client's zone. @example 2026-12-01T09:00:00 */
  plannedLocal: string;
  /** @example Europe/Moscow */
  timeZone: string;
  /** @example 1 */
  postVersion: number;
  /** What exactly goes out, or stands on the page. @example 9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08 */
  contentHash: string;
  /** @example hold */
  onAmbiguity: 'hold' | 'resend';
  /** When it is tried next, if it waits. @example 2026-12-01T06:00:00.000Z */
  nextTryAt: Date;
  /** Since when somebody wants it back. @example null */
  withdrawRequestedAt: Date | null;
  /** It may stand on the page, and nobody has found out yet. @example false */
  inDoubt: boolean;
  /** From when on a person can tell from the page whether it was sent, and decide. @example null */
  settlesAt: Date | null;
  /** Why it is where it is. */
  reason: PublicationReason | null;
  /** The network's number of the post. @example 41 */
  externalId: string | null;
  /** The permalink. @example https://vk.com/wall-220000001_41 */
  url: string | null;
  /** @example 2026-12-01T06:00:01.000Z */
  publishedAt: Date | null;
  /** What the last check found on the page: edited or deleted by somebody else. @example null */
  drift: 'edited' | 'deleted' | null;
  /** @example 019b76da-a800-7000-8000-000000000004 */
  scheduledBy: string;
  /** @example 4 */
  version: number;
  /** @example 2026-11-24T09:00:00.000Z */
  createdAt: Date;
  /** @example 2026-12-01T06:00:01.000Z */
  updatedAt: Date;

  static of(publication: Publication): PublicationResponse {
    const { id, clientId, postId, pageId, network, state, dueAt, plannedLocal, timeZone, postVersion, contentHash } = publication;
    const { onAmbiguity, nextTryAt, withdrawRequestedAt, reason, externalId, url, publishedAt, drift, scheduledBy } = publication;
    const { version, createdAt, updatedAt, inDoubt, settlesAt } = publication;
    return {
      ...{ id, clientId, postId, pageId, network, state, dueAt, plannedLocal, timeZone, postVersion, contentHash, onAmbiguity },
      ...{ nextTryAt, withdrawRequestedAt, inDoubt, settlesAt, reason, externalId, url, publishedAt, drift, scheduledBy },
      ...{ version, createdAt, updatedAt },
    };
  }
}

export class PublicationPage {
  data: PublicationResponse[];
  /** Pass it as `cursor` to go on; null on the last page. @example null */
  nextCursor: string | null;
}

export class ScheduleWarningResponse {
  /**
   * `day-is-full`: more is planned for the page than the network takes in a day; `same-text`: another post with the same text goes
   * out on the page within a day.
   * @example day-is-full
   */
  code: 'day-is-full' | 'same-text';
  /** @example 019b76da-a800-7000-8000-000000000007 */
  pageId: string;
  /** In plain words, Russian, with what to do next. @example "ВКонтакте принимает не больше 500 записей в сутки на одну страницу" */
  message: string;
}

export class ScheduleResponse {
  /** One for each page. */
  publications: PublicationResponse[];
  /** What was planned all the same, but may not come as planned; told when it is planned. */
  warnings: ScheduleWarningResponse[];

  static of(publications: readonly Publication[], warnings: readonly ScheduleWarning[] = []): ScheduleResponse {
    return {
      publications: publications.map(PublicationResponse.of),
      warnings: warnings.map(({ code, pageId, message }) => ({ code, pageId, message })),
    };
  }
}
