import { Injectable } from '@nestjs/common';
import { DAY_METRICS, type DayMetric, POST_METRICS } from '../../networks/numbers.js';
import { endOfDay, startOfDay } from '../../platform/clock/zones.js';
import type { Tx } from '../../platform/database/work.js';
import { selected } from './columns.js';
import { everyDay } from '../../platform/clock/days.js';
import { type GapCodes, gapsOf } from './gaps.js';
import type { DayScore, DaysWanted, Known, PageDayNumbers, PageWeekReach, PostSnapshot, WeeksWanted } from './numbers.js';

type PostRow = Omit<PostSnapshot, 'gaps'> & { readonly gaps: GapCodes };

type DayRow = Omit<PageDayNumbers, 'network'> & Known<DayMetric> & { readonly isTold: boolean };

const POST_NUMBERS = selected(POST_METRICS, 's');
const DAY_NUMBERS = selected(DAY_METRICS, 'said');

@Injectable()
export class MetricsReaderStore {
  /** One index look-up for each post, however many snapshots it has. */
  async lastOfPosts(tx: Tx, contractorId: string, publicationIds: readonly string[], asOf: Date): Promise<PostSnapshot[]> {
    const rows = await tx.query<PostRow[]>(
      `select s.publication_id as "publicationId", s.page_id as "pageId", s.taken_at as "takenAt", s.gaps, ${POST_NUMBERS}
       from unnest($2::uuid[]) as wanted(id) cross join lateral (
         select * from post_snapshots
         where contractor_id = $1 and publication_id = wanted.id and taken_at <= $3 order by taken_at desc limit 1) s
       order by s.publication_id`,
      [contractorId, publicationIds, asOf],
    );
    return rows.map((row) => ({ ...row, gaps: gapsOf(row.gaps) }));
  }

  async daysOfPage(tx: Tx, { contractorId, pageId, timeZone, from, until, asOf }: DaysWanted): Promise<PageDayNumbers[]> {
    const days = everyDay(from, until);
    const starts = days.map((day) => startOfDay(day, timeZone));
    const ends = days.map((day) => endOfDay(day, timeZone));
    const rows = await tx.query<DayRow[]>(
      `with seen as (
         select d.day, s.members, s.week_reach from unnest($3::date[], $4::timestamptz[], $5::timestamptz[]) as d (day, starts_at, ends_at)
         cross join lateral (
           select members, week_reach from page_snapshots
           where contractor_id = $1 and page_id = $2 and taken_at <= $6 and taken_at >= d.starts_at and taken_at < d.ends_at
           order by taken_at desc limit 1) s),
       said as (
         select distinct on (day) * from page_day_readings
         where contractor_id = $1 and page_id = $2 and day = any($3::date[]) and taken_at <= $6
         order by day, taken_at desc)
       select day::text as day, seen.members, seen.week_reach as "weekReach", said.taken_at is not null as "isTold",
         ${DAY_NUMBERS}
       from seen full join said using (day) order by day`,
      [contractorId, pageId, days, starts, ends, asOf],
    );
    return rows.map(({ day, members, weekReach, isTold, ...network }) => ({
      ...{ day, members, weekReach, network: isTold ? network : null },
    }));
  }

  weeks(tx: Tx, { contractorId, pageIds, from, until }: WeeksWanted): Promise<PageWeekReach[]> {
    return tx.query(
      `select distinct on (page_id, ends_on) page_id as "pageId", ends_on::text as "endsOn", reach, members from page_week_readings
       where contractor_id = $1 and page_id = any($2::uuid[]) and ends_on between $3::date and $4::date
       order by page_id, ends_on, taken_at desc`,
      [contractorId, pageIds, from, until],
    );
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
