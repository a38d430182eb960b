import { Injectable } from '@nestjs/common';
import { POST_METRICS } from '../../../networks/numbers.js';
import type { Tx } from '../../../platform/database/work.js';
import { columnOf } from '../columns.js';

const COLUMNS = POST_METRICS.map(columnOf);

/** Hours and days of a zone that hold an instant. `$3` is the instant, `$4` the zone. */
const BUCKETS = `(select unit, date_trunc(unit, $3::timestamptz, $4) as starts_at,
    (date_trunc(unit, $3::timestamptz at time zone $4) + ('1 ' || unit)::interval) at time zone $4 as ends_at
  from (values ('hour'), ('day')) as units(unit)) b`;

/** The last value that was told in the bucket: a snapshot that misses a number does not take it away. */
function lastOf(column: string): string {
  return `(array_agg(s.${column} order by s.taken_at desc) filter (where s.${column} is not null))[1]`;
}

/**
 * Roll-ups. A bucket that was touched is made anew of all its snapshots, so that neither the order in which they come nor how often
 * they are told makes a difference. The page's row of collecting is locked meanwhile, so nobody makes the same bucket of fewer.
 */
@Injectable()
export class RollupStore {
  async posts(tx: Tx, contractorId: string, publicationIds: readonly string[], at: Date, timeZone: string): Promise<void> {
    const before = COLUMNS.map((column) => `lag(${column}) over w as was_${column}`).join(', ');
    const fell = POST_METRICS.map((metric, i) => `case when bool_or(s.${COLUMNS[i]} < s.was_${COLUMNS[i]}) then '${metric}' end`);
    await tx.query(
      `insert into post_rollups (contractor_id, publication_id, unit, starts_at, client_id, page_id, ${COLUMNS.join(', ')}, snapshots, fell)
       select $1, s.publication_id, b.unit, b.starts_at, s.client_id, s.page_id, ${COLUMNS.map(lastOf).join(', ')}, count(*),
         array_remove(array[${fell.join(', ')}], null)
       from ${BUCKETS} join (
         select *, ${before} from post_snapshots where contractor_id = $1 and publication_id = any($2::uuid[])
         window w as (partition by publication_id order by taken_at)) s on s.taken_at >= b.starts_at and s.taken_at < b.ends_at
       group by s.publication_id, b.unit, b.starts_at, s.client_id, s.page_id
       on conflict (contractor_id, publication_id, unit, starts_at) do update set
         ${COLUMNS.map((column) => `${column} = excluded.${column}`).join(', ')}, snapshots = excluded.snapshots, fell = excluded.fell`,
      [contractorId, publicationIds, at, timeZone],
    );
  }

  async page(tx: Tx, contractorId: string, pageId: string, at: Date, timeZone: string): Promise<void> {
    await tx.query(
      `insert into page_rollups (contractor_id, page_id, unit, starts_at, client_id, members, week_reach, snapshots)
       select $1, s.page_id, b.unit, b.starts_at, s.client_id, ${lastOf('members')}, ${lastOf('week_reach')}, count(*)
       from ${BUCKETS} join page_snapshots s on s.contractor_id = $1 and s.page_id = $2
         and s.taken_at >= b.starts_at and s.taken_at < b.ends_at
       group by s.page_id, b.unit, b.starts_at, s.client_id
       on conflict (contractor_id, page_id, unit, starts_at) do update set
         members = excluded.members, week_reach = excluded.week_reach, snapshots = excluded.snapshots`,
      [contractorId, pageId, at, timeZone],
    );
  }
}
