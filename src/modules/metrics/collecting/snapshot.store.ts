import { Injectable } from '@nestjs/common';
import { DAY_METRICS, type PageDay, POST_METRICS } from '../../../networks/numbers.js';
import type { Tx } from '../../../platform/database/work.js';
import { columnOf } from '../columns.js';
import type { GapCodes } from '../gaps.js';
import type { PageKey } from './collection.store.js';
import type { TakenPost } from './taken.js';

export interface TakenPage {
  readonly members: number | undefined;
  readonly weekReach: number | undefined;
  readonly gaps: GapCodes;
}

const POST_COLUMNS = POST_METRICS.map(columnOf).join(', ');
const POST_TYPES = POST_METRICS.map((metric) => `"${metric}" integer`).join(', ');
const DAY_COLUMNS = DAY_METRICS.map(columnOf).join(', ');

/** Raw snapshots: written once, never changed. */
@Injectable()
export class SnapshotStore {
  /** When each publication was last looked at; those that never were are absent. */
  async lastTaken(tx: Tx, contractorId: string, publicationIds: readonly string[]): Promise<ReadonlyMap<string, Date>> {
    const rows = await tx.query<{ id: string; takenAt: Date }[]>(
      `select wanted.id, s.taken_at as "takenAt" from unnest($2::uuid[]) as wanted(id) cross join lateral (
         select taken_at from post_snapshots where contractor_id = $1 and publication_id = wanted.id order by taken_at desc limit 1) s`,
      [contractorId, publicationIds],
    );
    return new Map(rows.map(({ id, takenAt }) => [id, takenAt]));
  }

  async insertPosts(tx: Tx, { contractorId, clientId, pageId }: PageKey, taken: readonly TakenPost[], at: Date): Promise<void> {
    const rows = taken.map(({ publicationId, numbers, gaps }) => ({ id: publicationId, gaps, ...numbers }));
    await tx.query(
      `insert into post_snapshots (contractor_id, client_id, page_id, publication_id, taken_at, gaps, ${POST_COLUMNS})
       select $1, $2, $3, t.id, $4, t.gaps, ${POST_METRICS.map((metric) => `t."${metric}"`).join(', ')}
       from jsonb_to_recordset($5::jsonb) as t(id uuid, gaps jsonb, ${POST_TYPES})
       on conflict do nothing`,
      [contractorId, clientId, pageId, at, JSON.stringify(rows)],
    );
  }

  /** A second look within half an hour is another run of the same round. @returns false when it was one */
  async insertPage(tx: Tx, { contractorId, clientId, pageId }: PageKey, taken: TakenPage, at: Date): Promise<boolean> {
    const rows = await tx.query<unknown[]>(
      `insert into page_snapshots (contractor_id, client_id, page_id, taken_at, members, week_reach, gaps)
       select $1, $2, $3, $4, $5, $6, $7
       where not exists (select 1 from page_snapshots where contractor_id = $1 and page_id = $3
         and taken_at > $4::timestamptz - interval '30 minutes' and taken_at <= $4)
       on conflict do nothing returning 1`,
      [contractorId, clientId, pageId, at, taken.members ?? null, taken.weekReach ?? null, taken.gaps],
    );
    return rows.length > 0;
  }

  /** Keeps what the network says of its days where that is something else than it said before. */
  async insertDays(tx: Tx, { contractorId, clientId, pageId }: PageKey, days: readonly PageDay[], at: Date): Promise<void> {
    const rows = days.map(({ day, numbers }) => ({ day, ...numbers }));
    const types = DAY_METRICS.map((metric) => `"${metric}" integer`).join(', ');
    const said = DAY_METRICS.map((metric) => `t."${metric}"`).join(', ');
    await tx.query(
      `insert into page_day_readings (contractor_id, client_id, page_id, day, taken_at, ${DAY_COLUMNS})
       select $1, $2, $3, t.day, $4, ${said} from jsonb_to_recordset($5::jsonb) as t(day date, ${types})
       left join lateral (select * from page_day_readings r
         where r.contractor_id = $1 and r.page_id = $3 and r.day = t.day order by r.taken_at desc limit 1) last on true
       where last.taken_at is null
         or row(${said}) is distinct from row(${DAY_METRICS.map((metric) => `last.${columnOf(metric)}`).join(', ')})
       on conflict do nothing`,
      [contractorId, clientId, pageId, at, JSON.stringify(rows)],
    );
  }
}
