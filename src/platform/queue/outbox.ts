import { Injectable } from '@nestjs/common';
import type { Tx } from '../database/work.js';
import { Ids } from '../ids/ids.js';
import type { EventDefinition, JobDefinition, JobPayload } from './job.js';
import { OutboxStore } from './outbox.store.js';
import { checkPayload } from './payload.js';
import { RelayNudge } from './relay-nudge.js';

/**
 * Side effects of a transaction: they happen if it commits, and only then.
 *
 * The row is written with the caller's `tx`; a relay in the workers forwards it to the queue within moments of the
 * commit, with the row's id as the job's id. Delivery is at least once. Tenant transactions only: the payload's
 * contractor must be the transaction's, which the database checks.
 */
@Injectable()
export class Outbox {
  constructor(
    private readonly store: OutboxStore,
    private readonly ids: Ids,
    private readonly nudge: RelayNudge,
  ) {}

  /** Runs the job once this transaction has committed. @throws BadPayload */
  enqueue<P extends JobPayload>(tx: Tx, job: JobDefinition<P>, payload: P): Promise<void> {
    return this.write(tx, job, payload);
  }

  /** Starts every job that is `on` this event once this transaction has committed. @throws BadPayload */
  publish<P extends JobPayload>(tx: Tx, event: EventDefinition<P>, payload: P): Promise<void> {
    return this.write(tx, event, payload);
  }

  private async write<P extends JobPayload>(tx: Tx, what: JobDefinition<P> | EventDefinition<P>, payload: P): Promise<void> {
    const checked = checkPayload(what, payload);
    await this.store.insert(tx, { contractorId: checked.contractorId, id: this.ids.next(), name: what.name, payload: checked });
    this.nudge.whenFinished(tx);
  }
}
