import { ArrayMinSize, ArrayUnique, IsDateString, IsIn, IsOptional } from 'class-validator';
import { IsOmittable } from '../../../platform/http/omittable.decorator.js';
import { PageQuery } from '../../../platform/http/pagination.js';
import { EVENT_TYPE_NAMES } from '../events/event-types.js';
import type { DeliveryStory } from './deliveries.service.js';
import { type Delivery, type DeliveryAttempt, DELIVERY_STATES, type DeliveryState, type TryOutcome } from './delivery.js';
import type { ReplayRange } from './delivery.store.js';

const REPLAYED = ['delivered', 'givenUp', 'skipped'] as const;

export class WebhookDeliveryQuery extends PageQuery {
  /** @example givenUp */
  @IsOptional() @IsIn(DELIVERY_STATES) state?: DeliveryState;
  /** @example publication.published */
  @IsOptional() @IsIn(EVENT_TYPE_NAMES) type?: string;
}

export class WebhookDeliveryResponse {
  /** @example 019b76da-a800-7000-8000-000000000053 */
  id: string;
  /** @example 019b76da-a800-7000-8000-000000000051 */
  endpointId: string;
  /** The `webhook-id` of every try. @example 019b76da-a800-7000-8000-000000000054 */
  eventId: string;
  /** Null: it concerns the contractor as a whole. @example 019b76da-a800-7000-8000-000000000002 */
  clientId: string | null;
  /** @example publication.published */
  type: string;
  /** @example 2026-11-24T09:00:00.000Z */
  occurredAt: Date;
  /** `waiting`: it will be tried · `delivered` · `givenUp`: no try worked · `skipped`: the endpoint was disabled. @example delivered */
  state: DeliveryState;
  /** Tries in all. @example 1 */
  attempts: number;
  /** When it is tried next; null when it does not wait. @example null */
  nextTryAt: Date | null;
  /** @example 2026-11-24T09:00:01.000Z */
  settledAt: Date | null;
  /** How often people had it sent again. @example 0 */
  replays: number;

  static of({ nextTryAt, ...delivery }: Delivery): WebhookDeliveryResponse {
    return { ...delivery, nextTryAt: delivery.state === 'waiting' ? nextTryAt : null };
  }
}

export class WebhookAttemptResponse {
  /** @example 1 */
  number: number;
  /** @example 2026-11-24T09:00:00.500Z */
  startedAt: Date;
  /** @example 120 */
  durationMs: number | null;
  /** Null: it was cut off, and whether it arrived is unknown. @example delivered */
  outcome: TryOutcome | null;
  /** HTTP status of the answer, if there was one. @example 200 */
  status: number | null;
  /** The beginning of what the endpoint answered. @example ok */
  excerpt: string | null;

  static of(attempt: DeliveryAttempt): WebhookAttemptResponse {
    return { ...attempt };
  }
}

export class WebhookDeliveryStoryResponse extends WebhookDeliveryResponse {
  /** What was sent, to the letter. @example "{\"type\":\"publication.published\"}" */
  body: string;
  /** Every try, the first one first. */
  log: WebhookAttemptResponse[];

  static story({ delivery, body, attempts }: DeliveryStory): WebhookDeliveryStoryResponse {
    return { ...WebhookDeliveryResponse.of(delivery), body, log: attempts.map(WebhookAttemptResponse.of) };
  }
}

export class WebhookDeliveryPage {
  data: WebhookDeliveryResponse[];
  /** Pass it as `cursor` to go on; null on the last page. @example null */
  nextCursor: string | null;
}

export class WebhookReplayRequest {
  /** What happened from this instant on, UTC. @example 2026-11-24T00:00:00Z */
  @IsDateString({ strict: true }) from: string;
  /** And before this one. @example 2026-11-25T00:00:00Z */
  @IsDateString({ strict: true }) to: string;
  /** Absent: what was given up or skipped. @example ["givenUp","skipped"] */
  @IsOmittable() @IsIn(REPLAYED, { each: true }) @ArrayUnique() @ArrayMinSize(1) states?: (typeof REPLAYED)[number][];

  static range({ from, to, states }: WebhookReplayRequest): ReplayRange {
    return { from: new Date(from), to: new Date(to), states: states ?? ['givenUp', 'skipped'] };
  }
}

export class WebhookReplayResponse {
  /** Deliveries that are sent again. @example 12 */
  count: number;
}
