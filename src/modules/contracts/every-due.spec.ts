import { describe, expect, it } from '@jest/globals';
import { everyDue } from './every-due.js';

const open = new AbortController().signal;

describe('a round over what is due', () => {
  it('takes batches until nothing is left', async () => {
    const left = Array.from({ length: 450 }, (_, i) => i);
    const done: number[] = [];
    await everyDue(
      open,
      async (limit) => left.slice(0, limit),
      async () => void done.push(left.shift()!),
    );
    expect([done.length, left.length, new Set(done).size]).toEqual([450, 0, 450]);
  });

  it('goes on past one that fails, and tells it at the end', async () => {
    const done: string[] = [];
    const act = async (key: string) => (key === 'b' ? Promise.reject(new Error('b')) : void done.push(key));
    await expect(everyDue(open, async () => ['a', 'b', 'c'], act)).rejects.toThrow('1 of what was due failed');
    expect(done).toEqual(['a', 'c']);
  });

  it('stops when the worker stops', async () => {
    const stop = new AbortController();
    const done: string[] = [];
    await everyDue(
      stop.signal,
      async () => ['a', 'b'],
      async (key) => {
        done.push(key);
        stop.abort();
      },
    );
    expect(done).toEqual(['a']);
  });
});
