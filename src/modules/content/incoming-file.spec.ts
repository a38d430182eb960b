import { describe, expect, it } from '@jest/globals';
import { createHash } from 'node:crypto';
import { buffer } from 'node:stream/consumers';
import { IncomingFile, TooLong } from './incoming-file.js';

function aFile(...pieces: string[]): { file: IncomingFile; taken: () => number } {
  let taken = 0;
  const source = async function* () {
    for (const piece of pieces) {
      taken += 1;
      yield Buffer.from(piece);
    }
  };
  return { file: new IncomingFile('a.txt', source()), taken: () => taken };
}

describe('a file on its way in', () => {
  it('can be looked at before it is read, and is read whole afterwards', async () => {
    const { file, taken } = aFile('ab', 'cd', 'ef', 'gh');
    expect(Buffer.from(await file.beginning(3)).toString()).toBe('abcd');
    expect(taken()).toBe(2);
    expect((await buffer(file.read(100))).toString()).toBe('abcdefgh');
    expect(file.measured()).toEqual({ bytes: 8, sha256: createHash('sha256').update('abcdefgh').digest('hex') });
  });

  it('shorter than the look is shown whole', async () => {
    const { file } = aFile('ab');
    expect((await file.beginning(100)).length).toBe(2);
    expect((await buffer(file.read(2))).toString()).toBe('ab');
  });

  it('longer than it may be stops at the first byte too many, and what is left can be thrown away', async () => {
    const { file, taken } = aFile('ab', 'cd', 'ef');
    await expect(buffer(file.read(3))).rejects.toThrow(TooLong);
    expect(taken()).toBe(2);
    await file.discard();
    expect(taken()).toBe(3);
  });

  it('whose sender is gone is thrown away quietly', async () => {
    const source = async function* () {
      yield Buffer.from('ab');
      throw new Error('gone');
    };
    await expect(new IncomingFile('a', source()).discard()).resolves.toBeUndefined();
  });
});
