import type { MemoryDatabase } from './memory/database.js';
import { PREPARE_AGAIN_MS, PREPARE_AHEAD_MS, RING_AGAIN_MS } from './memory/dispatch.memory.js';
import type { PublicationRow } from './memory/rows.js';
import type { Machine, SimProcess } from './process.js';

type Tick = (worker: SimProcess) => Promise<void>;

interface Timer {
  readonly everyMs: number;
  readonly tick: Tick;
  /** When there may be something to find. */
  readonly wanted: (rows: readonly PublicationRow[], now: number) => number;
  lastAt: number;
  nextAt: number;
}

/**
 * The periodic work of the workers. A tick that would find nothing changes nothing, so those are not run: the next one comes
 * when a row asks for it, as late as its period allows.
 */
export class SimTimers {
  dirty = true;
  private readonly timers: Timer[];

  constructor(
    private readonly machine: Machine,
    private readonly db: MemoryDatabase,
    private readonly workers: () => readonly SimProcess[],
    ticks: { dispatch: Tick; sweep: Tick; failed: (error: unknown) => void },
  ) {
    const idle = { lastAt: -Infinity, nextAt: Infinity };
    this.failed = ticks.failed;
    this.timers = [
      { ...idle, everyMs: 1_000, tick: ticks.dispatch, wanted: dispatchWanted },
      { ...idle, everyMs: 10_000, tick: ticks.sweep, wanted: sweepWanted },
    ];
  }

  private readonly failed: (error: unknown) => void;

  /** Plans the next ticks after rows have changed. */
  look(): void {
    if (!this.dirty) return;
    this.dirty = false;
    const rows = this.db.publications.rows();
    for (const timer of this.timers) this.plan(timer, rows);
  }

  private plan(timer: Timer, rows: readonly PublicationRow[]): void {
    const { scheduler, random } = this.machine;
    const wanted = timer.wanted(rows, scheduler.now);
    if (wanted === Infinity) return;
    const at = Math.max(wanted, timer.lastAt + timer.everyMs, scheduler.now) + random.between(1, timer.everyMs);
    if (timer.nextAt <= at) return;
    timer.nextAt = at;
    scheduler.at(at, () => {
      if (timer.nextAt === at) this.fire(timer);
    });
  }

  private fire(timer: Timer): void {
    timer.lastAt = this.machine.scheduler.now;
    timer.nextAt = Infinity;
    this.dirty = true;
    const up = this.workers().filter(({ alive, stopped }) => alive && !stopped);
    if (up.length === 0) return;
    const both = this.machine.random.chance(0.2);
    const chosen = both ? up : [this.machine.random.pick(up)];
    for (const worker of chosen) {
      worker.start(
        () => timer.tick(worker),
        (error) => {
          this.dirty = true;
          if (error !== undefined) this.failed(error);
        },
      );
    }
  }
}

function dispatchWanted(rows: readonly PublicationRow[], now: number): number {
  const rungUntil = (p: PublicationRow): number => (p.rungAt ? p.rungAt.getTime() + RING_AGAIN_MS + 1 : 0);
  return least(rows, (p) => {
    if (p.state !== 'scheduled') return Infinity;
    const lateAt = Math.max(p.nextTryAt.getTime(), p.dueAt.getTime() + p.maxLatenessMs + 1, rungUntil(p));
    const ring = p.prepareRungAt ? p.prepareRungAt.getTime() + PREPARE_AGAIN_MS + 1 : 0;
    if (!p.preparedAt) return Math.min(Math.max(p.dueAt.getTime() - PREPARE_AHEAD_MS, ring), lateAt);
    const others = rows.filter((other) => other.pageId === p.pageId && other.id !== p.id);
    if (others.some(({ state }) => state === 'claimed' || state === 'sending')) return lateAt;
    const busyUntil = Math.max(0, ...others.filter(({ state }) => state === 'scheduled').map(rungUntil));
    return Math.max(p.nextTryAt.getTime(), rungUntil(p), busyUntil <= now ? 0 : busyUntil);
  });
}

function sweepWanted(rows: readonly PublicationRow[]): number {
  return least(rows, (p) => {
    if (p.leaseUntil) return p.leaseUntil.getTime() + 1;
    const open = p.state === 'unclear' || (p.state === 'published' && p.withdrawRequestedAt);
    return open && p.nextLookAt ? p.nextLookAt.getTime() : Infinity;
  });
}

function least(rows: readonly PublicationRow[], of: (row: PublicationRow) => number): number {
  return rows.reduce((lowest, row) => Math.min(lowest, of(row)), Infinity);
}
