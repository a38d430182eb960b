import { Injectable } from '@nestjs/common';
import { UnitOfWork } from '../../../platform/database/work.js';
import type { Principal } from '../../../platform/http/access.js';
import { RequestInvalid, VersionStale } from '../../../platform/http/http.errors.js';
import { AuditService } from '../../audit/audit.service.js';
import { ClientsService } from '../../tenancy/clients.service.js';
import { sha256 } from '../document/canonical-json.js';
import type { LogoPicture } from '../document/logo.js';
import { contrastToWhite, LEAST_CONTRAST, type Look } from '../document/look.js';
import { thawedReport } from '../document/report-document.js';
import { webPageOf } from '../renderings/web-page.js';
import { ReportRows } from '../report-rows.service.js';
import { ReportVersionNotFound } from '../reports.errors.js';
import type { Template } from '../template.store.js';
import { ReportLogos } from './logos.service.js';

/** A look that somebody wants, with an uploaded picture of the client as logo. */
export type LookDraft = Omit<Look, 'template' | 'logo'> & { readonly logoMediaId: string | null };

/** How clients want their reports. A change makes another version; reports that are frozen keep theirs. */
@Injectable()
export class ReportTemplatesService {
  constructor(
    private readonly work: UnitOfWork,
    private readonly rows: ReportRows,
    private readonly clients: ClientsService,
    private readonly audit: AuditService,
    private readonly logos: ReportLogos,
  ) {}

  /** @throws ClientNotFound */
  get(who: Principal, clientId: string): Promise<Template> {
    return this.work.reading(who.scope, async (tx) => {
      await this.clients.require(tx, who.contractorId, clientId);
      return this.rows.templates.newest(tx, who.contractorId, clientId);
    });
  }

  /** @param version what the caller has read @throws ClientNotFound, MediaNotFound, RequestInvalid, VersionStale */
  async change(who: Principal, clientId: string, draft: LookDraft, version?: number): Promise<Template> {
    checkAccent(draft);
    const picture = await this.pictureOf(who, clientId, draft);
    const { contractorId, memberId: madeBy } = who;
    return this.work.forTenant(who.scope, async (tx) => {
      await this.clients.require(tx, contractorId, clientId);
      const { template } = (await this.rows.templates.newest(tx, contractorId, clientId)).look;
      const changed = { look: lookOf(draft, template + 1, picture), logoMediaId: draft.logoMediaId };
      const { look } = changed;
      if (version !== undefined && version !== template) throw new VersionStale();
      if (picture) await this.rows.logos.keep(tx, { contractorId, clientId }, picture);
      if (!(await this.rows.templates.insert(tx, { contractorId, clientId, madeBy }, changed))) throw new VersionStale();
      const fact = { action: 'reportTemplate.changed', objectType: 'client', objectId: clientId, clientId };
      const details = { version: look.template, sections: look.sections, logo: look.logo?.sha256 ?? null };
      await this.audit.record(tx, who, { ...fact, details });
      return changed;
    });
  }

  /**
   * The page of a report as it would be with this look; nothing is kept.
   * @throws ReportVersionNotFound, MediaNotFound, RequestInvalid
   */
  async preview(who: Principal, reportId: string, draft: LookDraft): Promise<string> {
    checkAccent(draft);
    const { contractorId } = who;
    const text = await this.work.reading(who.scope, async (tx) => {
      const version = await this.rows.versions.find(tx, { contractorId, reportId });
      return version && (await this.rows.versions.text(tx, contractorId, reportId, version.number));
    });
    if (!text) throw new ReportVersionNotFound();
    const report = thawedReport(text);
    const picture = await this.pictureOf(who, report.client.id, draft);
    return webPageOf({ ...report, look: lookOf(draft, 0, picture) }, sha256(text), picture);
  }

  private async pictureOf(who: Principal, clientId: string, { logoMediaId }: LookDraft): Promise<LogoPicture | undefined> {
    return logoMediaId === null ? undefined : this.logos.take(who, clientId, logoMediaId);
  }
}

function lookOf({ sections, intro, closing, accent }: LookDraft, template: number, picture: LogoPicture | undefined): Look {
  if (!picture) return { template, sections, intro, closing, accent };
  const { sha256: hash, type, width, height } = picture;
  return { template, sections, intro, closing, accent, logo: { sha256: hash, type, width, height } };
}

function checkAccent({ accent }: LookDraft): void {
  if (contrastToWhite(accent) >= LEAST_CONTRAST) return;
  const reason = 'White words on this colour can’t be read: take a darker one';
  throw new RequestInvalid({ fields: [{ field: 'accent', reason }] });
}
