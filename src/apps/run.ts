import { ConfigurationError } from '../platform/config/environment.js';

/** Anything that runs until it is told to stop. */
export interface Running {
  close(): Promise<unknown>;
}

/**
 * Runs a process: starts it, stops it in order at SIGTERM or Ctrl-C, and says in words why it could not start.
 * A second signal ends it at once.
 */
export async function run(start: () => Promise<Running>): Promise<void> {
  try {
    const running = await start();
    const stop = () => {
      void running.close().then(
        () => process.exit(0),
        (error: unknown) => fail(error),
      );
    };
    for (const signal of ['SIGTERM', 'SIGINT'] as const) process.once(signal, stop);
  } catch (error) {
    fail(error);
  }
}

function fail(error: unknown): never {
  const expected = error instanceof ConfigurationError;
  process.stderr.write(`${expected ? error.message : error instanceof Error ? error.stack : String(error)}\n`);
  process.exit(1);
}
