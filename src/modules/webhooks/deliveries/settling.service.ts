import { Injectable } from '@nestjs/common';
import { wholeContractor } from '../../../platform/database/scope.js';
import { type Tx, UnitOfWork } from '../../../platform/database/work.js';
import { Ids } from '../../../platform/ids/ids.js';
import { worker } from '../../audit/audit.js';
import { EndpointRecords } from '../endpoints/endpoint-records.service.js';
import { type Claimed, ClaimStore } from './claim.store.js';
import { chanceOf, isDead, isSlow, restAfter, retryAfter } from './retries.js';
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
      if (result.outcome === 'delivered') return this.delivered(tx, claimed, durationMs);
      await this.failed(tx, claimed, result);
    });
  }

  private async delivered(tx: Tx, claimed: Claimed, durationMs: number): Promise<void> {
    const isOurs = await this.claims.settle(tx, claimed, 'delivered');
    // Only behind what failed before does something wait for another day.
    if (isOurs && claimed.tries > 1) await this.claims.free(tx, claimed);
    const { contractorId, endpointId: id } = claimed;
    await this.records.endpoints.worked(tx, { contractorId, id }, isSlow(durationMs));
  }

  private async failed(tx: Tx, claimed: Claimed, { outcome }: TryResult): Promise<void> {
    const seconds = retryAfter(claimed.tries, chanceOf(this.ids.secret(4)));
    const isOurs = seconds === null ? await this.giveUp(tx, claimed) : await this.claims.postpone(tx, claimed, seconds);
    // Somebody else tries it by now, and says himself how the endpoint is.
    if (!isOurs) return;
    const key = { contractorId: claimed.contractorId, id: claimed.endpointId };
    const health = await this.records.endpoints.failed(tx, key);
    const rest = restAfter(health.failures);
    if (rest > 0) await this.records.endpoints.rest(tx, key, rest);
    const reason = outcome === 'gone' ? 'gone' : isDead(health.seconds) ? 'failing' : undefined;
    if (reason) await this.records.disable(tx, worker(key.contractorId), key.id, reason);
  }

  private async giveUp(tx: Tx, claimed: Claimed): Promise<boolean> {
    const isOurs = await this.claims.settle(tx, claimed, 'givenUp');
    if (isOurs) await this.claims.free(tx, claimed);
    return isOurs;
  }
}
