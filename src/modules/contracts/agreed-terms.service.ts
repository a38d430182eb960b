import { Injectable } from '@nestjs/common';
import type { Tx } from '../../platform/database/work.js';
import type { PageStart } from '../../platform/http/pagination.js';
import type { Contract } from './contract.js';
import { ContractRecords } from './contract-records.service.js';
import type { ContractVersion } from './contract-version.js';
import { ContractVersionStore } from './contract-version.store.js';
import type { ContractKey } from './contract.store.js';
import type { Stage } from './stage.js';
import { StagePlanning } from './stage-planning.service.js';

/** A contract with everything that was agreed. */
export interface Agreement {
  readonly contract: Contract;
  /** Oldest first; none of a draft. */
  readonly versions: readonly ContractVersion[];
}

/** What was agreed, for modules above. */
@Injectable()
export class AgreedTerms {
  constructor(
    private readonly records: ContractRecords,
    private readonly versions: ContractVersionStore,
    private readonly planning: StagePlanning,
  ) {}

  /** @throws ContractNotFound */
  async read(tx: Tx, key: ContractKey): Promise<Agreement> {
    return this.whole(tx, key, await this.records.require(tx, key));
  }

  /** As `read`; nobody amends or moves it until this transaction is over. @throws ContractNotFound */
  async lock(tx: Tx, key: ContractKey): Promise<Agreement> {
    return this.whole(tx, key, await this.records.lock(tx, key));
  }

  /** In order. */
  stages(tx: Tx, { contractorId, id }: ContractKey): Promise<Stage[]> {
    return this.planning.list(tx, contractorId, id);
  }

  /** Contracts that were signed and are not put away, newest first. @param of a client alone, or from the start of a page on */
  signed(tx: Tx, contractorId: string, of: { clientId?: string | undefined; start?: PageStart }): Promise<Contract[]> {
    return this.records.contracts.signed(tx, contractorId, of);
  }

  /** Of many contracts, in the order of each. */
  stagesOf(tx: Tx, contractorId: string, contractIds: readonly string[]): Promise<Stage[]> {
    return this.planning.listOf(tx, contractorId, contractIds);
  }

  /** The pages of a contract with which another one goes on after an instant. @param pageIds those of the contract */
  async goingOn(tx: Tx, key: ContractKey, pageIds: readonly string[], at: Date): Promise<ReadonlySet<string>> {
    return new Set(await this.records.contracts.reachedByOthers(tx, key, pageIds, at));
  }

  /** By the database's clock. */
  now(tx: Tx): Promise<Date> {
    return this.records.contracts.now(tx);
  }

  private async whole(tx: Tx, { contractorId, id }: ContractKey, contract: Contract): Promise<Agreement> {
    return { contract, versions: await this.versions.list(tx, contractorId, id) };
  }
}
