import type { SealedPlace, Sealer } from '../crypto/sealing.js';
import type { Scope } from '../database/scope.js';
import type { UnitOfWork } from '../database/work.js';
import { IdempotencyInFlight, IdempotencyKeyReused, IdempotencyOutcomeUnknown } from './http.errors.js';

export interface IdempotentCall {
  readonly scope: Scope;
  readonly actorId: string;
  readonly key: string;
  readonly fingerprint: string;
}

export interface StoredAnswer {
  readonly status: number;
  readonly body: unknown;
}

interface Row {
  readonly fingerprint: string;
  readonly status: number | null;
  readonly body: string | null;
  readonly cut_off: boolean;
}

/** Longer than any request may take: after it an unfinished call was cut off. */
const IN_FLIGHT_SECONDS = 60;

/** Keys and answers of creating calls, per contractor and actor. Answers are sealed: some show a secret once. */
export class IdempotencyStore {
  constructor(
    private readonly work: UnitOfWork,
    private readonly sealer: Sealer,
  ) {}

  /**
   * Takes the key, or returns the answer that was given under it.
   * @throws IdempotencyKeyReused, IdempotencyInFlight, IdempotencyOutcomeUnknown
   */
  begin(call: IdempotentCall): Promise<StoredAnswer | undefined> {
    return this.work.forTenant(call.scope, async (tx) => {
      const taken = await tx.query<unknown[]>(
        `insert into idempotency_keys (contractor_id, actor_id, key, fingerprint) values ($1, $2, $3, $4)
         on conflict do nothing returning 1`,
        [call.scope.contractorId, call.actorId, call.key, call.fingerprint],
      );
      if (taken.length > 0) return undefined;
      const rows = await tx.query<Row[]>(
        `select fingerprint, status, body, started_at < app_now() - make_interval(secs => $4) as cut_off
         from idempotency_keys where contractor_id = $1 and actor_id = $2 and key = $3`,
        [call.scope.contractorId, call.actorId, call.key, IN_FLIGHT_SECONDS],
      );
      return this.answer(rows[0], call);
    });
  }

  async finish(call: IdempotentCall, status: number, body: unknown): Promise<void> {
    await this.work.forTenant(call.scope, (tx) =>
      tx.query(`update idempotency_keys set status = $4, body = $5 where contractor_id = $1 and actor_id = $2 and key = $3`, [
        call.scope.contractorId,
        call.actorId,
        call.key,
        status,
        this.sealer.seal(JSON.stringify(body ?? null), place(call)),
      ]),
    );
  }

  async release(call: IdempotentCall): Promise<void> {
    await this.work.forTenant(call.scope, (tx) =>
      tx.query(`delete from idempotency_keys where contractor_id = $1 and actor_id = $2 and key = $3`, [
        call.scope.contractorId,
        call.actorId,
        call.key,
      ]),
    );
  }

  private answer(row: Row | undefined, call: IdempotentCall): StoredAnswer {
    // The first call released the key between our two statements: it is being refused right now.
    if (!row) throw new IdempotencyInFlight({ retryAfterSeconds: 1 });
    if (row.fingerprint !== call.fingerprint) throw new IdempotencyKeyReused();
    if (row.status !== null && row.body !== null) {
      return { status: row.status, body: JSON.parse(this.sealer.open(row.body, place(call))) as unknown };
    }
    if (row.cut_off) throw new IdempotencyOutcomeUnknown();
    throw new IdempotencyInFlight({ retryAfterSeconds: 1 });
  }
}

function place(call: IdempotentCall): SealedPlace {
  const rowId = JSON.stringify([call.actorId, call.key]);
  return { contractorId: call.scope.contractorId, table: 'idempotency_keys', column: 'body', rowId };
}
