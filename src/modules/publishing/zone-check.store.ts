import { Injectable } from '@nestjs/common';
import type { Reason } from '../../networks/network.js';
import type { Tx } from '../../platform/database/work.js';

/** What a publication was planned for: an instant, and what the clock on the wall of the client shows then. */
export interface PlannedTime {
  readonly id: string;
  readonly clientId: string;
  readonly dueAt: Date;
  readonly plannedLocal: string;
  readonly timeZone: string;
}

@Injectable()
export class ZoneCheckStore {
  /** Across tenants: who has anything planned. */
  async contractorsWithPlans(tx: Tx): Promise<string[]> {
    const rows = await tx.query<{ contractor_id: string }[]>(
      `select distinct contractor_id from publications where state = 'scheduled' and due_at > app_now()`,
    );
    return rows.map((row) => row.contractor_id);
  }

  async planned(tx: Tx, contractorId: string): Promise<PlannedTime[]> {
    return tx.query(
      `select id, client_id as "clientId", due_at as "dueAt", planned_local as "plannedLocal", time_zone as "timeZone"
       from publications where contractor_id = $1 and state = 'scheduled' and due_at > app_now()`,
      [contractorId],
    );
  }

  /** `scheduled → held`, unless it was moved or taken meanwhile. */
  async hold(tx: Tx, contractorId: string, { id, dueAt }: PlannedTime, reason: Reason): Promise<boolean> {
    const [, count] = await tx.query<[unknown[], number]>(
      `update publications set state = 'held', reason = $4, version = version + 1, updated_at = app_now()
       where contractor_id = $1 and id = $2 and state = 'scheduled' and due_at = $3`,
      [contractorId, id, dueAt, JSON.stringify(reason)],
    );
    return count === 1;
  }
}
