import { Injectable } from '@nestjs/common';
import { wholeContractor } from '../../../platform/database/scope.js';
import { UnitOfWork } from '../../../platform/database/work.js';
import { RunsOnTimer, type TimerHandler } from '../../../platform/queue/handler.js';
import { Outbox } from '../../../platform/queue/outbox.js';
import { everyDue } from '../../contracts/every-due.js';
import { type DeliveryKey, DeliveryStore } from './delivery.store.js';
import { deliveriesTimer, sendReportJob } from './deliveries.jobs.js';
import { SendingReports } from './sending.service.js';

/** Rings for letters that are due, and looks after those that a dead worker left. */
@Injectable()
@RunsOnTimer(deliveriesTimer)
export class DeliveriesTimer implements TimerHandler {
  constructor(
    private readonly work: UnitOfWork,
    private readonly deliveries: DeliveryStore,
    private readonly sending: SendingReports,
    private readonly outbox: Outbox,
  ) {}

  run(signal: AbortSignal): Promise<void> {
    return everyDue(
      signal,
      (limit) => this.work.acrossTenants('letters that are due', (tx) => this.deliveries.pickDue(tx, limit)),
      (key) => this.look(key),
    );
  }

  private async look(key: DeliveryKey): Promise<void> {
    const { contractorId, id: deliveryId } = key;
    await this.sending.release(key);
    await this.work.forTenant(wholeContractor(contractorId), async (tx) => {
      if (await this.deliveries.ring(tx, key)) await this.outbox.enqueue(tx, sendReportJob, { contractorId, deliveryId });
    });
  }
}
