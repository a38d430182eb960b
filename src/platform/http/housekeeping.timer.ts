import { Injectable } from '@nestjs/common';
import { UnitOfWork } from '../database/work.js';
import { RunsOnTimer, type TimerHandler } from '../queue/handler.js';
import { defineTimer } from '../queue/job.js';

export const HTTP_HOUSEKEEPING = defineTimer({ name: 'http.housekeeping', everyMs: 3_600_000 });

/** Clears what only protects for a while: answers under Idempotency-Keys, and counted attempts. */
@Injectable()
@RunsOnTimer(HTTP_HOUSEKEEPING)
export class HttpHousekeeping implements TimerHandler {
  constructor(private readonly work: UnitOfWork) {}

  async run(): Promise<void> {
    await this.work.acrossTenants('clear old idempotency keys and counters', async (tx) => {
      await tx.query(`delete from idempotency_keys where started_at < app_now() - interval '48 hours'`);
      await tx.query(`delete from rate_limits where expire < extract(epoch from app_now()) * 1000`);
    });
  }
}
