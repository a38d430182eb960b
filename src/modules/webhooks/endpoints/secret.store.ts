import { Injectable } from '@nestjs/common';
import type { Tx } from '../../../platform/database/work.js';
import type { EndpointSecret } from './endpoint.js';
import type { EndpointKey } from './endpoint.store.js';

export interface SealedSecret {
  readonly id: string;
  readonly sealed: string;
}

const VALID = `(valid_until is null or valid_until > app_now())`;

/** Secrets of endpoints, sealed. */
@Injectable()
export class SecretStore {
  async insert(tx: Tx, { contractorId, id: endpointId }: EndpointKey, { id, sealed }: SealedSecret): Promise<void> {
    await tx.query('insert into webhook_secrets (contractor_id, id, endpoint_id, sealed) values ($1, $2, $3, $4)', [
      contractorId,
      id,
      endpointId,
      sealed,
    ]);
  }

  /** Those that sign now, newest first. */
  valid(tx: Tx, { contractorId, id }: EndpointKey): Promise<(EndpointSecret & SealedSecret)[]> {
    return tx.query(
      `select id, sealed, created_at as "createdAt", valid_until as "validUntil" from webhook_secrets
       where contractor_id = $1 and endpoint_id = $2 and ${VALID} order by id desc`,
      [contractorId, id],
    );
  }

  /** What signs now goes on for so long, or as long as it had to go on anyway, whichever is shorter. */
  async endAll(tx: Tx, { contractorId, id }: EndpointKey, hours: number): Promise<void> {
    await tx.query(
      `update webhook_secrets set valid_until = least(valid_until, app_now() + make_interval(hours => $3))
       where contractor_id = $1 and endpoint_id = $2 and ${VALID}`,
      [contractorId, id, hours],
    );
  }

  async removeEnded(tx: Tx, { contractorId, id }: EndpointKey): Promise<void> {
    await tx.query(`delete from webhook_secrets where contractor_id = $1 and endpoint_id = $2 and not ${VALID}`, [
      contractorId,
      id,
    ]);
  }
}
