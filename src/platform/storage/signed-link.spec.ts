import { createHmac } from 'node:crypto';
import { describe, expect, it } from '@jest/globals';
import { type Link, linkExpiry, signLink, verifyLink } from './signed-link.js';

const NOW = new Date('2026-03-01T09:00:00Z');
const SECRET = 'k'.repeat(32);
const LINK: Link = {
  purpose: 'media.download',
  contractorId: '0198c0de-0000-7000-8000-00000000000a',
  subject: '0198c0de-1111-7000-8000-000000000001',
  expiresAt: linkExpiry(NOW),
};
const FORGED = { kind: 'refused', reason: 'forged' };

const check = (token: string, purpose = LINK.purpose, secret = SECRET, now = NOW) => verifyLink(token, purpose, secret, now);
const bodyOf = (link: Link) => signLink(link, SECRET).split('.')[0]!;

describe('a signed link', () => {
  it('says whose and what it opens', () => {
    expect(check(signLink(LINK, SECRET))).toEqual({ kind: 'valid', contractorId: LINK.contractorId, subject: LINK.subject });
  });

  it('is safe inside an address', () => {
    expect(signLink({ ...LINK, subject: 'ключ/с пробелом?&#' }, SECRET)).toMatch(/^[A-Za-z0-9_.-]+$/);
  });

  it.each([
    ['valid', 'just before its end', -1],
    ['refused', 'at its end', 0],
    ['refused', 'after its end', 1],
  ])('is %s %s', (kind, _, afterEnd) => {
    const now = new Date(LINK.expiresAt.getTime() + afterEnd);
    expect(check(signLink(LINK, SECRET), LINK.purpose, SECRET, now).kind).toBe(kind);
  });

  it('says that it expired, so that a page can offer a new one', () => {
    expect(check(signLink(LINK, SECRET), LINK.purpose, SECRET, new Date('2026-03-01T09:05:00Z'))).toEqual({
      kind: 'refused',
      reason: 'expired',
    });
  });

  it('lives five minutes', () => {
    expect(linkExpiry(NOW)).toEqual(new Date('2026-03-01T09:05:00Z'));
  });

  it.each(['export.download', 'media.downloads', 'Media.download', ''])('opens nothing for the purpose %j', (purpose) => {
    expect(check(signLink(LINK, SECRET), purpose)).toEqual(FORGED);
  });

  it('opens nothing under another secret', () => {
    expect(check(signLink(LINK, SECRET), LINK.purpose, 'q'.repeat(32))).toEqual(FORGED);
  });

  it('opens nothing when any one character is changed, left out or doubled', () => {
    const token = signLink(LINK, SECRET);
    const tampered = [...token].flatMap((char, i) => {
      const [head, tail] = [token.slice(0, i), token.slice(i + 1)];
      return [`${head}${char === 'A' ? 'B' : 'A'}${tail}`, head + tail, head + char + char + tail];
    });
    expect(tampered.filter((changed) => check(changed).kind === 'valid')).toEqual([]);
  });

  it.each<[string, Partial<Link>]>([
    ['contractor', { contractorId: '0198c0de-0000-7000-8000-00000000000b' }],
    ['subject', { subject: '0198c0de-1111-7000-8000-000000000002' }],
    ['end', { expiresAt: new Date('2030-01-01') }],
  ])('opens nothing when its %s is swapped for another under the old signature', (_, change) => {
    const signature = signLink(LINK, SECRET).split('.')[1]!;
    expect(check(`${bodyOf({ ...LINK, ...change })}.${signature}`)).toEqual(FORGED);
  });

  it.each([
    ['nothing', ''],
    ['a dot', '.'],
    ['no signature', bodyOf(LINK)],
    ['an empty signature', `${bodyOf(LINK)}.`],
    ['a third part', `${signLink(LINK, SECRET)}.x`],
    ['padding', `${signLink(LINK, SECRET)}=`],
    ['a plain hash of the body', `${bodyOf(LINK)}.${createHmac('sha256', SECRET).update(bodyOf(LINK)).digest('base64url')}`],
    ['words of another alphabet', 'ссылка.подпись'],
    ['a megabyte', 'a'.repeat(1_000_000)],
    ['a line break', `${signLink(LINK, SECRET)}\n`],
  ])('is refused, without an error, when it is %s', (_, token) => {
    expect(check(token)).toEqual(FORGED);
  });

  it('is not confused by parts that move over a border', () => {
    const moved = { ...LINK, contractorId: `${LINK.contractorId}0`, subject: LINK.subject.slice(1) };
    expect(bodyOf(moved)).not.toBe(bodyOf(LINK));
  });

  it('cannot be made with a short secret or without an end', () => {
    expect(() => signLink(LINK, 'short')).toThrow(/32 characters/);
    expect(() => signLink({ ...LINK, expiresAt: new Date(Number.NaN) }, SECRET)).toThrow(/needs an end/);
  });
});
