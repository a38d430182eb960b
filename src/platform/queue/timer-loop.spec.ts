import { describe, expect, it } from '@jest/globals';
import { defineTimer } from './job.js';
import { QueueLog } from './settings.js';
import { TimerLoop } from './timer-loop.js';

class Lines extends QueueLog {
  readonly errors: string[] = [];
  info(): void {}
  warn(): void {}
  error(_: object, message: string): void {
    this.errors.push(message);
  }
}

const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

function loopOf(run: (signal: AbortSignal) => Promise<void>, everyMs: number) {
  const log = new Lines();
  const loop = new TimerLoop({ definition: defineTimer({ name: 'a.b', everyMs }), handler: 'Handler', instance: { run } }, log);
  return { loop, log };
}

describe('A timer', () => {
  it('goes on after an error, which it logs', async () => {
    let runs = 0;
    const { loop, log } = loopOf(async () => {
      runs += 1;
      throw new Error('away');
    }, 5);
    loop.start();
    await pause(100);
    await loop.stop();
    expect(runs).toBeGreaterThan(2);
    expect(log.errors.length).toBe(runs);
  });

  it('woken while it runs, runs once more right after', async () => {
    let runs = 0;
    const { loop } = loopOf(async () => {
      runs += 1;
      await pause(30);
    }, 60_000);
    loop.start();
    await pause(10);
    for (let call = 0; call < 5; call += 1) loop.wake();
    await pause(120);
    await loop.stop();
    expect(runs).toBe(2);
  });

  it('stops with the run that is under way, whose signal it aborts', async () => {
    let ended = false;
    const { loop } = loopOf(async (signal) => {
      await new Promise((resolve) => signal.addEventListener('abort', resolve));
      ended = true;
    }, 5);
    loop.start();
    await pause(10);
    await loop.stop();
    expect(ended).toBe(true);
    loop.wake();
    await pause(20);
    expect(loop.runningMs).toBe(0);
  });

  it('tells who asks for a run how it failed', async () => {
    const { loop } = loopOf(() => Promise.reject(new Error('away')), 5);
    await expect(loop.runOnce()).rejects.toThrow('away');
  });
});
