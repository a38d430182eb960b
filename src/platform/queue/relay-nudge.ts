import { type BeforeApplicationShutdown, Injectable } from '@nestjs/common';
import { type Tx, UnitOfWork } from '../database/work.js';

export const OUTBOX_CHANNEL = 'vestnik_outbox';

const LOOK_EVERY_MS = 10;

/**
 * Tells the relays, wherever they run, that a transaction with outbox rows has ended.
 *
 * A NOTIFY inside the transaction would be simpler, but PostgreSQL lets transactions that notify commit one at a time:
 * every write of every tenant would queue behind one lock, fsync included. So the transaction is watched from outside,
 * and one NOTIFY of its own speaks for all that ended since the last look. Losing it costs a second: the relay sweeps.
 */
@Injectable()
export class RelayNudge implements BeforeApplicationShutdown {
  private readonly watched = new Set<NonNullable<Tx['queryRunner']>>();
  private timer: NodeJS.Timeout | undefined;
  private speaking: Promise<void> = Promise.resolve();

  constructor(private readonly work: UnitOfWork) {}

  whenFinished(tx: Tx): void {
    if (!tx.queryRunner) return;
    this.watched.add(tx.queryRunner);
    this.timer ??= setInterval(() => this.look(), LOOK_EVERY_MS).unref();
  }

  async beforeApplicationShutdown(): Promise<void> {
    this.stopLooking();
    await this.speaking;
  }

  private look(): void {
    const finished = [...this.watched].filter((runner) => runner.isReleased);
    for (const runner of finished) this.watched.delete(runner);
    if (this.watched.size === 0) this.stopLooking();
    if (finished.length > 0) this.speaking = this.speaking.then(() => this.speak());
  }

  private async speak(): Promise<void> {
    await this.work
      .acrossTenants('wake outbox relay', (tx) => tx.query('select pg_notify($1, $2)', [OUTBOX_CHANNEL, '']))
      .catch(() => undefined);
  }

  private stopLooking(): void {
    clearInterval(this.timer);
    this.timer = undefined;
  }
}
