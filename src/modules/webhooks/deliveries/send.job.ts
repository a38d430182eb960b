import { Injectable } from '@nestjs/common';
import { HandlesJob, type JobHandler, type JobRun } from '../../../platform/queue/handler.js';
import { type SendWebhooks, sendJob, sendTroubledJob } from './deliveries.jobs.js';
import { SendingService } from './sending.service.js';

@Injectable()
@HandlesJob(sendJob)
export class SendJob implements JobHandler<SendWebhooks> {
  constructor(private readonly sending: SendingService) {}

  run({ contractorId, endpointId }: SendWebhooks, { signal }: JobRun): Promise<void> {
    return this.sending.send({ contractorId, endpointId }, 'well', signal);
  }
}

@Injectable()
@HandlesJob(sendTroubledJob)
export class SendTroubledJob implements JobHandler<SendWebhooks> {
  constructor(private readonly sending: SendingService) {}

  run({ contractorId, endpointId }: SendWebhooks, { signal }: JobRun): Promise<void> {
    return this.sending.send({ contractorId, endpointId }, 'troubled', signal);
  }
}
