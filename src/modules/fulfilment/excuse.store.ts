import { Injectable } from '@nestjs/common';
import { IsNull, LessThan, LessThanOrEqual, MoreThanOrEqual } from 'typeorm';
import type { Tx } from '../../platform/database/work.js';
import type { PageStart } from '../../platform/http/pagination.js';
import type { Excuse } from './excuse.js';
import { ExcuseEntity } from './excuse.entity.js';
import type { ExcusedDays } from './measuring/line.js';
import type { ContractId } from './requirement-period.store.js';

export type NewExcuse = Omit<Excuse, 'recordedAt' | 'withdrawnBy' | 'withdrawnAt' | 'withdrawnWhy'> & {
  readonly contractorId: string;
};

@Injectable()
export class ExcuseStore {
  async insert(tx: Tx, excuse: NewExcuse): Promise<void> {
    await tx.insert(ExcuseEntity, { ...excuse, evidence: [...excuse.evidence] });
  }

  find(tx: Tx, contractorId: string, id: string): Promise<ExcuseEntity | null> {
    return tx.findOneBy(ExcuseEntity, { contractorId, id });
  }

  list(tx: Tx, contract: ContractId, start: PageStart): Promise<ExcuseEntity[]> {
    const where = { ...contract, id: LessThan(start.beforeId) };
    return tx.find(ExcuseEntity, { where, order: { id: 'DESC' }, take: start.limit + 1 });
  }

  /** What stands and reaches into the days, in order. */
  reaching(tx: Tx, contract: ContractId, { startsOn, endsOn }: { startsOn: string; endsOn: string }): Promise<ExcuseEntity[]> {
    const reaches = { startsOn: LessThanOrEqual(endsOn), endsOn: MoreThanOrEqual(startsOn), withdrawnAt: IsNull() };
    return tx.find(ExcuseEntity, { where: { ...contract, ...reaches }, order: { id: 'ASC' } });
  }

  /** The days that count as excused now. */
  standing(tx: Tx, contractorId: string, contractId: string): Promise<ExcusedDays[]> {
    return tx.query(
      `select requirement, starts_on::text as "from", ends_on::text as until from requirement_excuses
       where contractor_id = $1 and contract_id = $2 and withdrawn_at is null order by id`,
      [contractorId, contractId],
    );
  }

  /** @returns false when it was withdrawn before */
  async withdraw(tx: Tx, key: { contractorId: string; id: string }, by: string, why: string): Promise<boolean> {
    const [, count] = await tx.query<[unknown[], number]>(
      `update requirement_excuses set withdrawn_at = app_now(), withdrawn_by = $3, withdrawn_why = $4
       where contractor_id = $1 and id = $2 and withdrawn_at is null`,
      [key.contractorId, key.id, by, why],
    );
    return count === 1;
  }
}
