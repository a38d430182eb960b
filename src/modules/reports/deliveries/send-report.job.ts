import { Injectable } from '@nestjs/common';
import { HandlesJob, type JobHandler } from '../../../platform/queue/handler.js';
import { type SendReport, sendReportJob } from './deliveries.jobs.js';
import { SendingReports } from './sending.service.js';

@Injectable()
@HandlesJob(sendReportJob)
export class SendReportJob implements JobHandler<SendReport> {
  constructor(private readonly sending: SendingReports) {}

  run({ contractorId, deliveryId: id }: SendReport): Promise<void> {
    return this.sending.send({ contractorId, id });
  }
}
