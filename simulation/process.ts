import type { Client, MemoryTx } from './memory/database.js';
import type { Act, Occasions } from './faults.js';
import type { Random } from './random.js';
import type { Scheduler } from './scheduler.js';

/** A session that is idle inside a transaction is ended after this, as data-source.ts says. */
const IDLE_IN_TRANSACTION_MS = 10_000;

/** What the processes of one history share. */
export interface Machine {
  readonly scheduler: Scheduler;
  readonly random: Random;
  readonly occasions: Occasions;
  readonly trace: (line: () => string) => void;
  /** Somebody does something. */
  readonly act: (act: Act, target: number) => void;
}

/**
 * One operating-system process. Every port passes through it, so it can be killed there (whatever waits is never heard of
 * again) or stopped (whatever waits goes on later).
 */
export class SimProcess implements Client {
  /** Counts lives: an answer for an earlier life reaches nobody. */
  life = 0;
  alive = true;
  /** By how much its wall clock is wrong. */
  clockShiftMs = 0;
  readonly transactions = new Set<MemoryTx>();
  private stoppedUntil = 0;

  constructor(
    readonly name: string,
    readonly machine: Machine,
    private readonly hooks: { died: () => void; restarted: () => void },
  ) {}

  /** The wall clock of this process. */
  now(): Date {
    return new Date(this.machine.scheduler.now + this.clockShiftMs);
  }

  get stopped(): boolean {
    return this.stoppedUntil > this.machine.scheduler.now;
  }

  port(point: string, fromMs = 0, toMs = 4): Promise<void> {
    const { life } = this;
    this.disturb(point);
    const { scheduler, random } = this.machine;
    return new Promise<void>((resolve) => {
      if (life === this.life) scheduler.at(scheduler.now + random.between(fromMs, toMs), () => this.deliver(life, resolve));
    });
  }

  /** An answer that came by itself, not after a delay of ours. */
  answer(): Promise<void> {
    const { life } = this;
    return new Promise((resolve) => this.deliver(life, resolve));
  }

  /** Hands something to the life that waits for it, when it runs. */
  deliver(life: number, wake: () => void): void {
    if (life !== this.life) return;
    if (this.stopped) this.machine.scheduler.at(this.stoppedUntil, () => this.deliver(life, wake));
    else wake();
  }

  /** Starts something in this life; what a life leaves behind when it ends is forgotten. */
  start(run: () => Promise<void>, ended: (error?: unknown) => void): void {
    if (!this.alive) return;
    run().then(() => ended(), ended);
  }

  private disturb(point: string): void {
    const { occasions, trace } = this.machine;
    const meanwhile = occasions.next('meanwhile', point);
    if (meanwhile) this.machine.act(meanwhile.act, meanwhile.target);
    const crash = occasions.next('crash', point);
    if (crash) {
      trace(() => `${this.name} is killed at ${point}`);
      return this.crash(crash.ms, crash.noticedMs);
    }
    const pause = occasions.next('pause', point);
    if (!pause) return;
    trace(() => `${this.name} is stopped at ${point} for ${pause.ms} ms`);
    this.stop(pause.ms);
  }

  private crash(downMs: number, noticedMs: number): void {
    const { scheduler } = this.machine;
    this.life += 1;
    this.alive = false;
    for (const tx of this.transactions) scheduler.at(scheduler.now + noticedMs, () => tx.terminate());
    this.transactions.clear();
    this.hooks.died();
    scheduler.at(scheduler.now + downMs, () => {
      this.alive = true;
      this.stoppedUntil = 0;
      this.hooks.restarted();
    });
  }

  private stop(ms: number): void {
    const { scheduler } = this.machine;
    this.stoppedUntil = Math.max(this.stoppedUntil, scheduler.now + ms);
    const { life } = this;
    scheduler.at(scheduler.now + IDLE_IN_TRANSACTION_MS, () => {
      if (life === this.life && this.stopped) for (const tx of this.transactions) tx.terminate();
    });
  }
}
