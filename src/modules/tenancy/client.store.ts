import { Injectable } from '@nestjs/common';
import { LessThan } from 'typeorm';
import { type Changes, updateVersioned } from '../../platform/database/versioned-update.js';
import type { Tx } from '../../platform/database/work.js';
import type { PageStart } from '../../platform/http/pagination.js';
import type { ClientDetails } from './client.js';
import { ClientEntity } from './client.entity.js';

@Injectable()
export class ClientStore {
  async insert(tx: Tx, contractorId: string, id: string, details: ClientDetails): Promise<void> {
    await tx.insert(ClientEntity, { contractorId, id, ...details });
  }

  find(tx: Tx, contractorId: string, id: string): Promise<ClientEntity | null> {
    return tx.findOneBy(ClientEntity, { contractorId, id });
  }

  list(tx: Tx, contractorId: string, start: PageStart): Promise<ClientEntity[]> {
    return tx.find(ClientEntity, {
      where: { contractorId, id: LessThan(start.beforeId) },
      order: { id: 'DESC' },
      take: start.limit + 1,
    });
  }

  /** @returns false when the row is not there or has another version. */
  update(tx: Tx, key: { contractorId: string; id: string }, changes: Changes<ClientDetails>, version?: number): Promise<boolean> {
    return updateVersioned(tx, { entity: ClientEntity, key }, changes, version);
  }
}
