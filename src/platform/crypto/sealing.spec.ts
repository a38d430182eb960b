import { describe, expect, it } from '@jest/globals';
import { randomBytes } from 'node:crypto';
import { SealBroken, type SealedPlace, Sealer } from './sealing.js';

const first = { version: 1, key: randomBytes(32) };
const second = { version: 2, key: randomBytes(32) };
const place: SealedPlace = { contractorId: 'a', table: 'credentials', column: 'sealed', rowId: 'r' };

describe('a sealed secret', () => {
  const sealer = new Sealer([first]);
  const sealed = sealer.seal('vk1.a.секрет', place);

  it('opens in its place, and shows nothing of itself', () => {
    expect(sealer.open(sealed, place)).toBe('vk1.a.секрет');
    expect(sealed).not.toContain('vk1');
    expect(sealed).toMatch(/^v1\.1\./);
  });

  it.each<[string, Partial<SealedPlace>]>([
    ['tenant', { contractorId: 'b' }],
    ['table', { table: 'members' }],
    ['column', { column: 'other' }],
    ['row', { rowId: 's' }],
    ['row, with the border moved', { column: 'seale', rowId: 'dr' }],
  ])('does not open in another %s', (_, other) => {
    expect(() => sealer.open(sealed, { ...place, ...other })).toThrow(SealBroken);
  });

  it('does not open when any character of it is changed', () => {
    for (let i = 0; i < sealed.length; i += 1) {
      const changed = sealed.slice(0, i) + (sealed[i] === 'A' ? 'Q' : 'A') + sealed.slice(i + 1);
      // The last character of a base64url part may carry unused bits: such a change is no change.
      if (
        Buffer.from(changed.split('.').slice(2).join('.'), 'base64url').equals(
          Buffer.from(sealed.split('.').slice(2).join('.'), 'base64url'),
        )
      )
        continue;
      expect(() => sealer.open(changed, place)).toThrow(SealBroken);
    }
  });

  it.each(['', 'v1', 'v1.1...', 'v2.1.AAAA.AAAA.AAAA', 'v1.9.AAAA.AAAA.AAAA'])('is not %p', (text) => {
    expect(() => sealer.open(text, place)).toThrow(SealBroken);
  });

  it('is not of another format, whatever else it is', () => {
    expect(() => sealer.open(sealed.replace(/^v1/, 'v2'), place)).toThrow(SealBroken);
  });

  it('does not open by a shorter tag, which would be guessed sooner', () => {
    const [format, version, nonce, tag, body] = sealed.split('.');
    for (const bytes of [4, 8, 12, 15]) {
      const short = Buffer.from(tag!, 'base64url').subarray(0, bytes).toString('base64url');
      expect(() => sealer.open([format, version, nonce, short, body].join('.'), place)).toThrow(SealBroken);
    }
  });

  it('may be empty', () => {
    expect(sealer.open(sealer.seal('', place), place)).toBe('');
  });

  it('needs a key', () => {
    expect(() => new Sealer([])).toThrow('At least one sealing key is needed');
  });

  it('is different each time', () => {
    expect(new Set(Array.from({ length: 1_000 }, () => sealer.seal('x', place))).size).toBe(1_000);
  });

  it('survives a new key: old ones open what they sealed, the newest seals', () => {
    const both = new Sealer([first, second]);
    expect(both.open(sealed, place)).toBe('vk1.a.секрет');
    expect(both.seal('x', place)).toMatch(/^v1\.2\./);
    expect(both.open(both.seal('x', place), place)).toBe('x');
    expect(() => sealer.open(both.seal('x', place), place)).toThrow(SealBroken);
  });
});
