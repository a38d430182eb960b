import { Injectable } from '@nestjs/common';
import type { PageWeek } from '../../../networks/numbers.js';
import type { Tx } from '../../../platform/database/work.js';
import type { PageKey } from './collection.store.js';

/** The subscribers that were seen last; of two weeks ago they say nothing any more. */
const LAST_MEMBERS = `(select members from page_snapshots where contractor_id = $1 and page_id = $3 and members is not null
  and taken_at <= $4 and taken_at > $4::timestamptz - interval '14 days' order by taken_at desc limit 1)`;

/** Raw readings of weeks: written once, never changed. */
@Injectable()
export class WeekStore {
  /**
   * Keeps what the network says of weeks from Monday to Sunday, where that is something else than it said before, with the subscribers
   * by which it is measured. A week that ends on another day is what some network's window shows of the last days.
   * @returns the Sundays of those that are news
   */
  async insert(
    tx: Tx,
    { contractorId, clientId, pageId }: PageKey,
    weeks: readonly PageWeek[],
    at: Date,
  ): Promise<readonly string[]> {
    const rows = await tx.query<{ endsOn: string }[]>(
      `insert into page_week_readings (contractor_id, client_id, page_id, ends_on, taken_at, reach, members)
       select $1, $2, $3, t."endsOn", $4, t.reach, now_.members
       from jsonb_to_recordset($5::jsonb) as t("endsOn" date, reach integer)
       cross join (select ${LAST_MEMBERS} as members) now_
       left join lateral (select * from page_week_readings r
         where r.contractor_id = $1 and r.page_id = $3 and r.ends_on = t."endsOn" order by r.taken_at desc limit 1) last on true
       where extract(isodow from t."endsOn") = 7
         and (last.taken_at is null or last.reach <> t.reach or (last.members is null and now_.members is not null))
       on conflict do nothing returning ends_on::text as "endsOn"`,
      [contractorId, clientId, pageId, at, JSON.stringify(weeks)],
    );
    return rows.map(({ endsOn }) => endsOn);
  }
}
