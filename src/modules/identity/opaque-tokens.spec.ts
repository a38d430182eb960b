import { describe, expect, it } from '@jest/globals';
import { composeApiKey, composeToken, parseApiKey, parseToken, sha256, successorOf } from './opaque-tokens.js';

const CONTRACTOR = '019b76da-a800-7000-8000-000000000001';
const SECRET = 'A'.repeat(43);

describe('opaque tokens', () => {
  it('tell their contractor and are known by their hash', () => {
    const token = composeToken(CONTRACTOR, SECRET);
    expect(parseToken(token)).toEqual({ contractorId: CONTRACTOR, hash: sha256(token) });
  });

  it.each(['', '.', 'x.y', `${CONTRACTOR}.secret`, `${'0'.repeat(32)}.`, `${'0'.repeat(32)}.a.b`])('%p is no token', (text) => {
    expect(parseToken(text)).toBeUndefined();
  });

  it('have one successor, which another key would not give', () => {
    const token = composeToken(CONTRACTOR, SECRET);
    expect(successorOf(token, CONTRACTOR, 'key')).toBe(successorOf(token, CONTRACTOR, 'key'));
    expect(successorOf(token, CONTRACTOR, 'key')).not.toBe(successorOf(token, CONTRACTOR, 'other'));
  });
});

describe('an API key', () => {
  const key = composeApiKey(CONTRACTOR, SECRET);

  it('tells its contractor', () => {
    expect(parseApiKey(key)).toEqual({ contractorId: CONTRACTOR, hash: sha256(key) });
  });

  it('is refused by its checksum when any character is mistyped', () => {
    for (let i = 0; i < key.length; i += 1) {
      const mistyped = key.slice(0, i) + (key[i] === 'b' ? 'c' : 'b') + key.slice(i + 1);
      expect(parseApiKey(mistyped)).toBeUndefined();
    }
  });
});
