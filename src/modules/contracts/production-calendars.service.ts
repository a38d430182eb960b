import { Injectable } from '@nestjs/common';
import { type Tx, UnitOfWork } from '../../platform/database/work.js';
import type { Principal } from '../../platform/http/access.js';
import { RequestInvalid } from '../../platform/http/http.errors.js';
import { type Page, type PageQuery, pageStart, toPage } from '../../platform/http/pagination.js';
import { Ids } from '../../platform/ids/ids.js';
import { Outbox } from '../../platform/queue/outbox.js';
import { AuditService } from '../audit/audit.service.js';
import type { RegionCode } from '../tenancy/regions.js';
import { CalendarStore, type LoadedCalendar } from './calendar.store.js';
import { CalendarNotFound } from './contracts.errors.js';
import { productionCalendarLoaded } from './contracts.events.js';
import { type CalendarYear, problemsOf, statutoryYear, withRegional } from './production-calendar.js';
import { RUSSIAN_YEARS } from './russian-calendar.js';
import { type Deadline, MOST_DAYS, WorkingDays } from './working-days.js';

export interface CalendarRequest extends Pick<LoadedCalendar, 'year' | 'regionCode' | 'status' | 'source'> {
  readonly weekdaysOff: readonly string[];
  readonly workingWeekends: readonly string[];
  /** As the source prints the sum, when it does. */
  readonly workingDays: number | undefined;
}

/** A year as it counts for a contractor in one place, and where that is from. */
export interface CountingYear extends CalendarYear {
  readonly regionCode: RegionCode | null;
  readonly source: string;
}

export interface TermRequest {
  readonly from: string;
  readonly workingDays: number;
  readonly regionCode: RegionCode | null;
}

const LAW = 'Статья 112 Трудового кодекса РФ';

/** Which days are worked (Labour Code, art. 112, and the yearly decrees on transfers), for everything that has a term. */
@Injectable()
export class ProductionCalendarsService {
  constructor(
    private readonly work: UnitOfWork,
    private readonly calendars: CalendarStore,
    private readonly audit: AuditService,
    private readonly outbox: Outbox,
    private readonly ids: Ids,
  ) {}

  /** Loads a year anew; what was loaded before stays readable. @throws RequestInvalid when its days contradict themselves */
  load(who: Principal, { workingDays, ...request }: CalendarRequest): Promise<LoadedCalendar> {
    const problems = problemsOf(request, request.regionCode !== null, workingDays);
    if (problems.length > 0) throw new RequestInvalid({ fields: problems });
    const { contractorId } = who;
    return this.work.forTenant(who.scope, async (tx) => {
      const id = this.ids.next();
      await this.calendars.insert(tx, { contractorId, id, ...request, loadedBy: who.memberId });
      const { year, regionCode, status } = request;
      const object = { objectType: 'productionCalendar', objectId: id };
      await this.audit.record(tx, who, { action: 'productionCalendar.loaded', ...object, details: { year, regionCode, status } });
      await this.outbox.publish(tx, productionCalendarLoaded, { contractorId, calendarId: id, year, regionCode });
      return this.require(tx, contractorId, id);
    });
  }

  list(who: Principal, query: PageQuery): Promise<Page<LoadedCalendar>> {
    const start = pageStart(query);
    return this.work.reading(who.scope, async (tx) =>
      toPage(await this.calendars.list(tx, who.contractorId, start), start, (row) => row),
    );
  }

  /** @throws CalendarNotFound */
  get(who: Principal, id: string): Promise<LoadedCalendar> {
    return this.work.reading(who.scope, (tx) => this.require(tx, who.contractorId, id));
  }

  /** The year as it counts: the newest that was loaded, else the one that came with the program, else the law alone. */
  year(who: Principal, year: number, regionCode: RegionCode | null): Promise<CountingYear> {
    return this.work.reading(who.scope, async (tx) => {
      const loaded = await this.calendars.newest(tx, who.contractorId, regionCode);
      return counting(year, regionCode, loaded);
    });
  }

  /** The last of so many working days after a day that does not count itself. */
  async deadline(who: Principal, { from, workingDays, regionCode }: TermRequest): Promise<Deadline> {
    const days = await this.work.reading(who.scope, (tx) => this.workingDays(tx, who.contractorId, regionCode));
    return days.after(from, Math.min(workingDays, MOST_DAYS));
  }

  /** For terms of contracts: the working days of a place, in the caller's transaction. */
  async workingDays(tx: Tx, contractorId: string, regionCode: RegionCode | null): Promise<WorkingDays> {
    const loaded = await this.calendars.newest(tx, contractorId, regionCode);
    const years = new Set([...RUSSIAN_YEARS, ...loaded].map(({ year }) => year));
    return new WorkingDays([...years].map((year) => counting(year, regionCode, loaded)));
  }

  private async require(tx: Tx, contractorId: string, id: string): Promise<LoadedCalendar> {
    const calendar = await this.calendars.find(tx, contractorId, id);
    if (!calendar) throw new CalendarNotFound();
    return calendar;
  }
}

function counting(year: number, regionCode: RegionCode | null, loaded: readonly LoadedCalendar[]): CountingYear {
  const of = (region: RegionCode | null): LoadedCalendar | undefined =>
    loaded.find((one) => one.year === year && one.regionCode === region);
  const country = of(null) ?? RUSSIAN_YEARS.find((one) => one.year === year) ?? { ...statutoryYear(year), source: LAW };
  const regional = regionCode === null ? undefined : of(regionCode);
  const source = [country.source, regional?.source].filter(Boolean).join('; ');
  const { status, weekdaysOff, workingWeekends } = withRegional(country, regional);
  return { year, regionCode, status, source, weekdaysOff, workingWeekends };
}
