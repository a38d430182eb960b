import { Injectable } from '@nestjs/common';
import { wholeContractor } from '../../../platform/database/scope.js';
import { type Tx, UnitOfWork } from '../../../platform/database/work.js';
import { Ids } from '../../../platform/ids/ids.js';
import { Outbox } from '../../../platform/queue/outbox.js';
import { worker } from '../../audit/audit.js';
import { AuditService } from '../../audit/audit.service.js';
import { DatesReader, type SaidDates } from './dates-reader.service.js';
import { changesOf, type Move } from './deadline-changes.js';
import { DeadlineSourceStore, type SourceKey } from './deadline-source.store.js';
import { nextLook } from './deadline-state.js';
import { DeadlineStore } from './deadline.store.js';
import { deadlineMoved } from './deadlines.events.js';

/** The rows of dates, with what goes along when one moves: the audit line and the event. */
@Injectable()
export class DeadlineRecords {
  constructor(
    readonly deadlines: DeadlineStore,
    private readonly audit: AuditService,
    private readonly outbox: Outbox,
    private readonly ids: Ids,
  ) {}

  async lay(tx: Tx, { contractorId, source, sourceId }: SourceKey, said: SaidDates, now: Date): Promise<void> {
    const { clientId, timeZone, planned } = said;
    const isContract = source === 'contract';
    const of = { contractId: isContract ? sourceId : null, pageId: isContract ? null : sourceId };
    const key = { contractorId, clientId, timeZone, ...of };
    const { settled, cancelled, moves } = changesOf(await this.deadlines.ofSource(tx, key), planned, now, () => this.ids.next());
    await this.deadlines.settle(tx, key, settled);
    await this.deadlines.cancel(tx, contractorId, cancelled);
    for (const move of moves) await this.moved(tx, { contractorId, clientId }, move);
  }

  private async moved(tx: Tx, { contractorId, clientId }: { contractorId: string; clientId: string }, move: Move): Promise<void> {
    const { id, kind, from, to, provisionalYear, wasProvisional } = move;
    const provisional = provisionalYear !== null;
    const fact = { action: 'deadline.moved', objectType: 'deadline', objectId: id, clientId };
    await this.audit.record(tx, worker(contractorId), { ...fact, details: { kind, from, to, provisional, wasProvisional } });
    await this.outbox.publish(tx, deadlineMoved, { contractorId, clientId, deadlineId: id, kind, from, to, provisional });
  }
}

/** Keeps the list of dates true: what is due is computed anew from its source, and replaces what stood there. */
@Injectable()
export class DeadlineRecomputing {
  constructor(
    private readonly work: UnitOfWork,
    private readonly sources: DeadlineSourceStore,
    private readonly dates: DatesReader,
    private readonly records: DeadlineRecords,
  ) {}

  /** Across tenants. */
  due(limit: number): Promise<SourceKey[]> {
    return this.work.acrossTenants('dates to be recomputed', (tx) => this.sources.pickDue(tx, limit));
  }

  async recompute(key: SourceKey): Promise<void> {
    await this.work.forTenant(wholeContractor(key.contractorId), async (tx) => {
      if (!(await this.sources.lockDue(tx, key))) return;
      const { contractorId, source, sourceId } = key;
      const said =
        source === 'contract'
          ? await this.dates.ofContract(tx, contractorId, sourceId)
          : await this.dates.ofPage(tx, contractorId, sourceId);
      const now = await this.dates.now(tx);
      await this.records.lay(tx, key, said, now);
      await this.sources.computed(tx, key, nextLook(said.planned, now));
    });
  }
}
