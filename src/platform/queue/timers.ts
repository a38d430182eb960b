import { Inject, Injectable } from '@nestjs/common';
import { withDeadline } from '../clock/deadline.js';
import { Handlers } from './handlers.js';
import type { TimerDefinition } from './job.js';
import { QUEUE_SETTINGS, QueueLog, type WorkerSettings } from './settings.js';
import { TimerLoop } from './timer-loop.js';

/** A run that lasts longer is reported by `QueueActivity.health`: nothing periodic should take so long. */
const TOO_LONG_MS = 5 * 60_000;

/** Periodic work of this process. */
@Injectable()
export class Timers {
  private made: ReadonlyMap<string, TimerLoop> | undefined;

  constructor(
    private readonly handlers: Handlers,
    private readonly log: QueueLog,
    @Inject(QUEUE_SETTINGS) private readonly settings: WorkerSettings,
  ) {}

  start(): void {
    if (this.settings.timers === 'manual') return;
    for (const loop of this.loops.values()) loop.start();
  }

  /** Runs it now, after a run that is under way. Rejects with the handler's error. */
  async runOnce(timer: TimerDefinition): Promise<void> {
    await this.loop(timer).runOnce();
  }

  /** Brings the next run forward; does nothing when timers are manual. */
  wake(timer: TimerDefinition): void {
    this.loop(timer).wake();
  }

  /** Aborts running timers and waits for them for at most `graceMs`. */
  async stop(graceMs: number): Promise<void> {
    const stopped = Promise.all([...this.loops.values()].map((loop) => loop.stop()));
    await withDeadline('Stopping the timers', graceMs, stopped).catch((error: unknown) =>
      this.log.warn({ err: error }, 'a timer ignored its signal'),
    );
  }

  get stuck(): readonly string[] {
    return [...this.loops].filter(([, loop]) => loop.runningMs > TOO_LONG_MS).map(([name]) => name);
  }

  /** Made on first use: handlers are known only when the application is complete. */
  private get loops(): ReadonlyMap<string, TimerLoop> {
    this.made ??= new Map(this.handlers.timers.map((timer) => [timer.definition.name, new TimerLoop(timer, this.log)]));
    return this.made;
  }

  private loop(timer: TimerDefinition): TimerLoop {
    const loop = this.loops.get(timer.name);
    if (!loop) throw new Error(`This process has no timer "${timer.name}"`);
    return loop;
  }
}
