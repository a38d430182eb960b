import { Injectable } from '@nestjs/common';
import type { Reason } from '../../networks/network.js';
import type { Tx } from '../../platform/database/work.js';

interface ClientKey {
  readonly contractorId: string;
  readonly clientId: string;
}

/** Statements that bring the plan of a client in line with the days of its contracts. What is due is left to the gates. */
@Injectable()
export class PastContractStore {
  /** Holds what is planned for a time at which no contract will be in force. @returns the ids */
  async hold(tx: Tx, client: ClientKey, reasons: { scheduled: Reason; byHand: Reason }): Promise<string[]> {
    const [rows] = await tx.query<[{ id: string }[], number]>(
      `update publications p set state = 'held', reason = case p.state when 'byHand' then $4::jsonb else $3::jsonb end,
         version = version + 1, updated_at = app_now()
       where p.contractor_id = $1 and p.client_id = $2 and p.state in ('scheduled', 'byHand') and p.due_at > app_now()
         and not contract_reaches(p.contractor_id, p.page_id, p.due_at)
       returning p.id`,
      [client.contractorId, client.clientId, JSON.stringify(reasons.scheduled), JSON.stringify(reasons.byHand)],
    );
    return rows.map(({ id }) => id);
  }

  /** Back to the plan: a contract reaches that far again, and the time has not passed. @returns the ids */
  async release(tx: Tx, { contractorId, clientId }: ClientKey): Promise<string[]> {
    const [rows] = await tx.query<[{ id: string }[], number]>(
      `update publications p set state = 'scheduled', reason = null, version = version + 1, updated_at = app_now()
       where p.contractor_id = $1 and p.client_id = $2 and p.state = 'held' and p.reason ->> 'code' = 'past-contract'
         and p.withdraw_requested_at is null and p.due_at > app_now() and contract_reaches(p.contractor_id, p.page_id, p.due_at)
       returning p.id`,
      [contractorId, clientId],
    );
    return rows.map(({ id }) => id);
  }
}
