import { Injectable } from '@nestjs/common';
import type { Tx } from '../../../platform/database/work.js';
import type { ContractId } from '../requirement-period.store.js';
import type { HandoverCode, Settlement } from './handover.js';
import { HandoverItemEntity } from './handover-item.entity.js';

export interface NewHandoverItem {
  readonly id: string;
  readonly code: HandoverCode;
  readonly pageId: string | null;
}

@Injectable()
export class HandoverStore {
  /** Lines that are there stay as they are. @param items in order */
  async add(tx: Tx, contract: ContractId & { clientId: string }, items: readonly NewHandoverItem[]): Promise<void> {
    await tx.query(
      `insert into handover_items (contractor_id, contract_id, client_id, id, code, page_id, ordinal)
       select $1, $2, $3, of.id, of.code, of.page_id, of.ordinal
       from unnest($4::uuid[], $5::text[], $6::uuid[]) with ordinality of (id, code, page_id, ordinal)
       on conflict do nothing`,
      [
        ...[contract.contractorId, contract.contractId, contract.clientId],
        ...[items.map(({ id }) => id), items.map(({ code }) => code), items.map(({ pageId }) => pageId)],
      ],
    );
  }

  /** In order. */
  list(tx: Tx, contract: ContractId): Promise<HandoverItemEntity[]> {
    return tx.find(HandoverItemEntity, { where: { ...contract }, order: { ordinal: 'ASC', id: 'ASC' } });
  }

  find(tx: Tx, contractorId: string, id: string): Promise<HandoverItemEntity | null> {
    return tx.findOneBy(HandoverItemEntity, { contractorId, id });
  }

  /** @param version the one that the person saw, when known @returns false when somebody changed it meanwhile */
  async settle(
    tx: Tx,
    key: { contractorId: string; id: string },
    said: { state: Settlement; note: string | null; by: string },
    version?: number,
  ): Promise<boolean> {
    const [, count] = await tx.query<[unknown[], number]>(
      `update handover_items set state = $3, note = $4, version = version + 1, updated_at = app_now(),
         settled_by = case when $3 = 'open' then null else $5::uuid end, settled_at = case when $3 = 'open' then null else app_now() end
       where contractor_id = $1 and id = $2 and version = coalesce($6, version)`,
      [key.contractorId, key.id, said.state, said.note, said.by, version ?? null],
    );
    return count === 1;
  }
}
