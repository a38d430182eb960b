import { Injectable } from '@nestjs/common';
import { LessThan } from 'typeorm';
import type { Tx } from '../../../platform/database/work.js';
import type { PageStart } from '../../../platform/http/pagination.js';
import type { FrozenKey } from '../report.js';
import { ReportLinkEntity } from './link.entity.js';

export interface LinkKey {
  readonly contractorId: string;
  readonly id: string;
}

export type NewLink = Pick<
  ReportLinkEntity,
  'contractorId' | 'id' | 'clientId' | 'reportId' | 'number' | 'madeBy' | 'recipient'
> & { readonly days: number };

@Injectable()
export class ReportLinkStore {
  /** Made again it stays the link that it was. */
  async insert(tx: Tx, { contractorId, id, clientId, reportId, number, madeBy, recipient, days }: NewLink): Promise<void> {
    await tx.query(
      `insert into report_links (contractor_id, id, client_id, report_id, number, made_by, recipient, expires_at)
       values ($1, $2, $3, $4, $5, $6, $7, date_trunc('milliseconds', app_now()) + make_interval(hours => 24 * $8::int))
       on conflict (contractor_id, id) do nothing`,
      [contractorId, id, clientId, reportId, number, madeBy, recipient, days],
    );
  }

  find(tx: Tx, { contractorId, id }: LinkKey): Promise<ReportLinkEntity | null> {
    return tx.findOneBy(ReportLinkEntity, { contractorId, id });
  }

  /** Newest first. */
  list(tx: Tx, contractorId: string, reportId: string, start: PageStart): Promise<ReportLinkEntity[]> {
    const where = { contractorId, reportId, id: LessThan(start.beforeId) };
    return tx.find(ReportLinkEntity, { where, order: { id: 'DESC' }, take: start.limit + 1 });
  }

  /** Counts a use. Undefined: it is over, or was taken back. */
  async use(tx: Tx, { contractorId, id }: LinkKey): Promise<FrozenKey | undefined> {
    const [rows] = await tx.query<[FrozenKey[], number]>(
      `update report_links set uses = uses + 1, used_at = app_now()
       where contractor_id = $1 and id = $2 and revoked_at is null and expires_at > app_now()
       returning report_id as "reportId", number`,
      [contractorId, id],
    );
    return rows[0];
  }

  /** @returns false when it was taken back before */
  async revoke(tx: Tx, { contractorId, id }: LinkKey, by: string): Promise<boolean> {
    const [, count] = await tx.query<[unknown[], number]>(
      `update report_links set revoked_at = app_now(), revoked_by = $3
       where contractor_id = $1 and id = $2 and revoked_at is null`,
      [contractorId, id, by],
    );
    return count === 1;
  }
}
