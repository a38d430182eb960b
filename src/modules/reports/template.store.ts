import { Injectable } from '@nestjs/common';
import type { Tx } from '../../platform/database/work.js';
import { type Look, USUAL_LOOK } from './document/look.js';
import { ReportTemplateEntity } from './template.entity.js';

@Injectable()
export class ReportTemplateStore {
  /** The newest; the usual look, where a client has none. */
  async newest(tx: Tx, contractorId: string, clientId: string): Promise<Look> {
    const row = await tx.findOne(ReportTemplateEntity, { where: { contractorId, clientId }, order: { version: 'DESC' } });
    if (!row) return USUAL_LOOK;
    const { version: template, sections, intro, closing, accent } = row;
    return { template, sections, intro, closing, accent };
  }

  /** @returns false when somebody else made this version */
  async insert(tx: Tx, of: { contractorId: string; clientId: string; madeBy: string }, look: Look): Promise<boolean> {
    const rows = await tx.query<unknown[]>(
      `insert into report_templates (contractor_id, client_id, version, sections, intro, closing, accent, made_by)
       values ($1, $2, $3, $4, $5, $6, $7, $8) on conflict (contractor_id, client_id, version) do nothing returning 1`,
      [of.contractorId, of.clientId, look.template, look.sections, look.intro, look.closing, look.accent, of.madeBy],
    );
    return rows.length > 0;
  }
}
