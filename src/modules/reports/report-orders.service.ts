import { Injectable } from '@nestjs/common';
import type { Tx } from '../../platform/database/work.js';
import type { Principal } from '../../platform/http/access.js';
import { Ids } from '../../platform/ids/ids.js';
import { Outbox } from '../../platform/queue/outbox.js';
import type { Actor } from '../audit/audit.js';
import { AuditService } from '../audit/audit.service.js';
import type { Report } from './report.js';
import { type NewReport, ReportStore } from './report.store.js';
import { buildReportJob } from './reports.jobs.js';

/** Has reports made: for people and for schedules. */
@Injectable()
export class ReportOrders {
  constructor(
    private readonly reports: ReportStore,
    private readonly audit: AuditService,
    private readonly outbox: Outbox,
    private readonly ids: Ids,
  ) {}

  /** @returns its id; undefined when the contract's period has a report already */
  async order(tx: Tx, who: Actor | Principal, wanted: Omit<NewReport, 'id'>): Promise<string | undefined> {
    const id = this.ids.next();
    if (!(await this.reports.insert(tx, { ...wanted, id }))) return undefined;
    const { contractorId, clientId, contractId, kind, startsOn, endsOn } = wanted;
    const fact = { action: 'report.requested', objectType: 'report', objectId: id, clientId };
    await this.audit.record(tx, who, { ...fact, details: { contractId, kind, startsOn, endsOn } });
    await this.outbox.enqueue(tx, buildReportJob, { contractorId, reportId: id });
    return id;
  }

  /** Another version of one that is there. */
  async again(tx: Tx, who: Principal, { id, clientId, versions }: Report, reason: string): Promise<void> {
    const fact = { action: 'report.correctionRequested', objectType: 'report', objectId: id, clientId };
    await this.audit.record(tx, who, { ...fact, details: { version: versions + 1, reason } });
    await this.outbox.enqueue(tx, buildReportJob, { contractorId: who.contractorId, reportId: id });
  }
}
