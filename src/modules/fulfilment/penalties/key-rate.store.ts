import { Injectable } from '@nestjs/common';
import type { Tx } from '../../../platform/database/work.js';
import { KeyRateEntity } from './penalties.entity.js';

export type EnteredRate = Omit<KeyRateEntity, 'contractorId'>;

@Injectable()
export class KeyRateStore {
  /** Newest first: a few a year. */
  list(tx: Tx, contractorId: string): Promise<EnteredRate[]> {
    return tx.find(KeyRateEntity, { where: { contractorId }, order: { from: 'DESC' } });
  }

  async find(tx: Tx, contractorId: string, from: string): Promise<EnteredRate | undefined> {
    return (await tx.findOneBy(KeyRateEntity, { contractorId, from })) ?? undefined;
  }

  async set(tx: Tx, contractorId: string, rate: { from: string; basisPoints: number; setBy: string }): Promise<void> {
    await tx.query(
      `insert into key_rates (contractor_id, starts_on, basis_points, set_by) values ($1, $2, $3, $4)
       on conflict (contractor_id, starts_on) do update set basis_points = excluded.basis_points, set_by = excluded.set_by,
         set_at = app_now()`,
      [contractorId, rate.from, rate.basisPoints, rate.setBy],
    );
  }

  /** @returns false when there is none */
  async remove(tx: Tx, contractorId: string, from: string): Promise<boolean> {
    return (await tx.delete(KeyRateEntity, { contractorId, from })).affected === 1;
  }
}
