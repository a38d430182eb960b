import { ArrayMaxSize, ArrayMinSize, ArrayUnique, IsArray, IsEmail, IsInt, Max, Min } from 'class-validator';
import { IsOmittable } from '../../../platform/http/omittable.decorator.js';
import type { Delivery, DeliveryState } from './delivery.js';

export class ReportDeliveryRequest {
  /** Who gets it; each address gets a version once. @example ["press@elizovo.example"] */
  @IsArray() @ArrayMinSize(1) @ArrayMaxSize(20) @ArrayUnique() @IsEmail({}, { each: true }) recipients: string[];
  /** The newest, if absent. @example 1 */
  @IsOmittable() @IsInt() @Min(1) @Max(10_000) version?: number;
}

export class ReportDeliveryResponse {
  /** @example 019b76da-a800-7000-8000-000000000053 */
  id: string;
  /** Of the report. @example 1 */
  version: number;
  /** @example press@elizovo.example */
  recipient: string;
  /** `unclear`: the letter was handed over and no answer came: it may have arrived, and is not sent again. @example sent */
  state: DeliveryState;
  /** @example 1 */
  tries: number;
  /** What the mail server said last. @example "250 Accepted" */
  answer: string | null;
  /** @example 2026-12-07T21:00:09.000Z */
  sentAt: Date | null;
  /** @example 2026-12-07T21:00:00.000Z */
  createdAt: Date;

  static of({ id, number: version, recipient, state, tries, answer, sentAt, createdAt }: Delivery): ReportDeliveryResponse {
    return { id, version, recipient, state, tries, answer, sentAt, createdAt };
  }
}

export class ReportDeliveryList {
  /** Oldest first. */
  data: ReportDeliveryResponse[];
}
