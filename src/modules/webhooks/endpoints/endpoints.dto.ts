import { PartialType } from '@nestjs/swagger';
import {
  ArrayMaxSize,
  ArrayUnique,
  IsBoolean,
  IsIn,
  IsInt,
  IsString,
  IsUUID,
  Matches,
  Max,
  MaxLength,
  Min,
} from 'class-validator';
import { IsText } from '../../../platform/http/text.decorators.js';
import { EVENT_TYPE_NAMES } from '../events/event-types.js';
import type { DisabledReason, Endpoint, EndpointSecret } from './endpoint.js';
import type { EndpointDraft } from './endpoints.service.js';

export class WebhookEndpointRequest {
  /** Where to; https, on the public internet. @example https://hooks.example.org/vestnik */
  @IsString() @MaxLength(2000) @Matches(/^https?:\/\/[\x21-\x7e]+$/i, { message: '$property must be an address' }) url: string;
  /** What it is for. @example "Витрина администрации" */
  @IsText(1, 200) description: string;
  /** Types to be told of, see `GET /v1/webhook-event-types`; empty means all, also future ones. @example ["publication.published"] */
  @IsIn(EVENT_TYPE_NAMES, { each: true }) @ArrayUnique() @ArrayMaxSize(100) eventTypes: string[];
  /** @example true */
  @IsBoolean() allClients: boolean;
  /** The clients to be told of when `allClients` is false. @example [] */
  @IsUUID(undefined, { each: true }) @ArrayUnique() @ArrayMaxSize(1000) clientIds: string[];

  static draft({ url, description, eventTypes, allClients, clientIds }: WebhookEndpointRequest): EndpointDraft {
    return { url, description, eventTypes, allClients, clientIds };
  }
}

export class ChangeWebhookEndpointRequest extends PartialType(WebhookEndpointRequest, { skipNullProperties: false }) {}

export class WebhookEndpointResponse {
  /** @example 019b76da-a800-7000-8000-000000000051 */
  id: string;
  /** @example https://hooks.example.org/vestnik */
  url: string;
  /** @example "Витрина администрации" */
  description: string;
  /** Empty: all. @example ["publication.published"] */
  eventTypes: string[];
  /** @example true */
  allClients: boolean;
  /** @example [] */
  clientIds: string[];
  /** @example active */
  state: 'active' | 'disabled';
  /** `byHand`, `gone`: it answered 410, `failing`: every try has failed for five days. @example null */
  disabledReason: DisabledReason | null;
  /** @example null */
  disabledAt: Date | null;
  /** Tries that failed since the last one that worked. @example 0 */
  failures: number;
  /** @example null */
  failingSince: Date | null;
  /** @example 2026-11-24T09:00:05.000Z */
  lastDeliveredAt: Date | null;
  /** @example 1 */
  version: number;
  /** @example 2026-11-24T09:00:00.000Z */
  createdAt: Date;
  /** @example 2026-11-24T09:00:00.000Z */
  updatedAt: Date;

  static of({ eventTypes, clientIds, ...one }: Endpoint): WebhookEndpointResponse {
    return { ...one, eventTypes: [...eventTypes], clientIds: [...clientIds] };
  }
}

export class NewWebhookEndpointResponse extends WebhookEndpointResponse {
  /** Verifies the signatures; it is shown this once. @example whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSwMfKQ9r8GKYo= */
  secret: string;

  static made({ endpoint, secret }: { endpoint: Endpoint; secret: string }): NewWebhookEndpointResponse {
    return { ...WebhookEndpointResponse.of(endpoint), secret };
  }
}

export class WebhookEndpointPage {
  data: WebhookEndpointResponse[];
  /** Pass it as `cursor` to go on; null on the last page. @example null */
  nextCursor: string | null;
}

export class NewWebhookSecretRequest {
  /** For how many hours what signs now goes on beside the new one; 0: it stops at once, for secrets that leaked. @example 24 */
  @IsInt() @Min(0) @Max(168) oldValidForHours: number;
}

export class WebhookSecretResponse {
  /** @example 019b76da-a800-7000-8000-000000000052 */
  id: string;
  /** @example 2026-11-24T09:00:00.000Z */
  createdAt: Date;
  /** Null: until it is replaced. @example null */
  validUntil: Date | null;
}

export class NewWebhookSecretResponse {
  /** It is shown this once. @example whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSwMfKQ9r8GKYo= */
  secret: string;
  /** Those that sign now, newest first. */
  valid: WebhookSecretResponse[];

  static of({ secret, valid }: { secret: string; valid: readonly EndpointSecret[] }): NewWebhookSecretResponse {
    return { secret, valid: [...valid] };
  }
}

export class WebhookSecretList {
  data: WebhookSecretResponse[];
}
