import { Injectable } from '@nestjs/common';
import { NETWORK_NAMES, type NetworkName } from '../../networks/network.js';
import { wholeContractor } from '../../platform/database/scope.js';
import { UnitOfWork } from '../../platform/database/work.js';
import { Metrics } from '../../platform/observability/metrics.js';
import { Queues } from '../../platform/queue/queues.js';
import { worker } from '../audit/audit.js';
import { ClockGuard } from './clock-guard.service.js';
import { DispatchStore, type Picked } from './dispatch.store.js';
import { WORKER_LOST } from './hold-reasons.js';
import { SETTLE_SECONDS } from './publication.js';
import { deleteJob, prepareJob, publishJob, resolveJob } from './publishing.jobs.js';
import { PublicationRecords } from './publishing-parts.service.js';
import { ResolutionStore } from './resolution.store.js';
import { TurnStore } from './turn.store.js';

const MOST_AT_ONCE = 500;

/** What a round did: for how many it rang, and how many pages wait for a turn that comes within moments. */
export interface Round {
  readonly rung: number;
  readonly waiting: number;
}

/** The rows that a dispatcher and a sweep change. */
@Injectable()
export class DispatchRows {
  constructor(
    readonly turns: TurnStore,
    readonly resolution: ResolutionStore,
    readonly records: PublicationRecords,
    readonly clocks: ClockGuard,
  ) {}
}

/** Finds work in the database and rings for it. Safe to run in several processes: a ring too many finds nothing to claim. */
@Injectable()
export class DispatchService {
  constructor(
    private readonly work: UnitOfWork,
    private readonly found: DispatchStore,
    private readonly rows: DispatchRows,
    private readonly queues: Queues,
    private readonly metrics: Metrics,
  ) {}

  /** Rings for what should be uploaded by now. @returns how many. */
  async prepare(): Promise<number> {
    const unprepared = await this.work.acrossTenants('prepare publications', (tx) => this.found.pickUnprepared(tx));
    await this.queues.ring(
      prepareJob,
      unprepared.map((picked) => rung(picked, 'prepare')),
    );
    return unprepared.length;
  }

  /** One round: rings for the next due publication of each page whose turn it is. */
  async dispatch(): Promise<Round> {
    const rounds: Round[] = [];
    for (const network of NETWORK_NAMES) rounds.push(await this.dispatchOn(network));
    const sum = (of: keyof Round): number => rounds.reduce((total, round) => total + round[of], 0);
    return { rung: sum('rung'), waiting: sum('waiting') };
  }

  /** Ends leases that ran out, looks after unclear and withdrawn ones, and counts what nobody took. */
  async sweep(): Promise<void> {
    const expired = await this.work.acrossTenants('find expired leases', (tx) => this.found.expiredLeases(tx, MOST_AT_ONCE));
    for (const lease of expired) await this.expire(lease.contractorId, lease.publicationId);
    const open = await this.work.acrossTenants('find open outcomes', (tx) => this.found.toLookAt(tx, MOST_AT_ONCE));
    const of = (state: string) => open.filter((picked) => picked.state === state);
    await this.queues.ring(
      resolveJob,
      of('unclear').map((picked) => rung(picked, 'resolve')),
    );
    await this.queues.ring(
      deleteJob,
      of('published').map((picked) => rung(picked, 'delete')),
    );
    const overdue = await this.work.acrossTenants('count overdue publications', (tx) => this.found.countOverdue(tx));
    this.metrics.overduePublications.set(overdue);
  }

  private async dispatchOn(network: NetworkName): Promise<Round> {
    const { turns, clocks } = this.rows;
    const taken = await this.work.acrossTenants('dispatch due publications', async (tx) => {
      const turn = await turns.begin(tx, network);
      if (!turn) return undefined;
      const { epochMs, clockTrusted } = turn;
      if (!(await clocks.trusts(tx, { epochMs, inDoubt: !clockTrusted })) || !clockTrusted) return undefined;
      return turns.take(tx, network, turn);
    });
    // Another dispatcher is at it: it goes on for as long as anybody waits.
    if (!taken) return { rung: 0, waiting: 0 };
    await this.queues.ring(
      publishJob,
      taken.rung.map((picked) => rung(picked, 'publish')),
    );
    return { rung: taken.rung.length, waiting: taken.waiting };
  }

  private async expire(contractorId: string, id: string): Promise<void> {
    await this.work.forTenant(wholeContractor(contractorId), async (tx) => {
      const state = await this.rows.resolution.expire(tx, { contractorId, id }, SETTLE_SECONDS, WORKER_LOST);
      if (!state) return;
      const { clientId } = await this.rows.records.require(tx, contractorId, id);
      await this.rows.records.moved(tx, worker(contractorId), { id, clientId, state }, { code: WORKER_LOST.code });
    });
  }
}

function rung(
  { contractorId, publicationId, ring }: Picked,
  what: string,
): { payload: { contractorId: string; publicationId: string }; jobId: string } {
  return { payload: { contractorId, publicationId }, jobId: `${what}.${publicationId}.${ring}` };
}
