import { Injectable } from '@nestjs/common';
import { wholeContractor } from '../../platform/database/scope.js';
import { type Tx, UnitOfWork } from '../../platform/database/work.js';
import { Ids } from '../../platform/ids/ids.js';
import { Metrics } from '../../platform/observability/metrics.js';
import { LaneService } from '../../platform/queue/heartbeat.js';
import { worker } from '../audit/audit.js';
import { ALARM_CAUSES, type AlarmCause, alarmsOf, type Sight } from './alarm.js';
import { ClockGuard } from './clock-guard.service.js';
import { PublicationRecords } from './publishing-parts.service.js';
import { publishJob } from './publishing.jobs.js';
import { WatchStore } from './watch.store.js';

/** What watching reaches for outside its own rows. */
@Injectable()
export class WatchTools {
  constructor(
    readonly lanes: LaneService,
    readonly clocks: ClockGuard,
    readonly metrics: Metrics,
    readonly ids: Ids,
  ) {}
}

/** Sees that due work is not being picked up, tells the causes apart, and says so once at the beginning and once at the end. */
@Injectable()
export class WatchService {
  constructor(
    private readonly work: UnitOfWork,
    private readonly rows: WatchStore,
    private readonly records: PublicationRecords,
    private readonly tools: WatchTools,
  ) {}

  /** Looks, and sets the gauges. Needs no part of the machinery that it watches, so a health check may ask it as well. */
  async look(): Promise<Sight> {
    const sight = await this.work.acrossTenants('is due work picked up', async (tx) => {
      const clock = await this.rows.clock(tx);
      const trusted = await this.tools.clocks.trusts(tx, clock);
      const { inDoubt: clockInDoubt } = trusted ? clock : await this.rows.clock(tx);
      const waiting = await this.rows.waiting(tx);
      return { waiting, clockInDoubt, lane: await this.tools.lanes.trouble(tx, publishJob.policy.lane.name) };
    });
    this.measure(sight);
    return sight;
  }

  /** Raises and ends alarms. Safe to run in several processes. */
  async watch(): Promise<void> {
    const wanted = alarmsOf(await this.look());
    const open = await this.work.acrossTenants('which alarms are on', (tx) => this.rows.openAlarms(tx));
    for (const alarm of without(wanted, open)) await this.tell(alarm.contractorId, (tx) => this.raise(tx, alarm));
    for (const alarm of without(open, wanted)) await this.tell(alarm.contractorId, (tx) => this.end(tx, alarm));
  }

  private tell(contractorId: string, change: (tx: Tx) => Promise<void>): Promise<void> {
    return this.work.forTenant(wholeContractor(contractorId), change);
  }

  private async raise(tx: Tx, alarm: Alarm): Promise<void> {
    const id = this.tools.ids.next();
    if (await this.rows.raise(tx, alarm, id))
      await this.records.alarm(tx, worker(alarm.contractorId), { id, ...alarm }, 'raised');
  }

  private async end(tx: Tx, alarm: Alarm): Promise<void> {
    const id = await this.rows.end(tx, alarm);
    if (id) await this.records.alarm(tx, worker(alarm.contractorId), { id, ...alarm }, 'ended');
  }

  private measure(sight: Sight): void {
    const { metrics } = this.tools;
    const alarms = alarmsOf(sight);
    metrics.overduePublications.set(sight.waiting.reduce((sum, { overdue }) => sum + overdue, 0));
    metrics.oldestOverdueSeconds.set(Math.max(0, ...sight.waiting.map(({ oldestSeconds }) => oldestSeconds)));
    for (const cause of ALARM_CAUSES) {
      const count = alarms.filter((alarm) => alarm.cause === cause).length;
      metrics.publishingAlarms.set({ cause }, cause === 'clockJump' && sight.clockInDoubt ? Math.max(1, count) : count);
    }
  }
}

interface Alarm {
  readonly contractorId: string;
  readonly cause: AlarmCause;
}

function without(these: readonly Alarm[], those: readonly Alarm[]): Alarm[] {
  return these.filter((one) => !those.some((other) => other.contractorId === one.contractorId && other.cause === one.cause));
}
