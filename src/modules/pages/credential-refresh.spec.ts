import { describe, expect, it } from '@jest/globals';
import { attentionTo } from './attention.js';
import type { ConnectionHealth } from './connection-health.js';
import { renewAgainInSeconds, renewInSeconds } from './credential-refresh.js';

const NOW = new Date('2026-11-24T09:00:00Z');
const MINUTE = 60;
const DAY = 86_400;

describe('renewing secrets', () => {
  it.each([
    ['an hour: with a third of it left', 60 * MINUTE, 40 * MINUTE],
    ['half an hour', 30 * MINUTE, 20 * MINUTE],
    ['nine minutes: five are kept', 9 * MINUTE, 4 * MINUTE],
    ['less than it takes: soon', 2 * MINUTE, MINUTE],
    ['a month: three days are enough', 30 * DAY, 27 * DAY],
  ])('begins in time when they live for %s', (_, life, renew) => {
    expect(renewInSeconds(new Date(NOW.getTime() + life * 1_000), NOW)).toBe(renew);
  });

  it('is tried again after a minute, then with growing pauses, and not before the network wishes', () => {
    expect([0, 1, 2, 3, 4, 5, 50].map((failures) => renewAgainInSeconds(failures) / MINUTE)).toEqual([1, 2, 5, 10, 20, 30, 30]);
    expect(renewAgainInSeconds(0, 600_000)).toBe(600);
  });
});

describe('what a person should look at', () => {
  const well: ConnectionHealth = {
    ...{ expiresAt: null, renews: false, checkFailures: 0, checkProblem: null },
    ...{ refreshFailures: 0, refreshProblem: null, unsureSince: null },
  };
  const connected = { status: 'connected', statusReason: null } as const;
  const problem = (code: string) => ({ code, message: `Сообщение: ${code}.` });
  const codes = (health: Partial<ConnectionHealth>, page: Parameters<typeof attentionTo>[0] = connected) =>
    attentionTo(page, { ...well, ...health }, NOW).map(({ code }) => code);
  const inDays = (days: number): Date => new Date(NOW.getTime() + days * DAY * 1_000);

  it.each<[string, Partial<ConnectionHealth>, string[]]>([
    ['a page that is well', {}, []],
    ['secrets that end in a year', { expiresAt: inDays(365) }, []],
    ['secrets that end in a week', { expiresAt: inDays(7) }, ['credentials-expiring']],
    ['secrets that end in an hour and renew themselves', { expiresAt: inDays(1 / 24), renews: true }, []],
    ['a check that failed once', { checkFailures: 1, checkProblem: problem('no-answer') }, []],
    ['checks that fail again and again', { checkFailures: 3, checkProblem: problem('no-answer') }, ['checks-failing']],
    ['a renewal that failed once', { renews: true, refreshFailures: 1, refreshProblem: problem('not-connected') }, []],
    [
      'a renewal that the network refuses',
      { renews: true, refreshFailures: 1, refreshProblem: problem('refresh-refused') },
      ['refresh-refused'],
    ],
    [
      'an answer that is lost',
      { renews: true, refreshFailures: 1, refreshProblem: problem('refresh-unsure'), unsureSince: NOW },
      ['refresh-unsure'],
    ],
  ])('%s', (_, health, expected) => {
    expect(codes(health)).toEqual(expected);
  });

  it('begins with what broke the page', () => {
    const page = { status: 'broken', statusReason: problem('token-revoked') } as const;
    expect(codes({ expiresAt: inDays(3) }, page)).toEqual(['token-revoked']);
    expect(attentionTo(page, undefined, NOW)).toEqual([problem('token-revoked')]);
  });
});
