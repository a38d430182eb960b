import { Injectable } from '@nestjs/common';
import { type Changes, updateVersioned } from '../../platform/database/versioned-update.js';
import type { Tx } from '../../platform/database/work.js';
import type { ContractorDetails } from './client.js';
import { ContractorEntity } from './contractor.entity.js';

@Injectable()
export class ContractorStore {
  async insert(tx: Tx, id: string, details: ContractorDetails): Promise<void> {
    await tx.insert(ContractorEntity, { id, ...details });
  }

  find(tx: Tx, id: string): Promise<ContractorEntity | null> {
    return tx.findOneBy(ContractorEntity, { id });
  }

  update(tx: Tx, id: string, changes: Changes<ContractorDetails>, version?: number): Promise<boolean> {
    return updateVersioned(tx, { entity: ContractorEntity, key: { id } }, changes, version);
  }
}
