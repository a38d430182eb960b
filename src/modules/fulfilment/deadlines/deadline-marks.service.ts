import { Injectable } from '@nestjs/common';
import { wholeContractor } from '../../../platform/database/scope.js';
import { type Tx, UnitOfWork } from '../../../platform/database/work.js';
import { DeadlineSourceStore } from './deadline-source.store.js';

interface OfClient {
  readonly contractorId: string;
  readonly clientId: string;
}

/** Notes whose dates may be others now. What they are is computed once for all that has come together. */
@Injectable()
export class DeadlineMarks {
  constructor(
    private readonly work: UnitOfWork,
    private readonly sources: DeadlineSourceStore,
  ) {}

  /** In the transaction in which something about a contract changes. */
  contract(tx: Tx, { contractorId, clientId }: OfClient, contractId: string): Promise<void> {
    return this.sources.mark(tx, { contractorId, source: 'contract', sourceId: contractId }, clientId);
  }

  contractChanged({ contractorId, clientId, contractId }: OfClient & { contractId: string }): Promise<void> {
    return this.work.forTenant(wholeContractor(contractorId), (tx) => this.contract(tx, { contractorId, clientId }, contractId));
  }

  pageChanged({ contractorId, clientId, pageId }: OfClient & { pageId: string }): Promise<void> {
    return this.work.forTenant(wholeContractor(contractorId), (tx) =>
      this.sources.mark(tx, { contractorId, source: 'page', sourceId: pageId }, clientId),
    );
  }

  yearLoaded(contractorId: string, year: number): Promise<void> {
    return this.work.forTenant(wholeContractor(contractorId), (tx) => this.sources.markYear(tx, contractorId, year));
  }
}
