import { Injectable } from '@nestjs/common';
import type { Tx } from '../../platform/database/work.js';
import type { CheckResult } from './check.js';

export interface Snapshot {
  readonly contractorId: string;
  readonly id: string;
  readonly clientId: string;
  readonly publicationId: string;
  readonly result: CheckResult;
  readonly text: string | null;
  readonly photoCount: number | null;
  readonly sha256: string | null;
}

interface Found {
  readonly contractorId: string;
  readonly publicationId: string;
  readonly ring: string;
}

/** A check that was rung and lost is rung again after this. */
const AGAIN = '15 minutes';

@Injectable()
export class CheckStore {
  /** Across tenants: published ones whose turn it is. They are put off a little, so that a lost job is not forgotten. */
  async pickDue(tx: Tx, most: number): Promise<Found[]> {
    const [rows] = await tx.query<[Found[], number]>(
      `with due as (
         select contractor_id, id from publications
         where state = 'published' and published_at > app_now() - interval '8 days' and published_at < app_now() - interval '1 minute'
           and (next_check_at is null or next_check_at <= app_now())
         order by published_at desc limit $1 for update skip locked)
       update publications p set next_check_at = app_now() + interval '${AGAIN}' from due
       where p.contractor_id = due.contractor_id and p.id = due.id
       returning p.contractor_id as "contractorId", p.id as "publicationId", extract(epoch from p.next_check_at)::text as ring`,
      [most],
    );
    return rows;
  }

  /** Keeps the look and says whether the drift is news. */
  async record(tx: Tx, snapshot: Snapshot, againInHours: number | null): Promise<boolean> {
    await tx.query(
      `insert into publication_snapshots (contractor_id, id, client_id, publication_id, result, text, photo_count, sha256)
       values ($1, $2, $3, $4, $5, $6, $7, $8)`,
      [
        ...[snapshot.contractorId, snapshot.id, snapshot.clientId, snapshot.publicationId, snapshot.result],
        ...[snapshot.text, snapshot.photoCount, snapshot.sha256],
      ],
    );
    const rows = await tx.query<{ changed: boolean }[]>(
      `with before as (select drift from publications where contractor_id = $1 and id = $2 for update),
       after as (
         update publications set drift = nullif($3, 'same'), version = version + 1, updated_at = app_now(),
           next_check_at = case when $4::integer is null then 'infinity' else app_now() + make_interval(hours => $4) end
         where contractor_id = $1 and id = $2 and state = 'published' returning drift)
       select after.drift is distinct from before.drift as changed from before, after`,
      [snapshot.contractorId, snapshot.publicationId, snapshot.result, againInHours],
    );
    return rows[0]?.changed === true;
  }

  /** While an edit is under way nobody knows what should stand on the page. */
  async isBeingEdited(tx: Tx, key: { contractorId: string; id: string }): Promise<boolean> {
    const rows = await tx.query<unknown[]>(
      `select 1 from publication_edits where contractor_id = $1 and publication_id = $2 and state in ('waiting', 'sending', 'unclear')`,
      [key.contractorId, key.id],
    );
    return rows.length > 0;
  }

  /** The network could not be read now. */
  async putOff(tx: Tx, key: { contractorId: string; id: string }, hours: number): Promise<void> {
    await tx.query(
      `update publications set next_check_at = app_now() + make_interval(hours => $3) where contractor_id = $1 and id = $2`,
      [key.contractorId, key.id, hours],
    );
  }

  list(tx: Tx, contractorId: string, publicationId: string): Promise<(Snapshot & { takenAt: Date })[]> {
    return tx.query(
      `select id, result, text, photo_count as "photoCount", sha256, taken_at as "takenAt" from publication_snapshots
       where contractor_id = $1 and publication_id = $2 order by id desc limit 200`,
      [contractorId, publicationId],
    );
  }
}
