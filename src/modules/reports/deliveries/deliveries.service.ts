import { Injectable } from '@nestjs/common';
import { type Tx, UnitOfWork } from '../../../platform/database/work.js';
import type { Principal } from '../../../platform/http/access.js';
import { Ids } from '../../../platform/ids/ids.js';
import { AuditService } from '../../audit/audit.service.js';
import { ReportRows } from '../report-rows.service.js';
import { ReportNotFound, ReportVersionNotFound } from '../reports.errors.js';
import type { Delivery } from './delivery.js';
import { DeliveryStore } from './delivery.store.js';

/** Sends reports to people, and tells what became of the letters. */
@Injectable()
export class DeliveriesService {
  constructor(
    private readonly work: UnitOfWork,
    private readonly rows: ReportRows,
    private readonly deliveries: DeliveryStore,
    private readonly audit: AuditService,
    private readonly ids: Ids,
  ) {}

  /** Each address gets a version once. @throws ReportNotFound, ReportVersionNotFound */
  send(who: Principal, reportId: string, recipients: readonly string[], version?: number): Promise<Delivery[]> {
    const { contractorId } = who;
    return this.work.forTenant(who.scope, async (tx) => {
      const { clientId } = await this.require(tx, contractorId, reportId);
      const frozen = await this.rows.versions.find(tx, { contractorId, reportId, number: version });
      if (!frozen) throw new ReportVersionNotFound();
      for (const recipient of recipients)
        await this.deliveries.insert(tx, {
          contractorId,
          id: this.ids.next(),
          clientId,
          reportId,
          number: frozen.number,
          recipient,
        });
      const fact = { action: 'report.sent', objectType: 'report', objectId: reportId, clientId };
      await this.audit.record(tx, who, { ...fact, details: { version: frozen.number, recipients: recipients.length } });
      return this.deliveries.list(tx, contractorId, reportId);
    });
  }

  /** Of all versions, oldest first. @throws ReportNotFound */
  list(who: Principal, reportId: string): Promise<Delivery[]> {
    return this.work.reading(who.scope, async (tx) => {
      await this.require(tx, who.contractorId, reportId);
      return this.deliveries.list(tx, who.contractorId, reportId);
    });
  }

  private async require(tx: Tx, contractorId: string, id: string): Promise<{ clientId: string }> {
    const report = await this.rows.reports.find(tx, { contractorId, id });
    if (!report) throw new ReportNotFound();
    return report;
  }
}
