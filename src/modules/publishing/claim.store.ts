import { Injectable } from '@nestjs/common';
import type { PublishOutcome, Reason } from '../../networks/network.js';
import type { Tx } from '../../platform/database/work.js';
import type { HoldCode } from './hold-reasons.js';
import type { AttemptOutcome, Settlement } from './publication.js';

/** A worker's right to one publication; whoever has a lower fence has lost it. */
export interface Claim {
  readonly contractorId: string;
  readonly clientId: string;
  readonly publicationId: string;
  readonly attemptId: string;
  readonly fence: number;
  readonly tries: number;
  /** The secret that sending draws on. */
  readonly budgetKey?: string | null;
}

interface PublicationKey {
  readonly contractorId: string;
  readonly publicationId: string;
}

/**
 * How long a worker has from its claim to the point of no return, and from there to the outcome. Twice as long as a send may
 * take, so that a lease ends only when its worker is gone or stuck; no longer, because until then nobody else publishes it.
 */
const LEASE_SECONDS = 30;
/** How long after the point of no return the first byte may leave. */
const SEND_WITHIN_SECONDS = 5;
export const SEND_WITHIN_MS = SEND_WITHIN_SECONDS * 1_000;

/** Everything that must hold at the instant of sending; each function belongs to the module that owns the rule. */
const GATES = `contractor_is_active(p.contractor_id) and post_is_approved(p.contractor_id, p.post_id, p.content_hash)
  and contract_in_force(p.contractor_id, p.page_id, app_now()) and page_is_connected(p.contractor_id, p.page_id)
  and not in_quiet_period(p.contractor_id, p.client_id, app_now()) and (p.repeat_until is null or app_now() < p.repeat_until)
  and clock_is_trusted()`;

/** The first gate that is shut, as a code of hold-reasons.ts. */
const SHUT_GATE = `case
  when app_now() > p.due_at + p.max_lateness then 'too-late'
  when not contractor_is_active(p.contractor_id) then 'contractor-suspended'
  when not post_is_approved(p.contractor_id, p.post_id, p.content_hash) then 'not-approved'
  when not contract_in_force(p.contractor_id, p.page_id, app_now()) then 'no-contract'
  when in_quiet_period(p.contractor_id, p.client_id, app_now()) then 'quiet-period'
  when not page_is_connected(p.contractor_id, p.page_id) then 'page-not-connected'
  when app_now() >= p.repeat_until then 'repeat-too-late' end`;

/** The conditional statements of the protocol: each decides and acts at once, by the database's clock. */
@Injectable()
export class ClaimStore {
  /** `scheduled → claimed`, with its attempt, if everything holds now. */
  async claim(tx: Tx, key: PublicationKey, attemptId: string): Promise<Claim | undefined> {
    const rows = await tx.query<Pick<Claim, 'clientId' | 'fence' | 'tries' | 'budgetKey'>[]>(
      `with claimed as (
         update publications p set state = 'claimed', fence = fence + 1, tries = tries + 1,
           lease_until = app_now() + make_interval(secs => ${LEASE_SECONDS}), version = version + 1, updated_at = app_now()
         where p.contractor_id = $1 and p.id = $2 and p.state = 'scheduled' and p.due_at <= app_now() and p.next_try_at <= app_now()
           and app_now() <= p.due_at + p.max_lateness and p.withdraw_requested_at is null and ${GATES}
         returning p.*),
       attempt as (
         insert into publication_attempts (contractor_id, id, client_id, publication_id, number, fence, marker)
         select c.contractor_id, $3, c.client_id, c.id,
           1 + (select count(*) from publication_attempts a where a.contractor_id = c.contractor_id and a.publication_id = c.id),
           c.fence, c.marker from claimed c)
       select client_id as "clientId", fence, tries, budget_key as "budgetKey" from claimed`,
      [key.contractorId, key.publicationId, attemptId],
    );
    return rows[0] && { ...key, attemptId, ...rows[0] };
  }

  /** `scheduled → held` when it is due and a gate is shut. @returns the gate. */
  async holdIfShut(tx: Tx, key: PublicationKey, reasonOf: (code: HoldCode) => Reason): Promise<HoldCode | undefined> {
    const shut = await tx.query<{ code: HoldCode | null }[]>(
      `select ${SHUT_GATE} as code from publications p
       where p.contractor_id = $1 and p.id = $2 and p.state = 'scheduled' and p.due_at <= app_now() for update`,
      [key.contractorId, key.publicationId],
    );
    const code = shut[0]?.code;
    if (!code) return undefined;
    await tx.query(
      `update publications set state = 'held', reason = $3, version = version + 1, updated_at = app_now()
       where contractor_id = $1 and id = $2 and state = 'scheduled'`,
      [key.contractorId, key.publicationId, JSON.stringify(reasonOf(code))],
    );
    return code;
  }

  /** The point of no return: `claimed → sending` under the same fence and a live lease, with every gate open still. */
  async beginSending(tx: Tx, claim: Claim, requestSha256: string): Promise<boolean> {
    const rows = await tx.query<unknown[]>(
      `with sending as (
         update publications p set state = 'sending', first_sent_at = coalesce(first_sent_at, app_now()),
           send_deadline = app_now() + make_interval(secs => ${SEND_WITHIN_SECONDS}),
           lease_until = app_now() + make_interval(secs => ${LEASE_SECONDS}), version = version + 1, updated_at = app_now()
         where p.contractor_id = $1 and p.id = $2 and p.state = 'claimed' and p.fence = $3 and p.lease_until > app_now()
           and p.withdraw_requested_at is null and ${GATES}
         returning 1)
       update publication_attempts a set sent_at = app_now(), request_sha256 = $5
       where a.contractor_id = $1 and a.id = $4 and exists (select 1 from sending) returning 1`,
      [claim.contractorId, claim.publicationId, claim.fence, claim.attemptId, requestSha256],
    );
    return countOf(rows) === 1;
  }

  /** `claimed → scheduled`: nothing was sent, the next dispatch finds it again, and looks whether all is prepared still. */
  async release(tx: Tx, claim: Claim, reason: Reason): Promise<void> {
    await tx.query(
      `update publications set state = 'scheduled', lease_until = null, rung_at = null, prepared_at = null, prepare_rung_at = null,
         version = version + 1, updated_at = app_now()
       where contractor_id = $1 and id = $2 and state = 'claimed' and fence = $3`,
      [claim.contractorId, claim.publicationId, claim.fence],
    );
    await this.endAttempt(tx, claim, { outcome: 'released', reason });
  }

  /** Whether somebody took it back meanwhile. Nobody can from now until this transaction ends. */
  async lockWithdrawn(tx: Tx, claim: Claim): Promise<boolean> {
    const rows = await tx.query<{ withdrawn: boolean }[]>(
      `select withdraw_requested_at is not null as withdrawn from publications where contractor_id = $1 and id = $2 for update`,
      [claim.contractorId, claim.publicationId],
    );
    return rows[0]?.withdrawn === true;
  }

  /** `sending → …` under the fence. @returns false when the lease was lost meanwhile. */
  async settle(tx: Tx, claim: Claim, settlement: Settlement): Promise<boolean> {
    const { state } = settlement;
    const rows = await tx.query<unknown[]>(
      `update publications p set state = $4, lease_until = null, send_deadline = null, rung_at = null,
         reason = $5, external_id = $6, url = $7,
         published_at = case when $4 = 'published' then app_now() end, in_doubt = ($4 = 'unclear'),
         settles_at = case when $4 = 'unclear' then app_now() + make_interval(secs => $9) else settles_at end,
         next_try_at = case when $8::integer is null then next_try_at else least(app_now() + make_interval(secs => $8),
           greatest(app_now(), due_at + max_lateness + interval '1 second')) end,
         next_look_at = case when $9::integer is not null then app_now() + make_interval(secs => $9)
           when $4 = 'published' and withdraw_requested_at is not null then app_now() end,
         version = version + 1, updated_at = app_now()
       where p.contractor_id = $1 and p.id = $2 and p.state = 'sending' and p.fence = $3`,
      [
        ...[claim.contractorId, claim.publicationId, claim.fence, state],
        ...['reason' in settlement ? JSON.stringify(settlement.reason) : null],
        ...(settlement.state === 'published' ? [settlement.externalId, settlement.url] : [null, null]),
        settlement.state === 'scheduled' ? settlement.againInSeconds : null,
        settlement.state === 'unclear' ? settlement.lookInSeconds : null,
      ],
    );
    return countOf(rows) === 1;
  }

  /**
   * Knowledge that came after the lease was lost is still knowledge, whatever became of the publication meanwhile: it was
   * published after all. Only a repeat that is being sent goes on, and brings its own answer.
   */
  async adoptLate(tx: Tx, claim: Claim, externalId: string, url: string): Promise<boolean> {
    const rows = await tx.query<unknown[]>(
      `update publications p set state = 'published', external_id = $3, url = $4, published_at = app_now(), reason = null,
         in_doubt = false, fence = fence + 1, lease_until = null, rung_at = null,
         next_look_at = case when withdraw_requested_at is not null then app_now() end, version = version + 1, updated_at = app_now()
       where contractor_id = $1 and id = $2 and state in ('unclear', 'held', 'scheduled', 'claimed')
         and exists (select 1 from publication_attempts a where a.contractor_id = p.contractor_id and a.id = $5 and a.marker = p.marker)`,
      [claim.contractorId, claim.publicationId, externalId, url, claim.attemptId],
    );
    return countOf(rows) === 1;
  }

  /** Its own worker knows better than whoever found its lease over and wrote down that nobody knows. */
  async endAttempt(
    tx: Tx,
    claim: Pick<Claim, 'contractorId' | 'attemptId'>,
    end: { outcome: AttemptOutcome; reason?: Reason; externalId?: string; url?: string },
  ): Promise<void> {
    await tx.query(
      `update publication_attempts set ended_at = app_now(), outcome = $3, reason = $4, external_id = $5, url = $6
       where contractor_id = $1 and id = $2 and (ended_at is null or outcome = 'unclear')`,
      [
        ...[claim.contractorId, claim.attemptId, end.outcome, end.reason ? JSON.stringify(end.reason) : null],
        ...[end.externalId ?? null, end.url ?? null],
      ],
    );
  }
}

/** TypeORM answers `[rows, count]` for UPDATE and DELETE. */
function countOf(answer: unknown[]): number {
  return typeof answer[1] === 'number' ? answer[1] : 0;
}

/** What an attempt's row keeps of an outcome. */
export function attemptEnd(outcome: PublishOutcome): {
  outcome: AttemptOutcome;
  reason?: Reason;
  externalId?: string;
  url?: string;
} {
  if (outcome.kind === 'published') return { outcome: 'published', externalId: outcome.externalId, url: outcome.url };
  return { outcome: outcome.kind, reason: outcome.reason };
}
