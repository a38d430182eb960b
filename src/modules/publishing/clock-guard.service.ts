import { Injectable } from '@nestjs/common';
import { Clock } from '../../platform/clock/clock.js';
import type { Tx } from '../../platform/database/work.js';
import { ClockJumps } from './clock-jump.js';
import { WatchStore } from './watch.store.js';

/**
 * What is due is decided by the database's clock, so one that was set wrong would send tomorrow's posts now. A jump is
 * written down where every claim looks: nothing is claimed until an operator confirms the clock, or it has jumped back.
 */
@Injectable()
export class ClockGuard {
  private readonly jumps = new ClockJumps();

  constructor(
    private readonly clock: Clock,
    private readonly store: WatchStore,
  ) {}

  /** @param clock the database's in this transaction. @returns false when it has just been found to have jumped. */
  async trusts(tx: Tx, { epochMs, inDoubt }: { epochMs: number; inDoubt: boolean }): Promise<boolean> {
    const reading = { database: epochMs, monotonic: this.clock.monotonicMs() };
    const jump = this.jumps.look(reading);
    // An operator has confirmed it: the next jump leads away from what it shows now.
    if (!inDoubt) this.jumps.accept(reading);
    if (jump === 0) return true;
    if (this.jumps.returned) await this.store.confirmReturned(tx);
    else await this.store.doubtClock(tx, jump / 1_000);
    return false;
  }
}
