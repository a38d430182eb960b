import { Injectable } from '@nestjs/common';
import type { Tx } from '../../../platform/database/work.js';
import type { TryResult } from './try-outcome.js';

export interface DueEndpoint {
  readonly contractorId: string;
  readonly endpointId: string;
  /** Tries of it that failed in a row. */
  readonly failures: number;
  readonly isSlow: boolean;
}

export interface Claimed {
  readonly contractorId: string;
  readonly id: string;
  readonly endpointId: string;
  readonly eventId: string;
  readonly subject: string;
  readonly url: string;
  readonly body: string;
  /** Of this try, in this life of the delivery: the fence under which it is settled. */
  readonly tries: number;
  /** Of this try, in all. */
  readonly number: number;
  readonly now: Date;
}

/** Longer than a try may last. */
const LEASE_SECONDS = 60;

/** What waits to be sent, and who has it. */
@Injectable()
export class ClaimStore {
  /** Across tenants: endpoints for which something is due, those that work first. */
  dueEndpoints(tx: Tx, limit: number): Promise<DueEndpoint[]> {
    return tx.query(
      `select e.contractor_id as "contractorId", e.id as "endpointId", e.failures, e.is_slow as "isSlow" from webhook_endpoints e
       where e.state = 'active' and (e.quiet_until is null or e.quiet_until <= app_now()) and exists (
         select 1 from webhook_deliveries d where d.contractor_id = e.contractor_id and d.endpoint_id = e.id and d.state = 'waiting'
           and d.next_try_at <= app_now() and (d.lease_until is null or d.lease_until <= app_now()))
       order by e.failures, e.is_slow, e.id limit $1`,
      [limit],
    );
  }

  /**
   * Takes the next delivery of an endpoint that is due, unless something of the same subject that happened before it still waits.
   * The try is counted, and stands in the log, before a byte leaves.
   */
  async take(tx: Tx, contractorId: string, endpointId: string): Promise<Claimed | undefined> {
    const rows = await tx.query<Claimed[]>(
      `with taken as (
         update webhook_deliveries d set tries = d.tries + 1, attempts = d.attempts + 1,
           lease_until = app_now() + make_interval(secs => $3)
         from webhook_endpoints e
         where e.contractor_id = d.contractor_id and e.id = d.endpoint_id and d.contractor_id = $1 and d.id = (
           select w.id from webhook_deliveries w join webhook_endpoints we on we.contractor_id = w.contractor_id and we.id = w.endpoint_id
           where w.contractor_id = $1 and w.endpoint_id = $2 and w.state = 'waiting' and w.next_try_at <= app_now()
             and (w.lease_until is null or w.lease_until <= app_now())
             and we.state = 'active' and (we.quiet_until is null or we.quiet_until <= app_now())
             and not exists (select 1 from webhook_deliveries b where b.contractor_id = $1 and b.endpoint_id = $2 and b.state = 'waiting'
               and b.subject = w.subject and (b.occurred_at, b.event_id) < (w.occurred_at, w.event_id))
           order by w.next_try_at, w.occurred_at, w.event_id limit 1 for update of w skip locked)
         returning d.contractor_id, d.id, d.endpoint_id, d.event_id, d.client_id, d.subject, e.url, d.tries, d.attempts),
       tried as (
         insert into webhook_attempts (contractor_id, delivery_id, number, client_id)
           select contractor_id, id, attempts, client_id from taken)
       select t.contractor_id as "contractorId", t.id, t.endpoint_id as "endpointId", t.event_id as "eventId", t.subject, t.url, t.tries,
         t.attempts as number, app_now() as now, v.body
       from taken t join webhook_events v on v.contractor_id = t.contractor_id and v.id = t.event_id`,
      [contractorId, endpointId, LEASE_SECONDS],
    );
    return rows[0];
  }

  async note(tx: Tx, { contractorId, id, number }: Claimed, result: TryResult, durationMs: number): Promise<void> {
    await tx.query(
      `update webhook_attempts set duration_ms = $4, outcome = $5, status = $6, excerpt = $7
       where contractor_id = $1 and delivery_id = $2 and number = $3`,
      [contractorId, id, number, durationMs, result.outcome, result.status, result.excerpt],
    );
  }

  /** @returns false when somebody else has it by now: its lease ran out */
  async settle(tx: Tx, { contractorId, id, number }: Claimed, state: 'delivered' | 'givenUp'): Promise<boolean> {
    const [, count] = await tx.query<[unknown[], number]>(
      `update webhook_deliveries set state = $4, settled_at = app_now(), lease_until = null
       where contractor_id = $1 and id = $2 and attempts = $3 and state = 'waiting'`,
      [contractorId, id, number, state],
    );
    return count === 1;
  }

  /** Those behind it wait as long, so that nobody looks at them in vain. @returns as `settle` */
  async postpone(tx: Tx, claimed: Claimed, seconds: number): Promise<boolean> {
    const { contractorId, id, endpointId, subject, number } = claimed;
    const [, count] = await tx.query<[unknown[], number]>(
      `update webhook_deliveries set next_try_at = app_now() + make_interval(secs => $4), lease_until = null
       where contractor_id = $1 and id = $2 and attempts = $3 and state = 'waiting'`,
      [contractorId, id, number, seconds],
    );
    if (count === 0) return false;
    await tx.query(
      `update webhook_deliveries set next_try_at = app_now() + make_interval(secs => $5)
       where contractor_id = $1 and endpoint_id = $2 and subject = $3 and state = 'waiting' and id <> $4 and lease_until is null`,
      [contractorId, endpointId, subject, id, seconds],
    );
    return true;
  }

  /** The one before them is out of the way. */
  async free(tx: Tx, { contractorId, endpointId, subject }: Claimed): Promise<void> {
    await tx.query(
      `update webhook_deliveries set next_try_at = app_now()
       where contractor_id = $1 and endpoint_id = $2 and subject = $3 and state = 'waiting' and next_try_at > app_now()`,
      [contractorId, endpointId, subject],
    );
  }
}
