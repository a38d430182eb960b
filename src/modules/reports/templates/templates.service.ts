import { Injectable } from '@nestjs/common';
import { UnitOfWork } from '../../../platform/database/work.js';
import type { Principal } from '../../../platform/http/access.js';
import { RequestInvalid, VersionStale } from '../../../platform/http/http.errors.js';
import { AuditService } from '../../audit/audit.service.js';
import { ClientsService } from '../../tenancy/clients.service.js';
import { sha256 } from '../document/canonical-json.js';
import { contrastToWhite, LEAST_CONTRAST, type Look } from '../document/look.js';
import { thawedReport } from '../document/report-document.js';
import { webPageOf } from '../renderings/web-page.js';
import { ReportRows } from '../report-rows.service.js';
import { ReportVersionNotFound } from '../reports.errors.js';

export type LookDraft = Omit<Look, 'template'>;

/** How clients want their reports. A change makes another version; reports that are frozen keep theirs. */
@Injectable()
export class ReportTemplatesService {
  constructor(
    private readonly work: UnitOfWork,
    private readonly rows: ReportRows,
    private readonly clients: ClientsService,
    private readonly audit: AuditService,
  ) {}

  /** @throws ClientNotFound */
  get(who: Principal, clientId: string): Promise<Look> {
    return this.work.reading(who.scope, async (tx) => {
      await this.clients.require(tx, who.contractorId, clientId);
      return this.rows.templates.newest(tx, who.contractorId, clientId);
    });
  }

  /** @param version what the caller has read @throws ClientNotFound, RequestInvalid, VersionStale */
  change(who: Principal, clientId: string, draft: LookDraft, version?: number): Promise<Look> {
    checkAccent(draft);
    const { contractorId, memberId: madeBy } = who;
    return this.work.forTenant(who.scope, async (tx) => {
      await this.clients.require(tx, contractorId, clientId);
      const { template } = await this.rows.templates.newest(tx, contractorId, clientId);
      const look = { ...draft, template: template + 1 };
      if (version !== undefined && version !== template) throw new VersionStale();
      if (!(await this.rows.templates.insert(tx, { contractorId, clientId, madeBy }, look))) throw new VersionStale();
      const fact = { action: 'reportTemplate.changed', objectType: 'client', objectId: clientId, clientId };
      await this.audit.record(tx, who, { ...fact, details: { version: look.template, sections: look.sections } });
      return look;
    });
  }

  /** The page of a report as it would be with this look; nothing is kept. @throws ReportVersionNotFound, RequestInvalid */
  preview(who: Principal, reportId: string, draft: LookDraft): Promise<string> {
    checkAccent(draft);
    const { contractorId } = who;
    return this.work.reading(who.scope, async (tx) => {
      const version = await this.rows.versions.find(tx, { contractorId, reportId });
      const text = version && (await this.rows.versions.text(tx, contractorId, reportId, version.number));
      if (!text) throw new ReportVersionNotFound();
      return webPageOf({ ...thawedReport(text), look: { ...draft, template: 0 } }, sha256(text));
    });
  }
}

function checkAccent({ accent }: LookDraft): void {
  if (contrastToWhite(accent) >= LEAST_CONTRAST) return;
  const reason = 'White words on this colour can’t be read: take a darker one';
  throw new RequestInvalid({ fields: [{ field: 'accent', reason }] });
}
