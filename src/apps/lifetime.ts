import { setTimeout as wait } from 'node:timers/promises';
import { ConfigurationError } from '../platform/config/environment.js';

/** A failure whose message is all that a reader needs. */
export class Failure extends Error {}

const SIGNALS = { SIGINT: 130, SIGTERM: 143, SIGHUP: 129 } as const;
/** Ctrl-C reaches us from the terminal and, a moment later, once more from npm: that is one wish to stop, not two. */
const SAME_WISH_MS = 1_000;
const SAY_EVERY_MS = 5_000;

/** What a process opened, in order, and whether it was told to stop. */
export class Lifetime {
  private readonly control = new AbortController();
  private readonly closers: { readonly what: string; readonly close: () => Promise<unknown> }[] = [];
  readonly signal = this.control.signal;

  /** Opens one thing and remembers how to close it. Whoever was told to stop meanwhile opens nothing more. */
  async open<T>(what: string, start: () => Promise<T>, close: (opened: T) => Promise<unknown>): Promise<T> {
    this.signal.throwIfAborted();
    const opened = await start();
    this.closers.unshift({ what, close: () => close(opened) });
    this.signal.throwIfAborted();
    return opened;
  }

  /** @throws when told to stop */
  async pause(ms: number): Promise<void> {
    await wait(ms, undefined, { signal: this.signal });
  }

  async untilStopped(): Promise<void> {
    if (this.signal.aborted) return;
    await new Promise((resolve) => this.signal.addEventListener('abort', resolve, { once: true }));
  }

  stop(): void {
    this.control.abort();
  }

  /** In the opposite order; one that fails does not keep the others open. */
  async close(): Promise<unknown[]> {
    const problems: unknown[] = [];
    for (const { what, close } of this.closers.splice(0)) {
      const slow = setInterval(() => process.stderr.write(`Still closing: ${what} …\n`), SAY_EVERY_MS);
      await close().catch((error: unknown) => problems.push(error));
      clearInterval(slow);
    }
    return problems;
  }
}

/**
 * Runs a process that cleans up after itself: at its end, at a failure, and at Ctrl-C or SIGTERM at any moment, also while
 * it starts. A second signal does not wait for anything.
 */
export async function runCleanly(live: (life: Lifetime) => Promise<void>): Promise<void> {
  const life = new Lifetime();
  let interrupted = 0;
  for (const signal of Object.keys(SIGNALS) as (keyof typeof SIGNALS)[]) {
    process.on(signal, () => {
      const now = performance.now();
      if (interrupted && now - interrupted > SAME_WISH_MS) process.exit(SIGNALS[signal]);
      if (interrupted) return;
      interrupted = now;
      process.exitCode = SIGNALS[signal];
      process.stderr.write('\nStopping …\n');
      life.stop();
    });
  }
  try {
    await live(life);
    process.exitCode = 0;
  } catch (error) {
    if (!interrupted) fail(error);
  }
  (await life.close()).forEach(fail);
  process.exit();
}

function fail(error: unknown): void {
  const expected = error instanceof Failure || error instanceof ConfigurationError;
  process.stderr.write(`${expected ? error.message : error instanceof Error ? error.stack : String(error)}\n`);
  process.exitCode = 1;
}
