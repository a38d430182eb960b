import { Injectable } from '@nestjs/common';
import { In, LessThan } from 'typeorm';
import { type Changes, updateVersioned } from '../../platform/database/versioned-update.js';
import type { Tx } from '../../platform/database/work.js';
import type { PageStart } from '../../platform/http/pagination.js';
import type { Contract, ContractStatus, ContractTerms } from './contract.js';
import { ContractEntity, ContractPageEntity } from './contract.entity.js';

export interface NewContract extends ContractTerms {
  readonly contractorId: string;
  readonly id: string;
  readonly clientId: string;
  readonly timeZone: string;
  readonly startsAt: Date;
  readonly endsAt: Date;
}

@Injectable()
export class ContractStore {
  async insert(tx: Tx, contract: NewContract, pageIds: readonly string[]): Promise<void> {
    await tx.insert(ContractEntity, contract);
    await this.setPages(tx, contract, pageIds);
  }

  async setPages(
    tx: Tx,
    contract: { contractorId: string; id: string; clientId: string },
    pageIds: readonly string[],
  ): Promise<void> {
    const { contractorId, clientId, id: contractId } = contract;
    await tx.delete(ContractPageEntity, { contractorId, contractId });
    if (pageIds.length > 0) {
      await tx.insert(
        ContractPageEntity,
        pageIds.map((pageId) => ({ contractorId, clientId, contractId, pageId })),
      );
    }
  }

  async find(tx: Tx, contractorId: string, id: string): Promise<Contract | undefined> {
    const row = await tx.findOneBy(ContractEntity, { contractorId, id });
    return row ? (await this.withPages(tx, contractorId, [row]))[0] : undefined;
  }

  async list(tx: Tx, contractorId: string, clientId: string | undefined, start: PageStart): Promise<Contract[]> {
    const rows = await tx.find(ContractEntity, {
      where: { contractorId, id: LessThan(start.beforeId), ...(clientId && { clientId }) },
      order: { id: 'DESC' },
      take: start.limit + 1,
    });
    return this.withPages(tx, contractorId, rows);
  }

  /** Changes a contract that still has the status; the condition and the change are one statement. */
  update(
    tx: Tx,
    key: { contractorId: string; id: string; status: ContractStatus },
    changes: Changes<Partial<ContractEntity>>,
    version?: number,
  ): Promise<boolean> {
    return updateVersioned(tx, { entity: ContractEntity, key }, changes, version);
  }

  /** @param reason in words of the contract; the instant is the database's. */
  async terminate(tx: Tx, contractorId: string, id: string, reason: string): Promise<boolean> {
    const [, count] = await tx.query<[unknown[], number]>(
      `update contracts set status = 'terminated', terminated_at = app_now(), termination_reason = $3,
         version = version + 1, updated_at = app_now()
       where contractor_id = $1 and id = $2 and status in ('signed', 'active')`,
      [contractorId, id, reason],
    );
    return count === 1;
  }

  async coversAt(tx: Tx, contractorId: string, pageId: string, at: Date): Promise<boolean> {
    const rows = await tx.query<{ covers: boolean }[]>(`select contract_in_force($1, $2, $3) as covers`, [
      contractorId,
      pageId,
      at,
    ]);
    return rows[0]?.covers === true;
  }

  private async withPages(tx: Tx, contractorId: string, rows: ContractEntity[]): Promise<Contract[]> {
    const where = { contractorId, contractId: In(rows.map((row) => row.id)) };
    const pages = await tx.find(ContractPageEntity, { where, order: { pageId: 'ASC' } });
    return rows.map((row) => ({
      ...row,
      pageIds: pages.filter((page) => page.contractId === row.id).map((page) => page.pageId),
    }));
  }
}
