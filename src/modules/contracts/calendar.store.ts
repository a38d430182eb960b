import { Injectable } from '@nestjs/common';
import type { Tx } from '../../platform/database/work.js';
import type { PageStart } from '../../platform/http/pagination.js';
import type { RegionCode } from '../tenancy/regions.js';
import type { CalendarYear, LOADED_STATUSES } from './production-calendar.js';

/** A year as somebody of the contractor has loaded it. It is never changed: the newest of a year and place counts. */
export interface LoadedCalendar extends CalendarYear {
  readonly id: string;
  readonly status: (typeof LOADED_STATUSES)[number];
  /** Null: the whole country. */
  readonly regionCode: RegionCode | null;
  /** The decree, or who announced it. */
  readonly source: string;
  readonly loadedBy: string;
  readonly loadedAt: Date;
}

export type NewCalendar = Omit<LoadedCalendar, 'loadedAt'> & { readonly contractorId: string };

// As text: the driver would make instants of days.
const COLUMNS = `id, year, region_code as "regionCode", status, source, weekdays_off::text[] as "weekdaysOff",
  working_weekends::text[] as "workingWeekends", loaded_by as "loadedBy", loaded_at as "loadedAt"`;

@Injectable()
export class CalendarStore {
  async insert(tx: Tx, calendar: NewCalendar): Promise<void> {
    const { contractorId, id, year, regionCode, status, source, weekdaysOff, workingWeekends, loadedBy } = calendar;
    await tx.query(
      `insert into production_calendars
         (contractor_id, id, year, region_code, status, source, weekdays_off, working_weekends, loaded_by)
       values ($1, $2, $3, $4, $5, $6, $7::date[], $8::date[], $9)`,
      [contractorId, id, year, regionCode, status, source, weekdaysOff, workingWeekends, loadedBy],
    );
  }

  async find(tx: Tx, contractorId: string, id: string): Promise<LoadedCalendar | undefined> {
    const rows = await tx.query<LoadedCalendar[]>(
      `select ${COLUMNS} from production_calendars where contractor_id = $1 and id = $2`,
      [contractorId, id],
    );
    return rows[0];
  }

  list(tx: Tx, contractorId: string, start: PageStart): Promise<LoadedCalendar[]> {
    return tx.query(
      `select ${COLUMNS} from production_calendars where contractor_id = $1 and id < $2 order by id desc limit $3`,
      [contractorId, start.beforeId, start.limit + 1],
    );
  }

  /** The newest of each year and place, for the country and this region. */
  newest(tx: Tx, contractorId: string, regionCode: RegionCode | null): Promise<LoadedCalendar[]> {
    return tx.query(
      `select distinct on (year, region_code) ${COLUMNS} from production_calendars
       where contractor_id = $1 and (region_code is null or region_code = $2) order by year, region_code, id desc`,
      [contractorId, regionCode],
    );
  }
}
