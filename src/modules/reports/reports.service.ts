import { Injectable } from '@nestjs/common';
import { type Tx, UnitOfWork } from '../../platform/database/work.js';
import type { Principal } from '../../platform/http/access.js';
import { RequestInvalid } from '../../platform/http/http.errors.js';
import { type Page, type PageQuery, pageStart, toPage } from '../../platform/http/pagination.js';
import { dayOf } from '../../platform/clock/days.js';
import { daysBetween } from '../fulfilment/measuring/days.js';
import { AgreedTerms } from '../contracts/agreed-terms.service.js';
import type { Days } from './document/days.js';
import type { Rendering } from './rendering.js';
import { type Letters, MOST_DAYS, NO_LETTERS, progressOf, type Report, type ReportVersion } from './report.js';
import { ReportOrders } from './report-orders.service.js';
import { type ReportFilter } from './report.store.js';
import { ReportBeingMade, ReportExists, ReportNotFound, ReportRefused, ReportVersionNotFound } from './reports.errors.js';
import { ReportRows } from './report-rows.service.js';

/** A frozen document with its bytes. */
export interface WholeVersion {
  readonly version: ReportVersion;
  readonly text: string;
}

/** A report, how far the version is that is wanted, in percent, and what became of the letters with the newest. */
export interface ReportWithProgress extends Report {
  readonly progress: number;
  readonly letters: Letters;
}

/** A version with the files that are made of it. */
export interface VersionWithFiles extends ReportVersion {
  readonly files: readonly Rendering[];
}

/** Reports as people ask for them and read them. */
@Injectable()
export class ReportsService {
  constructor(
    private readonly work: UnitOfWork,
    private readonly rows: ReportRows,
    private readonly terms: AgreedTerms,
    private readonly orders: ReportOrders,
  ) {}

  /** Answers at once; a worker makes it. @throws ContractNotFound, RequestInvalid, ReportRefused, ReportExists */
  create(who: Principal, contractId: string, days: Days): Promise<ReportWithProgress> {
    const { contractorId, memberId } = who;
    checkDays(days);
    return this.work.forTenant(who.scope, async (tx) => {
      const { contract, versions } = await this.terms.read(tx, { contractorId, id: contractId });
      if (versions.length === 0) refuse('contractId', 'The contract is not signed: nothing is agreed that could be reported');
      if (days.endsOn < contract.startsOn) refuse('endsOn', 'The contract’s services begin later');
      if (days.startsOn > contract.endsOn) refuse('startsOn', 'The contract’s services are over by then');
      if (days.endsOn >= dayOf(await this.rows.reports.now(tx), contract.timeZone))
        refuse('endsOn', 'The period is not over yet in the client’s zone');
      const wanted = {
        contractorId,
        clientId: contract.clientId,
        contractId,
        kind: 'manual',
        ...days,
        wantedBy: memberId,
      } as const;
      const id = await this.orders.order(tx, who, wanted);
      if (id === undefined)
        throw new ReportExists({ fields: [{ field: 'startsOn', reason: 'This period has a report already' }] });
      return this.require(tx, contractorId, id);
    });
  }

  /** Newest first. */
  list(who: Principal, filter: ReportFilter, query: PageQuery): Promise<Page<ReportWithProgress>> {
    const start = pageStart(query);
    return this.work.reading(who.scope, async (tx) => {
      const page = toPage(await this.rows.reports.list(tx, who.contractorId, filter, start), start, (row) => row);
      return { ...page, data: await this.withProgress(tx, who.contractorId, page.data) };
    });
  }

  /** @throws ReportNotFound */
  get(who: Principal, id: string): Promise<ReportWithProgress> {
    return this.work.reading(who.scope, (tx) => this.require(tx, who.contractorId, id));
  }

  /** Newest first. @throws ReportNotFound */
  versions(who: Principal, id: string): Promise<VersionWithFiles[]> {
    return this.work.reading(who.scope, async (tx) => {
      await this.require(tx, who.contractorId, id);
      const files = await this.rows.renderings.listOf(tx, who.contractorId, [id]);
      const versions = await this.rows.versions.list(tx, who.contractorId, id);
      return versions.map((one) => ({ ...one, files: files.filter(({ number }) => number === one.number) }));
    });
  }

  /** Wants another version, from what is known now; those before stay as they are. @throws ReportNotFound, ReportBeingMade */
  correct(who: Principal, id: string, reason: string): Promise<ReportWithProgress> {
    const { contractorId, memberId } = who;
    return this.work.forTenant(who.scope, async (tx) => {
      const before = await this.require(tx, contractorId, id);
      if (!(await this.rows.reports.want(tx, { contractorId, id }, reason, memberId))) throw new ReportBeingMade();
      await this.orders.again(tx, who, before, reason);
      return this.require(tx, contractorId, id);
    });
  }

  /** @param number the newest, if absent @throws ReportNotFound, ReportVersionNotFound */
  document(who: Principal, reportId: string, number?: number): Promise<WholeVersion> {
    const { contractorId } = who;
    return this.work.reading(who.scope, async (tx) => {
      await this.require(tx, contractorId, reportId);
      const version = await this.rows.versions.find(tx, { contractorId, reportId, number });
      const text = version && (await this.rows.versions.text(tx, contractorId, reportId, version.number));
      if (!text) throw new ReportVersionNotFound();
      return { version, text };
    });
  }

  private async require(tx: Tx, contractorId: string, id: string): Promise<ReportWithProgress> {
    const report = await this.rows.reports.find(tx, { contractorId, id });
    if (!report) throw new ReportNotFound();
    return (await this.withProgress(tx, contractorId, [report]))[0]!;
  }

  private async withProgress(tx: Tx, contractorId: string, reports: readonly Report[]): Promise<ReportWithProgress[]> {
    const ids = reports.map(({ id }) => id);
    if (ids.length === 0) return [];
    const files = await this.rows.renderings.listOf(tx, contractorId, ids);
    const letters = await this.rows.reports.letters(tx, contractorId, ids);
    return reports.map((report) => {
      const mine = files.filter(({ reportId, number }) => reportId === report.id && number === report.versions);
      return { ...report, progress: progressOf(report, mine), letters: letters.get(report.id) ?? NO_LETTERS };
    });
  }
}

function checkDays({ startsOn, endsOn }: Days): void {
  const invalid = (reason: string): never => {
    throw new RequestInvalid({ fields: [{ field: 'endsOn', reason }] });
  };
  if (endsOn < startsOn) invalid('endsOn must not be before startsOn');
  if (daysBetween(startsOn, endsOn) > MOST_DAYS) invalid(`A report covers at most ${MOST_DAYS} days`);
}

function refuse(field: string, reason: string): never {
  throw new ReportRefused({ fields: [{ field, reason }] });
}
