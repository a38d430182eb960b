import { Injectable } from '@nestjs/common';
import { In, LessThan } from 'typeorm';
import { type Changes, updateVersioned } from '../../platform/database/versioned-update.js';
import type { Tx } from '../../platform/database/work.js';
import type { PageStart } from '../../platform/http/pagination.js';
import type { Contract, ContractTerms } from './contract.js';
import { ContractEntity, ContractPageEntity } from './contract.entity.js';
import type { ContractStatus } from './contract-status.js';
import type { CoveredInterval } from './contract-version.js';

export interface NewContract extends ContractTerms {
  readonly contractorId: string;
  readonly id: string;
  readonly clientId: string;
  readonly timeZone: string;
  readonly startsAt: Date;
  readonly endsAt: Date;
}

export interface ContractKey {
  readonly contractorId: string;
  readonly id: string;
}

const SIGNED: readonly ContractStatus[] = ['signed', 'active', 'suspended', 'completing', 'completed', 'terminated'];

@Injectable()
export class ContractStore {
  async insert(tx: Tx, contract: NewContract): Promise<void> {
    await tx.insert(ContractEntity, { ...contract, pageIds: [...contract.pageIds] });
  }

  /** From when until when each page is covered, instead of what was said before. */
  async setCoverage(tx: Tx, contract: ContractKey & { clientId: string }, intervals: readonly CoveredInterval[]): Promise<void> {
    const { contractorId, clientId, id: contractId } = contract;
    await tx.delete(ContractPageEntity, { contractorId, contractId });
    const rows = intervals.map(({ pageId, from: coveredFrom, until: coveredUntil }) => ({ pageId, coveredFrom, coveredUntil }));
    if (rows.length > 0) {
      await tx.insert(
        ContractPageEntity,
        rows.map((row) => ({ contractorId, clientId, contractId, ...row })),
      );
    }
  }

  async find(tx: Tx, { contractorId, id }: ContractKey): Promise<Contract | undefined> {
    return (await tx.findOneBy(ContractEntity, { contractorId, id })) ?? undefined;
  }

  /** As `find`; whoever else wants to change it waits. */
  async lock(tx: Tx, { contractorId, id }: ContractKey): Promise<Contract | undefined> {
    const where = { contractorId, id };
    return (await tx.findOne(ContractEntity, { where, lock: { mode: 'pessimistic_write' } })) ?? undefined;
  }

  list(tx: Tx, contractorId: string, clientId: string | undefined, start: PageStart): Promise<Contract[]> {
    return tx.find(ContractEntity, {
      where: { contractorId, id: LessThan(start.beforeId), ...(clientId && { clientId }) },
      order: { id: 'DESC' },
      take: start.limit + 1,
    });
  }

  /** What was signed and is not put away, newest first. @param start of a page; absent means all */
  signed(
    tx: Tx,
    contractorId: string,
    { clientId, start }: { clientId?: string | undefined; start?: PageStart },
  ): Promise<Contract[]> {
    return tx.find(ContractEntity, {
      where: {
        ...{ contractorId, status: In([...SIGNED]), ...(clientId !== undefined && { clientId }) },
        ...(start && { id: LessThan(start.beforeId) }),
      },
      order: { id: 'DESC' },
      ...(start && { take: start.limit + 1 }),
    });
  }

  /** Changes a contract that still has one of the statuses; the condition and the change are one statement. */
  update(
    tx: Tx,
    { contractorId, id }: ContractKey,
    { from, changes }: { from: readonly ContractStatus[]; changes: Changes<Partial<ContractEntity>> },
    version?: number,
  ): Promise<boolean> {
    return updateVersioned(tx, { entity: ContractEntity, key: { contractorId, id, status: In(from) } }, changes, version);
  }

  /** The instant is the database's. @param reason in words of the contract */
  async terminate(tx: Tx, { contractorId, id }: ContractKey, from: readonly ContractStatus[]): Promise<boolean> {
    const [, count] = await tx.query<[unknown[], number]>(
      `update contracts set status = 'terminated', terminated_at = least(terminates_at, app_now()), terminates_at = null,
         version = version + 1, updated_at = app_now()
       where contractor_id = $1 and id = $2 and status = any($3)`,
      [contractorId, id, from],
    );
    return count === 1;
  }

  /** When time alone changes it next; null: never. */
  async setStep(tx: Tx, { contractorId, id }: ContractKey, at: Date | null): Promise<void> {
    await tx.update(ContractEntity, { contractorId, id }, { stepAt: at });
  }

  /** Across tenants: whose time has come. */
  pickDue(tx: Tx, limit: number): Promise<ContractKey[]> {
    return tx.query(
      `select contractor_id as "contractorId", id from contracts where step_at <= app_now() order by step_at limit $1`,
      [limit],
    );
  }

  async now(tx: Tx): Promise<Date> {
    const [row] = await tx.query<{ now: Date }[]>('select app_now() as now');
    return row!.now;
  }

  async coversAt(tx: Tx, contractorId: string, pageId: string, at: Date): Promise<boolean> {
    const rows = await tx.query<{ covers: boolean }[]>(`select contract_in_force($1, $2, $3) as covers`, [
      contractorId,
      pageId,
      at,
    ]);
    return rows[0]?.covers === true;
  }

  /** Which of the pages a contract other than this one may cover then, for all that is agreed today. */
  async reachedByOthers(tx: Tx, { contractorId, id }: ContractKey, pageIds: readonly string[], at: Date): Promise<string[]> {
    const rows = await tx.query<{ pageId: string }[]>(
      `select distinct cp.page_id as "pageId" from contract_pages cp
         join contracts c on c.contractor_id = cp.contractor_id and c.id = cp.contract_id
       where cp.contractor_id = $1 and cp.contract_id <> $2 and cp.page_id = any($3) and cp.covered_until > $4
         and c.status in ('signed', 'active', 'suspended', 'completing') and c.ends_at > $4
         and (c.terminates_at is null or c.terminates_at > $4)
       order by 1`,
      [contractorId, id, pageIds, at],
    );
    return rows.map(({ pageId }) => pageId);
  }

  /** Whether there were contracts with the client and every one is over. */
  async areOver(tx: Tx, contractorId: string, clientId: string): Promise<boolean> {
    const [row] = await tx.query<{ over: boolean }[]>(
      `select coalesce(bool_and(status in ('completed', 'terminated', 'archived')), false) as over from contracts
       where contractor_id = $1 and client_id = $2 and status <> 'cancelled'`,
      [contractorId, clientId],
    );
    return row!.over;
  }
}
