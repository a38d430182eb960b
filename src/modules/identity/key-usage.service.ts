import { Injectable } from '@nestjs/common';
import { Clock } from '../../platform/clock/clock.js';
import { addDays, dayOf } from '../../platform/clock/days.js';
import { wholeContractor } from '../../platform/database/scope.js';
import { UnitOfWork } from '../../platform/database/work.js';
import type { Principal } from '../../platform/http/access.js';
import { ApiKeyStore } from './api-key.store.js';
import { ApiKeyNotFound } from './identity.errors.js';
import { type KeyDay, KeyUsageStore, type UsedKey } from './key-usage.store.js';

/** How much each key is used, by the UTC day: whoever asks why a limit was hit, or which key may go, finds it here. */
@Injectable()
export class KeyUsage {
  constructor(
    private readonly work: UnitOfWork,
    private readonly usage: KeyUsageStore,
    private readonly keys: ApiKeyStore,
    private readonly clock: Clock,
  ) {}

  /** Counts a request that a key opened, or that its limit turned away. */
  async count(key: UsedKey, refused: boolean): Promise<void> {
    const today = dayOf(this.clock.now(), 'UTC');
    await this.work.forTenant(wholeContractor(key.contractorId), (tx) => this.usage.count(tx, key, today, refused));
  }

  /** The last days, today included, newest first; a day without a request is absent. @throws ApiKeyNotFound */
  lastDays({ scope, contractorId }: Principal, apiKeyId: string, days: number): Promise<KeyDay[]> {
    const since = addDays(dayOf(this.clock.now(), 'UTC'), 1 - days);
    return this.work.reading(scope, async (tx) => {
      if (!(await this.keys.find(tx, contractorId, apiKeyId))) throw new ApiKeyNotFound();
      return this.usage.days(tx, { contractorId, apiKeyId }, since);
    });
  }
}
