import { Injectable } from '@nestjs/common';
import { LessThan } from 'typeorm';
import type { Tx } from '../../platform/database/work.js';
import type { PageStart } from '../../platform/http/pagination.js';
import { ApiKeyEntity } from './api-key.entity.js';

export type NewApiKey = Omit<ApiKeyEntity, 'createdAt' | 'lastUsedAt' | 'revokedAt'>;

@Injectable()
export class ApiKeyStore {
  async insert(tx: Tx, key: NewApiKey): Promise<void> {
    await tx.insert(ApiKeyEntity, key);
  }

  find(tx: Tx, contractorId: string, id: string): Promise<ApiKeyEntity | null> {
    return tx.findOneBy(ApiKeyEntity, { contractorId, id });
  }

  list(tx: Tx, contractorId: string, start: PageStart): Promise<ApiKeyEntity[]> {
    return tx.find(ApiKeyEntity, {
      where: { contractorId, id: LessThan(start.beforeId) },
      order: { id: 'DESC' },
      take: start.limit + 1,
    });
  }

  async revoke(tx: Tx, contractorId: string, id: string): Promise<void> {
    await tx.query(`update api_keys set revoked_at = app_now() where contractor_id = $1 and id = $2 and revoked_at is null`, [
      contractorId,
      id,
    ]);
  }
}
