import { Injectable } from '@nestjs/common';
import type { Tx } from '../../platform/database/work.js';
import { type Look, USUAL_LOOK } from './document/look.js';
import { ReportLogoStore } from './logo.store.js';
import { ReportTemplateEntity } from './template.entity.js';

/** How a client's reports look, and the picture that its logo was taken from. */
export interface Template {
  readonly look: Look;
  readonly logoMediaId: string | null;
}

@Injectable()
export class ReportTemplateStore {
  constructor(private readonly logos: ReportLogoStore) {}

  /** The newest; the usual look, where a client has none. */
  async newest(tx: Tx, contractorId: string, clientId: string): Promise<Template> {
    const row = await tx.findOne(ReportTemplateEntity, { where: { contractorId, clientId }, order: { version: 'DESC' } });
    if (!row) return { look: USUAL_LOOK, logoMediaId: null };
    const { version: template, sections, intro, closing, accent, logoMediaId, logoSha256 } = row;
    const logo = logoSha256 === null ? undefined : await this.logos.find(tx, { contractorId, clientId }, logoSha256);
    return { look: { template, sections, intro, closing, accent, ...(logo && { logo }) }, logoMediaId };
  }

  /** @returns false when somebody else made this version */
  async insert(
    tx: Tx,
    of: { contractorId: string; clientId: string; madeBy: string },
    { look, logoMediaId }: Template,
  ): Promise<boolean> {
    const { template, sections, intro, closing, accent, logo } = look;
    const rows = await tx.query<unknown[]>(
      `insert into report_templates
         (contractor_id, client_id, version, sections, intro, closing, accent, made_by, logo_media_id, logo_sha256)
       values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10) on conflict (contractor_id, client_id, version) do nothing returning 1`,
      [
        ...[of.contractorId, of.clientId, template, sections, intro, closing, accent, of.madeBy],
        ...[logoMediaId, logo?.sha256 ?? null],
      ],
    );
    return rows.length > 0;
  }
}
