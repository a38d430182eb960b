import { Injectable } from '@nestjs/common';
import { Clock } from '../../platform/clock/clock.js';
import { type Tx, UnitOfWork } from '../../platform/database/work.js';
import type { Principal } from '../../platform/http/access.js';
import { RequestInvalid } from '../../platform/http/http.errors.js';
import type { Page, PageQuery } from '../../platform/http/pagination.js';
import { PagesService } from '../pages/pages.service.js';
import { PublicationFacts } from '../publishing/publication-facts.service.js';
import { PublicationNotFound } from '../publishing/publishing.errors.js';
import { ClientsService } from '../tenancy/clients.service.js';
import { addDays, dayOf, everyDay } from '../../platform/clock/days.js';
import { type Flag, flagsOf, pageFlagsOf } from './flags.js';
import { beforeCursor, pageByInstant } from './instant-cursor.js';
import { MetricsReader } from './metrics-reader.service.js';
import type { DayScore, PageDayNumbers, PageRollup, PostRollup, PostSnapshot, RollupUnit } from './numbers.js';
import { NumbersStore } from './numbers.store.js';

/** A range of days, both included; absent: the last thirty. */
export interface DayRange {
  readonly from?: string;
  readonly until?: string;
}

export type PageDayReport = PageDayNumbers & { readonly score: DayScore | null };

const MOST_DAYS = 366;
/** A post has about a hundred in all. */
const SERIES = 500;

/** Where numbers are read, and what they belong to. */
@Injectable()
export class NumberSources {
  constructor(
    readonly numbers: NumbersStore,
    readonly reader: MetricsReader,
    readonly pages: PagesService,
    readonly clients: ClientsService,
    readonly publications: PublicationFacts,
  ) {}
}

/** Collected numbers, for people. */
@Injectable()
export class NumbersService {
  constructor(
    private readonly work: UnitOfWork,
    private readonly sources: NumberSources,
    private readonly clock: Clock,
  ) {}

  /** The newest snapshot, null when there is none yet, and what is odd about the series. @throws PublicationNotFound */
  latest(who: Principal, publicationId: string): Promise<{ latest: PostSnapshot | null; flags: Flag[] }> {
    return this.work.reading(who.scope, async (tx) => {
      await this.requirePublication(tx, who.contractorId, publicationId);
      const start = { before: beforeCursor({}), limit: SERIES };
      const newestFirst = await this.sources.numbers.snapshots(tx, who.contractorId, publicationId, start);
      return { latest: newestFirst[0] ?? null, flags: flagsOf(newestFirst.toReversed()) };
    });
  }

  /** Newest first. @throws PublicationNotFound */
  snapshots(who: Principal, publicationId: string, query: PageQuery): Promise<Page<PostSnapshot>> {
    const { before, limit } = startOf(query);
    return this.work.reading(who.scope, async (tx) => {
      await this.requirePublication(tx, who.contractorId, publicationId);
      const rows = await this.sources.numbers.snapshots(tx, who.contractorId, publicationId, { before, limit: limit + 1 });
      return pageByInstant(rows, limit, ({ takenAt }) => takenAt);
    });
  }

  /** Newest first. @throws PublicationNotFound */
  ofPost(who: Principal, id: string, query: PageQuery & { unit?: RollupUnit }): Promise<Page<PostRollup>> {
    const { before, limit } = startOf(query);
    return this.work.reading(who.scope, async (tx) => {
      await this.requirePublication(tx, who.contractorId, id);
      const of = { id, unit: query.unit ?? 'day' };
      const rows = await this.sources.numbers.postRollups(tx, who.contractorId, of, { before, limit: limit + 1 });
      return pageByInstant(rows, limit, ({ startsAt }) => startsAt);
    });
  }

  /** Newest first. @throws PageNotFound */
  ofPage(who: Principal, id: string, query: PageQuery & { unit?: RollupUnit }): Promise<Page<PageRollup>> {
    const { before, limit } = startOf(query);
    return this.work.reading(who.scope, async (tx) => {
      await this.sources.pages.require(tx, who.contractorId, id);
      const of = { id, unit: query.unit ?? 'day' };
      const rows = await this.sources.numbers.pageRollups(tx, who.contractorId, of, { before, limit: limit + 1 });
      return pageByInstant(rows, limit, ({ startsAt }) => startsAt);
    });
  }

  /** Every day of the range in order, those that are gaps too. @throws PageNotFound, RequestInvalid */
  days(who: Principal, pageId: string, range: DayRange): Promise<{ days: PageDayReport[]; flags: Flag[] }> {
    const { contractorId } = who;
    return this.work.reading(who.scope, async (tx) => {
      const { clientId } = await this.sources.pages.require(tx, contractorId, pageId);
      const { timeZone } = await this.sources.clients.require(tx, contractorId, clientId);
      const asOf = this.clock.now();
      const until = range.until ?? dayOf(asOf, timeZone);
      const from = range.from ?? addDays(until, -29);
      const days = checked(from, until);
      const wanted = { contractorId, pageId, timeZone, from, until, asOf };
      const known = new Map((await this.sources.reader.ofPage(tx, wanted)).map((day) => [day.day, day]));
      const scores = new Map((await this.sources.reader.scoresOf(tx, wanted)).map((score) => [score.day, score]));
      const reports = days.map((day) => ({ ...(known.get(day) ?? gap(day)), score: scores.get(day) ?? null }));
      return { days: reports, flags: pageFlagsOf(reports) };
    });
  }

  private async requirePublication(tx: Tx, contractorId: string, id: string): Promise<void> {
    if (!(await this.sources.publications.whereaboutsOf(tx, contractorId, id))) throw new PublicationNotFound();
  }
}

function startOf(query: PageQuery): { before: Date; limit: number } {
  return { before: beforeCursor(query), limit: query.limit ?? 50 };
}

function gap(day: string): PageDayNumbers {
  return { day, members: null, weekReach: null, network: null };
}

function checked(from: string, until: string): string[] {
  const refuse = (reason: string) => new RequestInvalid({ fields: [{ field: 'from', reason }] });
  if (from > until) throw refuse('from must not be after until');
  if (addDays(from, MOST_DAYS) <= until) throw refuse(`from must not be more than ${MOST_DAYS} days before until`);
  return everyDay(from, until);
}
