import { Injectable } from '@nestjs/common';
import { wallTimeOf } from '../../platform/clock/zones.js';
import { wholeContractor } from '../../platform/database/scope.js';
import { UnitOfWork } from '../../platform/database/work.js';
import { RunsOnTimer, type TimerHandler } from '../../platform/queue/handler.js';
import { worker } from '../audit/audit.js';
import { holdReason } from './hold-reasons.js';
import { zoneCheckTimer } from './publishing.jobs.js';
import { PublicationRecords } from './publishing-parts.service.js';
import { ZoneCheckStore } from './zone-check.store.js';

/**
 * A new release may know other rules of time zones than the one that planned a post: then the post's instant is no longer the wall
 * time that people saw and agreed to. Such posts are held, so that people say which of the two they meant.
 */
@Injectable()
@RunsOnTimer(zoneCheckTimer)
export class ZoneCheckTimer implements TimerHandler {
  constructor(
    private readonly work: UnitOfWork,
    private readonly rows: ZoneCheckStore,
    private readonly records: PublicationRecords,
  ) {}

  async run(signal: AbortSignal): Promise<void> {
    const contractors = await this.work.acrossTenants('check planned wall times', (tx) => this.rows.contractorsWithPlans(tx));
    for (const contractorId of contractors) {
      if (signal.aborted) return;
      await this.check(contractorId);
    }
  }

  private async check(contractorId: string): Promise<void> {
    const planned = await this.work.reading(wholeContractor(contractorId), (tx) => this.rows.planned(tx, contractorId));
    const moved = planned.filter(({ dueAt, plannedLocal, timeZone }) => wallTimeOf(dueAt, timeZone) !== plannedLocal);
    if (moved.length === 0) return;
    const reason = holdReason('zone-changed');
    await this.work.forTenant(wholeContractor(contractorId), async (tx) => {
      for (const plan of moved) {
        if (!(await this.rows.hold(tx, contractorId, plan, reason))) continue;
        const { id, clientId, plannedLocal, dueAt } = plan;
        const details = { code: reason.code, plannedLocal, dueAt };
        await this.records.moved(tx, worker(contractorId), { id, clientId, state: 'held' }, details);
      }
    });
  }
}
