import { Injectable } from '@nestjs/common';
import { wholeContractor } from '../../../platform/database/scope.js';
import { type Tx, UnitOfWork } from '../../../platform/database/work.js';
import { Ids } from '../../../platform/ids/ids.js';
import { worker } from '../../audit/audit.js';
import { EndpointRecords } from '../endpoints/endpoint-records.service.js';
import { type Claimed, ClaimStore } from './claim.store.js';
import { chanceOf, isDead, restAfter, retryAfter } from './retries.js';
import type { TryResult } from './try-outcome.js';

/** What follows from a try, for what was sent and for where it was sent. */
@Injectable()
export class Settling {
  constructor(
    private readonly work: UnitOfWork,
    private readonly claims: ClaimStore,
    private readonly records: EndpointRecords,
    private readonly ids: Ids,
  ) {}

  async settle(claimed: Claimed, result: TryResult, durationMs: number): Promise<void> {
    await this.work.forTenant(wholeContractor(claimed.contractorId), async (tx) => {
      await this.claims.note(tx, claimed, result, durationMs);
      if (result.outcome === 'delivered') return this.delivered(tx, claimed);
      await this.failed(tx, claimed, result);
    });
  }

  private async delivered(tx: Tx, claimed: Claimed): Promise<void> {
    if (await this.claims.settle(tx, claimed, 'delivered')) await this.claims.free(tx, claimed);
    await this.records.endpoints.worked(tx, { contractorId: claimed.contractorId, id: claimed.endpointId });
  }

  private async failed(tx: Tx, claimed: Claimed, { outcome }: TryResult): Promise<void> {
    const seconds = retryAfter(claimed.tries, chanceOf(this.ids.secret(4)));
    if (seconds === null) {
      if (await this.claims.settle(tx, claimed, 'givenUp')) await this.claims.free(tx, claimed);
    } else {
      await this.claims.postpone(tx, claimed, seconds);
    }
    const { contractorId, endpointId } = claimed;
    const health = await this.records.endpoints.failed(tx, { contractorId, id: endpointId });
    await this.records.endpoints.rest(tx, { contractorId, id: endpointId }, restAfter(health.failures));
    const reason = outcome === 'gone' ? 'gone' : isDead(health.seconds) ? 'failing' : undefined;
    if (reason) await this.records.disable(tx, worker(contractorId), endpointId, reason);
  }
}
