import { Injectable } from '@nestjs/common';
import type { Reason } from '../../networks/network.js';
import type { Tx } from '../../platform/database/work.js';

/** Statements for a database that was restored from a copy, while no worker runs. */
@Injectable()
export class RestorationStore {
  /** Across tenants: whose publications were due by now, so that they may have gone out after the copy was made. */
  async contractorsWithDue(tx: Tx): Promise<string[]> {
    const rows = await tx.query<{ contractor_id: string }[]>(
      `select distinct contractor_id from publications where state in ('scheduled', 'claimed', 'sending') and due_at <= app_now()`,
    );
    return rows.map((row) => row.contractor_id);
  }

  /** What was due by now is unclear: it is looked for before anything is sent. The fence leaves workers of before behind. */
  async doubtDue(tx: Tx, contractorId: string, reason: Reason): Promise<{ id: string; clientId: string }[]> {
    return tx.query(
      `with doubted as (
         update publications set state = 'unclear', in_doubt = true, first_sent_at = coalesce(first_sent_at, due_at), settles_at = app_now(),
           looks = 0, next_look_at = app_now(), fence = fence + 1000, lease_until = null, send_deadline = null, rung_at = null, reason = $2,
           version = version + 1, updated_at = app_now()
         where contractor_id = $1 and state in ('scheduled', 'claimed', 'sending') and due_at <= app_now()
         returning contractor_id, id, client_id),
       ended as (
         update publication_attempts a set ended_at = app_now(), outcome = 'unclear', reason = $2
         from doubted d where a.contractor_id = d.contractor_id and a.publication_id = d.id and a.ended_at is null)
       select id, client_id as "clientId" from doubted`,
      [contractorId, JSON.stringify(reason)],
    );
  }
}
