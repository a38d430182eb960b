import { Injectable } from '@nestjs/common';
import type { Tx } from '../../../platform/database/work.js';
import { Ids } from '../../../platform/ids/ids.js';
import { worker } from '../../audit/audit.js';
import type { Contract } from '../../contracts/contract.js';
import { DeliveryStore } from '../deliveries/delivery.store.js';
import type { Days } from '../document/days.js';
import { ReportOrders } from '../report-orders.service.js';
import { ReportStore } from '../report.store.js';
import type { ReportSchedule } from './schedule.js';

/** Days of a contract that a schedule wants reported. */
export interface ScheduledOrder {
  readonly contract: Contract;
  readonly schedule: Pick<ReportSchedule, 'rhythm' | 'recipients'>;
  readonly days: Days;
}

/** Has a period reported for a schedule, and sent to its recipients; both once. */
@Injectable()
export class ScheduledOrders {
  constructor(
    private readonly orders: ReportOrders,
    private readonly reports: ReportStore,
    private readonly deliveries: DeliveryStore,
    private readonly ids: Ids,
  ) {}

  /** Somebody has this period reported already. */
  async isOrdered(tx: Tx, contractorId: string, contractId: string, { startsOn, endsOn }: Days): Promise<boolean> {
    return (await this.reports.ofPeriod(tx, { contractorId, contractId, startsOn, endsOn })) !== null;
  }

  async order(tx: Tx, contractorId: string, { contract, schedule, days }: ScheduledOrder): Promise<void> {
    const { rhythm: kind, recipients } = schedule;
    const { id: contractId, clientId } = contract;
    const { startsOn, endsOn } = days;
    await this.orders.order(tx, worker(contractorId), {
      contractorId,
      clientId,
      contractId,
      kind,
      startsOn,
      endsOn,
      wantedBy: null,
    });
    // It may have been there before: somebody wanted it, or another schedule.
    const report = (await this.reports.ofPeriod(tx, { contractorId, contractId, startsOn, endsOn }))!;
    const number = Math.max(1, report.versions);
    for (const recipient of recipients)
      await this.deliveries.insert(tx, { contractorId, id: this.ids.next(), clientId, reportId: report.id, number, recipient });
  }
}
