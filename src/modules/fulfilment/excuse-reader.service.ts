import { Injectable } from '@nestjs/common';
import type { Tx } from '../../platform/database/work.js';
import type { Excuse } from './excuse.js';
import { ExcuseStore } from './excuse.store.js';
import type { ContractId } from './requirement-period.store.js';

/** Excuses of a contract, for the modules above that tell of them. */
@Injectable()
export class ExcuseReader {
  constructor(private readonly excuses: ExcuseStore) {}

  /** Those that count now and reach into the days, both included; in the order in which they were recorded. */
  reaching(tx: Tx, contract: ContractId, days: { startsOn: string; endsOn: string }): Promise<Excuse[]> {
    return this.excuses.reaching(tx, contract, days);
  }
}
