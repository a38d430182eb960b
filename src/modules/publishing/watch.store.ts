import { Injectable } from '@nestjs/common';
import type { Tx } from '../../platform/database/work.js';
import type { AlarmCause, Waiting } from './alarm.js';
import { OVERDUE } from './dispatch.store.js';

interface Alarm {
  readonly contractorId: string;
  readonly cause: AlarmCause;
}

/** What tells whether due work is being picked up. */
@Injectable()
export class WatchStore {
  /** Across tenants: what is due and not taken, and leases that ran out a minute ago and nobody cleared. */
  waiting(tx: Tx): Promise<Waiting[]> {
    return tx.query(
      `with overdue as (
         select p.contractor_id, count(*)::integer as overdue, extract(epoch from (select app_now()) - min(p.next_try_at))::float8 as oldest
         from network_budgets n join publications p using (network) where ${OVERDUE} group by 1),
       stuck as (
         select contractor_id, count(*)::integer as stuck from publications
         where state in ('claimed', 'sending') and lease_until < (select app_now()) - interval '1 minute' group by 1)
       select contractor_id as "contractorId", coalesce(overdue, 0) as overdue, coalesce(oldest, 0) as "oldestSeconds",
         coalesce(stuck, 0) as stuck
       from overdue full join stuck using (contractor_id)`,
    );
  }

  async clock(tx: Tx): Promise<{ epochMs: number; inDoubt: boolean }> {
    const rows = await tx.query<{ epochMs: number; inDoubt: boolean }[]>(
      `select extract(epoch from app_now())::float8 * 1000 as "epochMs", not clock_is_trusted() as "inDoubt"`,
    );
    return rows[0]!;
  }

  /** From now on nothing is claimed. */
  async doubtClock(tx: Tx, jumpSeconds: number): Promise<void> {
    await tx.query(`insert into clock_doubts (jump_seconds) values ($1) on conflict do nothing`, [jumpSeconds]);
  }

  /** The clock has jumped back by itself: it is trusted again. */
  async confirmReturned(tx: Tx): Promise<void> {
    await tx.query(
      `update clock_doubts set confirmed_at = clock_timestamp(), confirmed_by = 'jumpedBack' where confirmed_at is null`,
    );
  }

  /** Across tenants: the alarms that are on. */
  openAlarms(tx: Tx): Promise<Alarm[]> {
    return tx.query(`select contractor_id as "contractorId", cause from publishing_alarms where ended_at is null`);
  }

  /** @returns false when it is on already. */
  async raise(tx: Tx, { contractorId, cause }: Alarm, id: string): Promise<boolean> {
    const rows = await tx.query<unknown[]>(
      `insert into publishing_alarms (contractor_id, id, cause) values ($1, $2, $3)
       on conflict (contractor_id, cause) where ended_at is null do nothing returning 1`,
      [contractorId, id, cause],
    );
    return rows.length > 0;
  }

  /** @returns the alarm's id, or undefined when it was off already. */
  async end(tx: Tx, { contractorId, cause }: Alarm): Promise<string | undefined> {
    const [rows] = await tx.query<[{ id: string }[], number]>(
      `update publishing_alarms set ended_at = app_now() where contractor_id = $1 and cause = $2 and ended_at is null returning id`,
      [contractorId, cause],
    );
    return rows[0]?.id;
  }
}
