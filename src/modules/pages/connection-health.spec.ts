import { describe, expect, it } from '@jest/globals';
import { CAPABILITIES, type CallOutcome, type CapabilityMap } from '../../networks/network.js';
import { changedCapabilities, daysLeft, judgeCheck, noticeAt, secondsToCheck } from './connection-health.js';

const DAY_MS = 24 * 3_600_000;
const NOW = new Date('2026-11-24T09:00:00Z');
const inDays = (days: number): Date => new Date(NOW.getTime() + days * DAY_MS);
const because = (code: string) => ({ code, message: 'Сообщение.' });

describe('what a check of credentials says about their page', () => {
  it.each<[CallOutcome<unknown>, string]>([
    [{ kind: 'done', value: {} }, 'good'],
    [{ kind: 'credentialLost', reason: because('token-revoked') }, 'broken'],
    [{ kind: 'needsPerson', reason: because('captcha') }, 'broken'],
    [{ kind: 'needsPerson', reason: because('address-blocked') }, 'inconclusive'],
    [{ kind: 'refused', reason: because('right-missing') }, 'broken'],
    [{ kind: 'refused', reason: because('wrong-token-kind') }, 'broken'],
    [{ kind: 'refused', reason: because('our-configuration') }, 'inconclusive'],
    [{ kind: 'refused', reason: because('something-new') }, 'inconclusive'],
    [{ kind: 'retryLater', reason: because('no-answer'), afterMs: 60_000 }, 'inconclusive'],
    [{ kind: 'retryLater', reason: because('rate-limited'), afterMs: 1_000 }, 'inconclusive'],
  ])('%j: %s', (outcome, verdict) => {
    expect(judgeCheck(outcome, 0).kind).toBe(verdict);
  });

  it('is asked for again soon, then less and less often, and not before the network wishes', () => {
    const after = (failures: number, afterMs = 1_000) => {
      const verdict = judgeCheck({ kind: 'retryLater', reason: because('no-answer'), afterMs }, failures);
      return verdict.kind === 'inconclusive' ? verdict.afterSeconds / 60 : undefined;
    };
    expect([0, 1, 2, 3, 9].map((failures) => after(failures))).toEqual([15, 30, 60, 120, 360]);
    expect(after(0, 3 * 3_600_000)).toBe(180);
  });
});

describe('the daily check', () => {
  it('has a moment of its own for each page, spread over the day', () => {
    const moments = Array.from({ length: 240 }, (_, i) => {
      const at = NOW.getTime() / 1_000 + secondsToCheck(`page ${i}`, NOW);
      return Math.floor((at % 86_400) / 3_600);
    });
    expect(new Set(moments).size).toBe(24);
  });

  it('comes back to that moment, after whatever pause, and never twice within an hour', () => {
    const first = new Date(NOW.getTime() + secondsToCheck('page', NOW) * 1_000);
    for (const late of [0, 1, 59, 600, 5_000]) {
      const checked = new Date(first.getTime() + late * 60_000);
      const seconds = secondsToCheck('page', checked);
      expect(((checked.getTime() - first.getTime()) / 1_000 + seconds) % 86_400).toBe(0);
      expect(seconds).toBeGreaterThanOrEqual(3_600);
    }
  });
});

describe('the end of secrets', () => {
  it.each<[number, number | null, number | null, number | null]>([
    // days left, warned at, warns now, looks again with so many days left
    [100, null, null, 30],
    [30, null, 30, 14],
    [29.5, 30, null, 14],
    [14, 30, 14, 7],
    [10, null, 14, 7],
    [6, 30, 7, 1],
    [7, 7, null, 1],
    [1, 7, 1, 0],
    [0.5, 1, null, 0],
  ])('%d days before, warned at %s: warns at %s, looks again at %s', (left, warned, warn, next) => {
    const expiresAt = inDays(left);
    const nextAt = next === null ? null : new Date(expiresAt.getTime() - next * DAY_MS);
    expect(noticeAt(expiresAt, warned, NOW)).toEqual({ over: false, warn, nextAt });
  });

  it('is the end, and without one there is nothing to say', () => {
    expect(noticeAt(NOW, 1, NOW)).toEqual({ over: true, warn: null, nextAt: null });
    expect(noticeAt(null, null, NOW)).toEqual({ over: false, warn: null, nextAt: null });
    expect([daysLeft(inDays(0.2), NOW), daysLeft(inDays(7), NOW), daysLeft(inDays(-3), NOW)]).toEqual([1, 7, 0]);
  });
});

it('tells which capabilities went and which came', () => {
  const only = (...names: string[]) =>
    Object.fromEntries(CAPABILITIES.map((name) => [name, { allowed: names.includes(name) }])) as CapabilityMap;
  const before = only('publishText', 'publishPhoto');
  expect(changedCapabilities(before, only('publishText', 'find'))).toEqual({ lost: ['publishPhoto'], gained: ['find'] });
  expect(changedCapabilities(null, before)).toEqual({ lost: [], gained: ['publishText', 'publishPhoto'] });
});
