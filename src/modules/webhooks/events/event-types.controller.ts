import { Controller, Get } from '@nestjs/common';
import { AUTHENTICATED, Requires } from '../../../platform/http/access.js';
import { describeWebhook } from '../../../platform/http/openapi-webhooks.js';
import { bodySchema, EVENT_TYPES } from './event-types.js';
import { EventTypeList, EventTypeResponse } from './event-types.dto.js';

for (const one of EVENT_TYPES) describeWebhook({ name: one.type, summary: one.summary, schema: bodySchema(one) });

@Controller('v1/webhook-event-types')
export class EventTypesController {
  /** List what webhooks can tell: every type with the schema of its body. */
  @Get()
  @Requires(AUTHENTICATED)
  list(): EventTypeList {
    return { data: EVENT_TYPES.map(EventTypeResponse.of) };
  }
}
