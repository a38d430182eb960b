import { createHash } from 'node:crypto';
import { RateLimiterPostgres, RateLimiterRes } from 'rate-limiter-flexible';
import type { UnitOfWork } from '../database/work.js';
import { TooManyRequests } from './http.errors.js';

/** How many attempts, in how many seconds. */
export interface RateLimit {
  readonly points: number;
  readonly seconds: number;
}

/** What is left of a limit, for the `RateLimit-*` headers. */
export interface RateLimitState {
  readonly limit: number;
  readonly remaining: number;
  /** Seconds until all of it is there again. */
  readonly resetSeconds: number;
}

/** Counts attempts in the database, so that the limit holds over all processes. Keys are hashed: no e-mail is stored. */
export class RateLimiter {
  private readonly limiter: RateLimiterPostgres;

  constructor(
    work: UnitOfWork,
    name: string,
    private readonly limit: RateLimit,
  ) {
    this.limiter = new RateLimiterPostgres({
      storeClient: { query: (statement: Statement) => query(work, statement) },
      storeType: 'client',
      tableName: 'rate_limits',
      tableCreated: true,
      // A timer per limiter would keep the process alive; the housekeeping job clears the table.
      clearExpiredByTimeout: false,
      keyPrefix: name,
      points: limit.points,
      duration: limit.seconds,
    });
  }

  /** Takes one attempt. @throws TooManyRequests with the seconds to wait. */
  async take(key: string): Promise<RateLimitState> {
    try {
      const taken = await this.limiter.consume(createHash('sha256').update(key).digest('base64url'));
      const resetSeconds = Math.ceil(taken.msBeforeNext / 1_000);
      return { limit: this.limit.points, remaining: taken.remainingPoints, resetSeconds };
    } catch (refusal) {
      if (!(refusal instanceof RateLimiterRes)) throw refusal;
      const retryAfterSeconds = Math.max(1, Math.ceil(refusal.msBeforeNext / 1_000));
      throw new TooManyRequests({ retryAfterSeconds, rateLimit: { limit: this.limit.points, remaining: 0 } });
    }
  }
}

interface Statement {
  readonly text: string;
  readonly values?: unknown[];
}

interface Row {
  expire: bigint | number | null;
}

async function query(work: UnitOfWork, { text, values }: Statement): Promise<{ rows: Row[]; rowCount: number }> {
  const rows = await work.acrossTenants('count attempts', (tx) => tx.query<Row[]>(text, values));
  // The library subtracts from `expire`, which our parsers make a bigint.
  return {
    rows: rows.map((row) => ({ ...row, expire: row.expire === null ? null : Number(row.expire) })),
    rowCount: rows.length,
  };
}
