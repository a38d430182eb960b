import { Injectable } from '@nestjs/common';
import { LessThan } from 'typeorm';
import type { Tx } from '../../platform/database/work.js';
import type { PageStart } from '../../platform/http/pagination.js';
import { ApiKeyEntity } from './api-key.entity.js';

export type NewApiKey = Omit<ApiKeyEntity, 'createdAt' | 'lastUsedAt' | 'revokedAt' | 'previousHash' | 'previousUntil'>;

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

  /** The old secret opens for so long beside the new one. @returns false when the key is revoked or has ended */
  async rotate(
    tx: Tx,
    { contractorId, id }: { contractorId: string; id: string },
    secret: { readonly hash: string; readonly prefix: string; readonly oldValidForHours: number },
  ): Promise<boolean> {
    const [, count] = await tx.query<[unknown[], number]>(
      `update api_keys set previous_hash = case when $5 > 0 then secret_hash end,
         previous_until = case when $5 > 0 then app_now() + make_interval(hours => $5) end, secret_hash = $3, prefix = $4
       where contractor_id = $1 and id = $2 and revoked_at is null and (expires_at is null or expires_at > app_now())`,
      [contractorId, id, secret.hash, secret.prefix, secret.oldValidForHours],
    );
    return count === 1;
  }

  async revoke(tx: Tx, contractorId: string, id: string): Promise<void> {
    await tx.query(`update api_keys set revoked_at = app_now() where contractor_id = $1 and id = $2 and revoked_at is null`, [
      contractorId,
      id,
    ]);
  }
}
