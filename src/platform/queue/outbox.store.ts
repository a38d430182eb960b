import { Injectable } from '@nestjs/common';
import type { Tx } from '../database/work.js';

export interface OutboxRow {
  readonly contractorId: string;
  readonly id: string;
  readonly name: string;
  readonly payload: unknown;
}

/** Every query on the table `outbox`. The application's role may only insert; the rest is the system's. */
@Injectable()
export class OutboxStore {
  async insert(tx: Tx, row: OutboxRow): Promise<void> {
    await tx.query('insert into outbox (contractor_id, id, name, payload) values ($1, $2, $3, $4)', [
      row.contractorId,
      row.id,
      row.name,
      JSON.stringify(row.payload),
    ]);
  }

  /** Waiting rows of these names, oldest first, locked until the transaction ends; rows that another relay holds are left out. */
  async lockWaiting(tx: Tx, names: readonly string[], limit: number): Promise<OutboxRow[]> {
    return await tx.query(
      `select contractor_id as "contractorId", id, name, payload from outbox
        where relayed_at is null and name = any ($1)
        order by id limit $2 for update skip locked`,
      [names, limit],
    );
  }

  async markRelayed(tx: Tx, rows: readonly OutboxRow[]): Promise<void> {
    await tx.query(
      `update outbox set relayed_at = app_now()
        where (contractor_id, id) in (select * from unnest($1::uuid[], $2::uuid[]))`,
      [rows.map((row) => row.contractorId), rows.map((row) => row.id)],
    );
  }

  /** @returns how many rows, relayed longer than `hours` ago by the database's clock, were deleted; at most `limit`. */
  async deleteRelayed(tx: Tx, hours: number, limit: number): Promise<number> {
    const [, deleted]: [unknown, number] = await tx.query(
      `delete from outbox where (contractor_id, id) in (
         select contractor_id, id from outbox
          where relayed_at < app_now() - make_interval(hours => $1)
          order by relayed_at limit $2)`,
      [hours, limit],
    );
    return deleted;
  }

  /** Names that no definition of this process knows and that have waited for longer than `minutes`. */
  async strandedNames(tx: Tx, known: readonly string[], minutes: number): Promise<string[]> {
    const rows: { name: string }[] = await tx.query(
      `select distinct name from outbox
        where relayed_at is null and name <> all ($1) and created_at < app_now() - make_interval(mins => $2)`,
      [known, minutes],
    );
    return rows.map((row) => row.name);
  }

  async isEmpty(tx: Tx, names: readonly string[]): Promise<boolean> {
    const [row]: [{ waiting: boolean }] = await tx.query(
      'select exists (select 1 from outbox where relayed_at is null and name = any ($1)) as waiting',
      [names],
    );
    return !row.waiting;
  }
}
