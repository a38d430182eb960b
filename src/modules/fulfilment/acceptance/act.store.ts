import { Injectable } from '@nestjs/common';
import type { Tx } from '../../../platform/database/work.js';
import { ActEntity } from './acceptance.entity.js';

export type Act = Omit<ActEntity, 'contractorId' | 'clientId'>;

@Injectable()
export class ActStore {
  /** The next number of a contractor's year. Whoever else needs one waits for this transaction, so that no number is left out. */
  async nextNumber(tx: Tx, contractorId: string, year: number): Promise<number> {
    const rows = await tx.query<{ last: number }[]>(
      `insert into act_numbers (contractor_id, year, last) values ($1, $2, 1)
       on conflict (contractor_id, year) do update set last = act_numbers.last + 1 returning last`,
      [contractorId, year],
    );
    return rows[0]!.last;
  }

  async insert(tx: Tx, act: Omit<ActEntity, 'issuedAt'>): Promise<void> {
    await tx.insert(ActEntity, act);
  }

  /** One version, or the newest. */
  async find(tx: Tx, contractorId: string, acceptanceId: string, version?: number): Promise<Act | undefined> {
    const where = { contractorId, acceptanceId, ...(version !== undefined && { version }) };
    return (await tx.findOne(ActEntity, { where, order: { version: 'DESC' } })) ?? undefined;
  }
}
