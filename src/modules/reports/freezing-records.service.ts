import { Injectable } from '@nestjs/common';
import type { Tx } from '../../platform/database/work.js';
import { Outbox } from '../../platform/queue/outbox.js';
import type { Actor } from '../audit/audit.js';
import { AuditService } from '../audit/audit.service.js';
import type { Report } from './report.js';
import { RenderingStore } from './rendering.store.js';
import { reportFrozen } from './reports.events.js';
import { renderReportJob } from './reports.jobs.js';

/** What goes along with the freezing of a report: the audit line, the event, and its files. */
@Injectable()
export class FreezingRecords {
  constructor(
    private readonly audit: AuditService,
    private readonly outbox: Outbox,
    private readonly renderings: RenderingStore,
  ) {}

  async frozen(tx: Tx, who: Actor, report: Report, sha256: string): Promise<void> {
    const { id: reportId, clientId, contractId, wanted: version } = report;
    await this.noted(tx, who, report, { action: 'report.frozen', details: { version, sha256 } });
    const { contractorId } = who;
    await this.renderings.await(tx, { contractorId, reportId, number: version }, clientId);
    await this.outbox.enqueue(tx, renderReportJob, { contractorId, reportId, number: version });
    await this.outbox.publish(tx, reportFrozen, { contractorId, clientId, contractId, reportId, version });
  }

  noted(tx: Tx, who: Actor, { id, clientId }: Report, { action, details }: { action: string; details: object }): Promise<void> {
    return this.audit.record(tx, who, { action, objectType: 'report', objectId: id, clientId, details: { ...details } });
  }
}
