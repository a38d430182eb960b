import { Injectable } from '@nestjs/common';
import { POST_METRICS } from '../../../networks/numbers.js';
import type { Tx } from '../../../platform/database/work.js';
import { columnOf } from '../columns.js';
import { type Bucket, bucketsOf } from './bucket.js';

const COLUMNS = POST_METRICS.map(columnOf);
const NUMBERS = COLUMNS.join(', ');
const NUMBERS_BEFORE = COLUMNS.map((column) => `lag(${column}) over w as was_${column}`).join(', ');
const NUMBERS_ANEW = COLUMNS.map((column) => `${column} = excluded.${column}`).join(', ');
const FELL = POST_METRICS.map(
  (metric, i) => `case when bool_or(s.${COLUMNS[i]} < s.was_${COLUMNS[i]}) then '${metric}' end`,
).join(', ');

/** The hour and the day that were touched. */
const BUCKETS = 'unnest($3::text[], $4::timestamptz[], $5::timestamptz[]) as b (unit, starts_at, ends_at)';

/** The last value that was told in the bucket: a snapshot that misses a number does not take it away. */
function lastOf(column: string): string {
  return `(array_agg(s.${column} order by s.taken_at desc) filter (where s.${column} is not null))[1]`;
}

const LAST_NUMBERS = COLUMNS.map(lastOf).join(', ');
const LAST_MEMBERS = lastOf('members');
const LAST_WEEK = lastOf('week_reach');

/** What got a snapshot, and the instant of it; hours and days are those of the zone (IANA). */
export interface Touched {
  readonly contractorId: string;
  readonly at: Date;
  readonly timeZone: string;
}

/**
 * Roll-ups. A bucket that was touched is made anew of all its snapshots, so that neither the order in which they come nor how often
 * they are told makes a difference. The page's row of collecting is locked meanwhile, so nobody makes the same bucket of fewer.
 */
@Injectable()
export class RollupStore {
  async posts(tx: Tx, publicationIds: readonly string[], { contractorId, at, timeZone }: Touched): Promise<void> {
    await tx.query(
      `insert into post_rollups (contractor_id, publication_id, unit, starts_at, client_id, page_id, ${NUMBERS}, snapshots, fell)
       select $1, s.publication_id, b.unit, b.starts_at, s.client_id, s.page_id, ${LAST_NUMBERS}, count(*),
         array_remove(array[${FELL}], null)
       from ${BUCKETS} join (
         select *, ${NUMBERS_BEFORE} from post_snapshots where contractor_id = $1 and publication_id = any($2::uuid[])
         window w as (partition by publication_id order by taken_at)) s on s.taken_at >= b.starts_at and s.taken_at < b.ends_at
       group by s.publication_id, b.unit, b.starts_at, s.client_id, s.page_id
       on conflict (contractor_id, publication_id, unit, starts_at) do update set
         ${NUMBERS_ANEW}, snapshots = excluded.snapshots, fell = excluded.fell`,
      [contractorId, publicationIds, ...columnsOf(bucketsOf(at, timeZone))],
    );
  }

  async page(tx: Tx, pageId: string, { contractorId, at, timeZone }: Touched): Promise<void> {
    await tx.query(
      `insert into page_rollups (contractor_id, page_id, unit, starts_at, client_id, members, week_reach, snapshots)
       select $1, s.page_id, b.unit, b.starts_at, s.client_id, ${LAST_MEMBERS}, ${LAST_WEEK}, count(*)
       from ${BUCKETS} join page_snapshots s on s.contractor_id = $1 and s.page_id = $2
         and s.taken_at >= b.starts_at and s.taken_at < b.ends_at
       group by s.page_id, b.unit, b.starts_at, s.client_id
       on conflict (contractor_id, page_id, unit, starts_at) do update set
         members = excluded.members, week_reach = excluded.week_reach, snapshots = excluded.snapshots`,
      [contractorId, pageId, ...columnsOf(bucketsOf(at, timeZone))],
    );
  }
}

/** One array for each column of `BUCKETS`. */
function columnsOf(buckets: readonly Bucket[]): [string[], Date[], Date[]] {
  return [buckets.map(({ unit }) => unit), buckets.map(({ startsAt }) => startsAt), buckets.map(({ endsAt }) => endsAt)];
}
