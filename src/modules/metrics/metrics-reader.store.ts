import { Injectable } from '@nestjs/common';
import { DAY_METRICS, type DayMetric, POST_METRICS } from '../../networks/numbers.js';
import type { Tx } from '../../platform/database/work.js';
import { selected } from './columns.js';
import { type GapCodes, gapsOf } from './gaps.js';
import type { DayScore, DaysWanted, Known, PageDayNumbers, PostSnapshot } from './numbers.js';

type PostRow = Omit<PostSnapshot, 'gaps'> & { readonly gaps: GapCodes };

type DayRow = Omit<PageDayNumbers, 'network'> & Known<DayMetric> & { readonly isTold: boolean };

@Injectable()
export class MetricsReaderStore {
  /** One index look-up for each post, however many snapshots it has. */
  async lastOfPosts(tx: Tx, contractorId: string, publicationIds: readonly string[], asOf: Date): Promise<PostSnapshot[]> {
    const rows = await tx.query<PostRow[]>(
      `select s.publication_id as "publicationId", s.page_id as "pageId", s.taken_at as "takenAt", s.gaps, ${selected(POST_METRICS, 's')}
       from unnest($2::uuid[]) as wanted(id) cross join lateral (
         select * from post_snapshots
         where contractor_id = $1 and publication_id = wanted.id and taken_at <= $3 order by taken_at desc limit 1) s
       order by s.publication_id`,
      [contractorId, publicationIds, asOf],
    );
    return rows.map((row) => ({ ...row, gaps: gapsOf(row.gaps) }));
  }

  async daysOfPage(tx: Tx, { contractorId, pageId, timeZone, from, until, asOf }: DaysWanted): Promise<PageDayNumbers[]> {
    const rows = await tx.query<DayRow[]>(
      `with seen as (
         select distinct on (day) day, members, week_reach from (
           select (taken_at at time zone $3)::date as day, taken_at, members, week_reach from page_snapshots
           where contractor_id = $1 and page_id = $2 and taken_at <= $6
             and taken_at >= ($4::date)::timestamp at time zone $3 and taken_at < ($5::date + 1)::timestamp at time zone $3) s
         order by day, taken_at desc),
       said as (
         select distinct on (day) * from page_day_readings
         where contractor_id = $1 and page_id = $2 and day between $4::date and $5::date and taken_at <= $6
         order by day, taken_at desc)
       select day::text as day, seen.members, seen.week_reach as "weekReach", said.taken_at is not null as "isTold",
         ${selected(DAY_METRICS, 'said')}
       from seen full join said using (day) order by day`,
      [contractorId, pageId, timeZone, from, until, asOf],
    );
    return rows.map(({ day, members, weekReach, isTold, ...network }) => ({
      ...{ day, members, weekReach, network: isTold ? network : null },
    }));
  }

  scores(tx: Tx, { contractorId, pageId, from, until, asOf }: DaysWanted): Promise<DayScore[]> {
    return tx.query(
      `select distinct on (day) day::text as day, score, most, model_version as "modelVersion", audited_at as "auditedAt"
       from page_audits where contractor_id = $1 and page_id = $2 and day between $3::date and $4::date and audited_at <= $5
       order by day, audited_at desc`,
      [contractorId, pageId, from, until, asOf],
    );
  }
}
