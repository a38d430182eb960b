import { describe, expect, it } from '@jest/globals';
import { resultOf } from './try-outcome.js';

const answer = (status: number, body = '') =>
  resultOf({ kind: 'answer', status, contentType: 'text/plain', body: Buffer.from(body) });

describe('what came of a try', () => {
  it.each([
    [200, 'delivered'],
    [204, 'delivered'],
    [301, 'redirected'],
    [404, 'refused'],
    [410, 'gone'],
    [500, 'refused'],
  ])('%i is %s', (status, outcome) => {
    expect(answer(status)).toMatchObject({ status, outcome });
  });

  it.each([
    [{ kind: 'notSent', why: 'address' } as const, 'address'],
    [{ kind: 'notSent', why: 'connect' } as const, 'unreachable'],
    [{ kind: 'notSent', why: 'timeout' } as const, 'timeout'],
    [{ kind: 'lost', why: 'timeout' } as const, 'timeout'],
    [{ kind: 'lost', why: 'cut' } as const, 'broken'],
  ])('%p is %s', (lost, outcome) => {
    expect(resultOf(lost)).toEqual({ outcome, status: null, excerpt: null });
  });

  it('keeps the beginning of the answer, readable', () => {
    expect(answer(500, 'a\u0000\r\nb').excerpt).toBe('a b');
    expect(answer(500, '😀'.repeat(600)).excerpt).toBe('😀'.repeat(500));
  });
});
