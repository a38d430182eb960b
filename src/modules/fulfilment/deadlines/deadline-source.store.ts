import { Injectable } from '@nestjs/common';
import type { Tx } from '../../../platform/database/work.js';

/** A contract or a page whose dates are kept. */
export interface SourceKey {
  readonly contractorId: string;
  readonly source: 'contract' | 'page';
  readonly sourceId: string;
}

@Injectable()
export class DeadlineSourceStore {
  /** Its dates are to be computed anew. Whoever computes them now is waited for, and computes them once more. */
  async mark(tx: Tx, { contractorId, source, sourceId }: SourceKey, clientId: string): Promise<void> {
    await tx.query(
      `insert into deadline_sources (contractor_id, client_id, source, source_id, recompute_at) values ($1, $2, $3, $4, app_now())
       on conflict (contractor_id, source, source_id) do update set recompute_at = excluded.recompute_at`,
      [contractorId, clientId, source, sourceId],
    );
  }

  /** Contracts with a date that hangs on the working days of a year, or might come to do so. */
  async markYear(tx: Tx, contractorId: string, year: number): Promise<void> {
    await tx.query(
      `update deadline_sources s set recompute_at = app_now() where s.contractor_id = $1 and s.source = 'contract' and exists (
         select 1 from deadlines d where d.contractor_id = s.contractor_id and d.contract_id = s.source_id
           and d.kind in ('reportDue', 'submission', 'acceptance', 'payment', 'cure')
           and (d.provisional_year = $2 or d.due_on between $3 and $4))`,
      [contractorId, year, `${year}-01-01`, `${year + 1}-01-31`],
    );
  }

  /** @returns the client, if it is due: nobody else computes it until this transaction is over */
  async lockDue(tx: Tx, { contractorId, source, sourceId }: SourceKey): Promise<{ clientId: string } | undefined> {
    const rows = await tx.query<{ clientId: string }[]>(
      `select client_id as "clientId" from deadline_sources
       where contractor_id = $1 and source = $2 and source_id = $3 and recompute_at <= app_now() for update`,
      [contractorId, source, sourceId],
    );
    return rows[0];
  }

  async computed(tx: Tx, { contractorId, source, sourceId }: SourceKey, nextAt: Date | null): Promise<void> {
    await tx.query(
      `update deadline_sources set recompute_at = $4, computed_at = app_now()
       where contractor_id = $1 and source = $2 and source_id = $3`,
      [contractorId, source, sourceId, nextAt],
    );
  }

  /** Across tenants: what is due. */
  pickDue(tx: Tx, limit: number): Promise<SourceKey[]> {
    return tx.query(
      `select contractor_id as "contractorId", source, source_id as "sourceId" from deadline_sources where recompute_at <= app_now()
       order by recompute_at, source_id limit $1`,
      [limit],
    );
  }
}
