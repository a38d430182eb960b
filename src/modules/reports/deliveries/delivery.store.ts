import { Injectable } from '@nestjs/common';
import type { Tx } from '../../../platform/database/work.js';
import { type Delivery, type DeliveryState } from './delivery.js';
import { DeliveryEntity } from './delivery.entity.js';

export interface DeliveryKey {
  readonly contractorId: string;
  readonly id: string;
}

export interface NewDelivery extends DeliveryKey {
  readonly clientId: string;
  readonly reportId: string;
  readonly number: number;
  readonly recipient: string;
}

/** A worker that holds a letter for longer has died. */
const LEASE = `interval '10 minutes'`;

@Injectable()
export class DeliveryStore {
  /** A version goes to an address once. @returns false when it is on its way there already, or arrived */
  async insert(tx: Tx, { contractorId, id, clientId, reportId, number, recipient }: NewDelivery): Promise<boolean> {
    const rows = await tx.query<unknown[]>(
      `insert into report_deliveries (contractor_id, id, client_id, report_id, number, recipient, step_at)
       values ($1, $2, $3, $4, $5, $6, app_now())
       on conflict (contractor_id, report_id, number, recipient) do nothing returning 1`,
      [contractorId, id, clientId, reportId, number, recipient],
    );
    return rows.length > 0;
  }

  /** In order. */
  list(tx: Tx, contractorId: string, reportId: string): Promise<DeliveryEntity[]> {
    return tx.find(DeliveryEntity, { where: { contractorId, reportId }, order: { id: 'ASC' } });
  }

  /** Across tenants: what is to be sent, or was left by a worker that died. */
  pickDue(tx: Tx, limit: number): Promise<DeliveryKey[]> {
    return tx.query(
      `select contractor_id as "contractorId", id from report_deliveries where step_at <= app_now() order by step_at, id limit $1`,
      [limit],
    );
  }

  /** The job is rung for; the round comes back only if nobody takes it. @returns false when it is not due any more */
  async ring(tx: Tx, { contractorId, id }: DeliveryKey): Promise<boolean> {
    const [, count] = await tx.query<[unknown[], number]>(
      `update report_deliveries set step_at = app_now() + ${LEASE}
       where contractor_id = $1 and id = $2 and state = 'queued' and step_at <= app_now()`,
      [contractorId, id],
    );
    return count === 1;
  }

  /** A worker takes it; nobody else does until its lease is over. */
  async claim(tx: Tx, { contractorId, id }: DeliveryKey): Promise<Delivery | undefined> {
    const [rows] = await tx.query<[{ id: string }[], number]>(
      `update report_deliveries set state = 'sending', tries = tries + 1, step_at = app_now() + ${LEASE}
       where contractor_id = $1 and id = $2 and state = 'queued' returning id`,
      [contractorId, id],
    );
    return rows.length > 0 ? ((await tx.findOneBy(DeliveryEntity, { contractorId, id })) ?? undefined) : undefined;
  }

  /** From here on the letter may arrive. @returns false when this try's lease is over */
  async handOver(tx: Tx, { contractorId, id }: DeliveryKey, tries: number): Promise<boolean> {
    const [, count] = await tx.query<[unknown[], number]>(
      `update report_deliveries set data_at = app_now()
       where contractor_id = $1 and id = $2 and state = 'sending' and tries = $3 and step_at > app_now()`,
      [contractorId, id, tries],
    );
    return count === 1;
  }

  /** @param waitSeconds until the next try, of what is queued again */
  async settle(
    tx: Tx,
    { contractorId, id }: DeliveryKey,
    of: { tries: number; state: DeliveryState; answer: string; waitSeconds: number },
  ): Promise<void> {
    await tx.query(
      `update report_deliveries set state = $4, answer = $5, data_at = null,
         sent_at = case when $4 = 'sent' then app_now() end,
         step_at = case when $4 = 'queued' then app_now() + make_interval(secs => $6) end
       where contractor_id = $1 and id = $2 and state = 'sending' and tries = $3`,
      [contractorId, id, of.tries, of.state, of.answer, of.waitSeconds],
    );
  }

  /** Its files are not made yet, and nothing was tried. */
  async putOff(tx: Tx, { contractorId, id }: DeliveryKey): Promise<void> {
    await tx.query(
      `update report_deliveries set state = 'queued', tries = tries - 1, step_at = app_now() + interval '1 minute'
       where contractor_id = $1 and id = $2 and state = 'sending'`,
      [contractorId, id],
    );
  }

  /** A worker died over it: before a byte of the letter left it is queued again, afterwards nobody knows. */
  async release(tx: Tx, { contractorId, id }: DeliveryKey, answer: string): Promise<void> {
    await tx.query(
      `update report_deliveries set state = case when data_at is null then 'queued' else 'unclear' end,
         answer = case when data_at is null then answer else $3 end,
         step_at = case when data_at is null then app_now() end, data_at = null
       where contractor_id = $1 and id = $2 and state = 'sending' and step_at <= app_now()`,
      [contractorId, id, answer],
    );
  }
}
