import { IsIn, IsUUID } from 'class-validator';
import { defineEvent } from '../../../platform/queue/job.js';

/** An endpoint gets nothing any more. */
export class WebhookEndpointDisabled {
  @IsUUID() contractorId: string;
  @IsUUID() endpointId: string;
  @IsIn(['byHand', 'gone', 'failing']) reason: 'byHand' | 'gone' | 'failing';
}

export const webhookEndpointDisabled = defineEvent({ name: 'webhookEndpoint.disabled', payload: WebhookEndpointDisabled });
