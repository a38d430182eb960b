import type { BoundTimer } from './handlers.js';
import type { QueueLog } from './settings.js';

/** Repeats one timer's handler; a run never begins before the previous one has ended. */
export class TimerLoop {
  private readonly control = new AbortController();
  private tail: Promise<void> = Promise.resolve();
  private next: NodeJS.Timeout | undefined;
  private started = false;
  private ticking = false;
  private wanted = false;
  private since: number | undefined;

  constructor(
    private readonly timer: BoundTimer,
    private readonly log: QueueLog,
  ) {}

  start(): void {
    this.started = true;
    this.schedule(0);
  }

  /** Runs as soon as possible instead of at the next turn. */
  wake(): void {
    if (this.ticking) this.wanted = true;
    else if (this.started) this.schedule(0);
  }

  /** One run, after the one that is under way, if any. Rejects with the handler's error. */
  runOnce(): Promise<void> {
    const run = this.tail.then(() => this.run());
    this.tail = run.catch(() => undefined);
    return run;
  }

  /** No further run; resolves when the current one, whose signal is aborted, has ended. */
  async stop(): Promise<void> {
    this.started = false;
    clearTimeout(this.next);
    this.control.abort(new Error('The worker is shutting down'));
    await this.tail;
  }

  /** For how long the current run has lasted. */
  get runningMs(): number {
    return this.since === undefined ? 0 : performance.now() - this.since;
  }

  private schedule(ms: number): void {
    clearTimeout(this.next);
    this.next = setTimeout(() => void this.tick(), ms);
  }

  private async tick(): Promise<void> {
    this.ticking = true;
    this.wanted = false;
    try {
      await this.runOnce();
    } catch (error) {
      this.log.error({ timer: this.timer.definition.name, err: error }, 'timer failed; it goes on at its next turn');
    }
    this.ticking = false;
    if (this.started) this.schedule(this.wanted ? 0 : this.timer.definition.everyMs);
  }

  private async run(): Promise<void> {
    this.since = performance.now();
    try {
      await this.timer.instance.run(this.control.signal);
    } finally {
      this.since = undefined;
    }
  }
}
