import { describe, expect, it } from '@jest/globals';
import { DeadlinePassed, withDeadline } from './deadline.js';

const after = <T>(ms: number, value: T): Promise<T> => new Promise((resolve) => setTimeout(resolve, ms, value));

/** This process does nothing at all for a while, as when the machine stopped it. */
function standStill(ms: number): void {
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, ms);
}

describe('a deadline', () => {
  it('hands over what came in time, and what went wrong in time', async () => {
    await expect(withDeadline('Asking', 10_000, after(1, 'here'))).resolves.toBe('here');
    await expect(withDeadline('Asking', 10_000, Promise.reject(new Error('refused')))).rejects.toThrow('refused');
  });

  it('says what took too long', async () => {
    const asked = withDeadline('Asking', 30, new Promise(() => undefined));
    await expect(asked).rejects.toThrow(new DeadlinePassed('Asking', 30));
  });

  it('does not take the time that this process stood still for the other side’s silence', async () => {
    const asked = withDeadline('Asking', 60, after(65, 'here'));
    standStill(150);
    await expect(asked).resolves.toBe('here');
  });
});
