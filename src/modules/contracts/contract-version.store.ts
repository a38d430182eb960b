import { Injectable } from '@nestjs/common';
import type { Tx } from '../../platform/database/work.js';
import { ContractVersionEntity } from './contract.entity.js';
import type { ContractVersion } from './contract-version.js';

export type NewVersion = Omit<ContractVersion, 'recordedAt'> & {
  readonly contractorId: string;
  readonly contractId: string;
  readonly clientId: string;
};

@Injectable()
export class ContractVersionStore {
  async insert(tx: Tx, version: NewVersion): Promise<void> {
    await tx.insert(ContractVersionEntity, { ...version, pageIds: [...version.pageIds], stages: [...version.stages] });
  }

  /** All of a contract, oldest first: few. */
  list(tx: Tx, contractorId: string, contractId: string): Promise<ContractVersion[]> {
    return tx.find(ContractVersionEntity, { where: { contractorId, contractId }, order: { number: 'ASC' } });
  }
}
