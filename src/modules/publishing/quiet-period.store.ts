import { Injectable } from '@nestjs/common';
import { LessThan } from 'typeorm';
import { updateVersioned } from '../../platform/database/versioned-update.js';
import type { Reason } from '../../networks/network.js';
import type { Tx } from '../../platform/database/work.js';
import type { PageStart } from '../../platform/http/pagination.js';
import { QuietPeriodEntity } from './quiet-period.entity.js';

interface Key {
  readonly contractorId: string;
  readonly id: string;
}

export type NewQuietPeriod = Pick<
  QuietPeriodEntity,
  'contractorId' | 'id' | 'clientId' | 'regionCode' | 'kind' | 'title' | 'startsAt' | 'endsAt' | 'createdBy'
>;

@Injectable()
export class QuietPeriodStore {
  async insert(tx: Tx, period: NewQuietPeriod): Promise<void> {
    await tx.insert(QuietPeriodEntity, period);
  }

  find(tx: Tx, { contractorId, id }: Key): Promise<QuietPeriodEntity | null> {
    return tx.findOneBy(QuietPeriodEntity, { contractorId, id });
  }

  list(tx: Tx, contractorId: string, start: PageStart): Promise<QuietPeriodEntity[]> {
    const where = { contractorId, id: LessThan(start.beforeId) };
    return tx.find(QuietPeriodEntity, { where, order: { id: 'DESC' }, take: start.limit + 1 });
  }

  change(tx: Tx, key: Key, changes: { title?: string; endsAt?: Date | null }, version?: number): Promise<boolean> {
    return updateVersioned(tx, { entity: QuietPeriodEntity, key }, changes, version);
  }

  /** Holds at once everything that would go out while a period that has begun lasts. @returns what was held. */
  async holdCovered(tx: Tx, contractorId: string, reason: Reason): Promise<{ id: string; clientId: string }[]> {
    const [rows] = await tx.query<[{ id: string; clientId: string }[], number]>(
      `update publications p set state = 'held', reason = $2, version = version + 1, updated_at = app_now()
       where p.contractor_id = $1 and p.state = 'scheduled' and in_quiet_period(p.contractor_id, p.client_id, app_now())
         and in_quiet_period(p.contractor_id, p.client_id, greatest(p.due_at, app_now()))
       returning p.id, p.client_id as "clientId"`,
      [contractorId, JSON.stringify(reason)],
    );
    return rows;
  }

  /** Which publications of the list are held, locked until the transaction ends. */
  async lockHeld(
    tx: Tx,
    contractorId: string,
    ids: readonly string[],
  ): Promise<{ id: string; clientId: string; inDoubt: boolean }[]> {
    return tx.query(
      `select id, client_id as "clientId", in_doubt as "inDoubt" from publications where contractor_id = $1 and id = any($2) and state = 'held' order by id for update`,
      [contractorId, ids],
    );
  }

  /** Back to the plan, at a new time. */
  async release(tx: Tx, key: Key, at: { dueAt: Date; plannedLocal: string }): Promise<void> {
    await tx.query(
      `update publications set state = 'scheduled', due_at = $3, next_try_at = $3, planned_local = $4, tries = 0, looks = 0, rung_at = null,
         first_sent_at = null, repeat_until = null, reason = null, version = version + 1, updated_at = app_now()
       where contractor_id = $1 and id = $2 and state = 'held' and not in_doubt`,
      [key.contractorId, key.id, at.dueAt, at.plannedLocal],
    );
  }
}
