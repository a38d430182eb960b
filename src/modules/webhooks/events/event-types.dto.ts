import { bodySchema, type EventType } from './event-types.js';

export class EventTypeResponse {
  /** @example publication.published */
  type: string;
  /** @example "A post stands on a page" */
  summary: string;
  /** JSON Schema of the body, as in the section `webhooks` of this document. */
  schema: Record<string, unknown>;

  static of(one: EventType): EventTypeResponse {
    const { type, summary } = one;
    return { type, summary, schema: bodySchema(one) as Record<string, unknown> };
  }
}

export class EventTypeList {
  data: EventTypeResponse[];
}
