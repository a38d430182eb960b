import { Injectable } from '@nestjs/common';
import type { Tx } from '../../platform/database/work.js';

/** A UTC day on which a key was used. */
export interface KeyDay {
  readonly day: string;
  readonly requests: number;
  /** Of them, those that the key's limit turned away. */
  readonly refused: number;
}

export interface UsedKey {
  readonly contractorId: string;
  readonly apiKeyId: string;
}

@Injectable()
export class KeyUsageStore {
  async count(tx: Tx, { contractorId, apiKeyId }: UsedKey, day: string, refused: boolean): Promise<void> {
    await tx.query(
      `insert into api_key_usage (contractor_id, api_key_id, day, requests, refused) values ($1, $2, $3, 1, $4)
       on conflict (contractor_id, api_key_id, day) do update set
         requests = api_key_usage.requests + 1, refused = api_key_usage.refused + excluded.refused`,
      [contractorId, apiKeyId, day, refused ? 1 : 0],
    );
  }

  /** Newest first; a day without a request has no row. */
  days(tx: Tx, { contractorId, apiKeyId }: UsedKey, since: string): Promise<KeyDay[]> {
    return tx.query(
      `select day::text as day, requests, refused from api_key_usage
       where contractor_id = $1 and api_key_id = $2 and day >= $3 order by day desc`,
      [contractorId, apiKeyId, since],
    );
  }
}
