import { Injectable } from '@nestjs/common';
import { RunsOnTimer, type TimerHandler } from '../../../platform/queue/handler.js';
import { webhooksTimer } from './deliveries.jobs.js';
import { Ringing } from './ringing.service.js';

/** Looks what is due to be sent: a first time when the ring was lost, or again. */
@Injectable()
@RunsOnTimer(webhooksTimer)
export class WebhooksTimer implements TimerHandler {
  constructor(private readonly ringing: Ringing) {}

  run(): Promise<void> {
    return this.ringing.ringDue();
  }
}
