import { Injectable } from '@nestjs/common';
import { wholeContractor } from '../../platform/database/scope.js';
import { type Tx, UnitOfWork } from '../../platform/database/work.js';
import { worker } from '../audit/audit.js';
import { canonical } from './document/canonical-json.js';
import { reportOf } from './document/report-building.js';
import { GENERATOR } from './document/report-document.js';
import type { Report } from './report.js';
import { FreezingRecords } from './freezing-records.service.js';
import { ReportFactsReader } from './report-facts.service.js';
import { ReportRows } from './report-rows.service.js';
import type { ReportKey } from './report.store.js';

/** For people; what exactly went wrong stands in the log. */
const FAILURE = 'Отчёт не удалось составить: закажите его ещё раз или обратитесь к администратору сервиса';

/** Makes the document of a report and freezes it. */
@Injectable()
export class ReportFreezing {
  constructor(
    private readonly work: UnitOfWork,
    private readonly rows: ReportRows,
    private readonly facts: ReportFactsReader,
    private readonly records: FreezingRecords,
  ) {}

  /** Freezes the version that is wanted; does nothing when it is frozen already. */
  async freeze(key: ReportKey): Promise<void> {
    await this.work.forTenant(wholeContractor(key.contractorId), async (tx) => {
      await this.rows.reports.ofOneInstant(tx);
      const report = await this.rows.reports.lock(tx, key);
      if (report?.state === 'building') await this.freezeWanted(tx, key, report);
    });
  }

  /** No attempt is left. */
  async giveUp(key: ReportKey): Promise<void> {
    await this.work.forTenant(wholeContractor(key.contractorId), async (tx) => {
      const report = await this.rows.reports.lock(tx, key);
      if (report?.state !== 'building') return;
      await this.rows.reports.failed(tx, key, FAILURE);
      await this.records.noted(tx, worker(key.contractorId), report, {
        action: 'report.failed',
        details: { version: report.wanted },
      });
    });
  }

  private async freezeWanted(tx: Tx, key: ReportKey, report: Report): Promise<void> {
    const { contractorId, id } = key;
    const { clientId, contractId, startsOn, endsOn, kind, wanted: number, wantedReason: reason } = report;
    const cutOffAt = await this.rows.reports.now(tx);
    const { look } = await this.rows.templates.newest(tx, contractorId, clientId);
    const facts = await this.facts.read(tx, { contractorId, contractId, startsOn, endsOn }, { cutOffAt, look });
    const { text, sha256 } = canonical(reportOf({ id, kind, number, reason, startsOn, endsOn }, facts));
    await this.rows.versions.insert(tx, {
      ...{ contractorId, reportId: id, number, clientId, reason, document: text, sha256, generator: GENERATOR, cutOffAt },
      requestedBy: report.wantedBy,
    });
    await this.rows.reports.frozen(tx, key, number);
    await this.records.frozen(tx, worker(contractorId), report, sha256);
  }
}
