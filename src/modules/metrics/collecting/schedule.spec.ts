import { describe, expect, it } from '@jest/globals';
import { isDue, nextSnapshotAt } from './schedule.js';

const PUBLISHED = new Date('2026-12-01T06:00:00Z');
const after = (hours: number) => new Date(PUBLISHED.getTime() + hours * 3_600_000);
const looked = (hours: number | null) => ({ publishedAt: PUBLISHED, lastTakenAt: hours === null ? null : after(hours) });

describe('the schedule of snapshots', () => {
  it.each([
    ['never', null, 0],
    ['in its first hour', 0.5, 1.5],
    ['at the end of its first day', 23.9, 24.9],
    ['on its second day', 24, 30],
    ['on its fourth', 72, 96],
    ['after a month', 30 * 24, 37 * 24],
    ['at the end', 90 * 24 - 1, 97 * 24 - 1],
  ])('asks again of a post that was last looked at %s', (_, last, next) => {
    expect(nextSnapshotAt(looked(last))).toEqual(after(next));
  });

  it('asks no more of a post that is older than ninety days', () => {
    expect(nextSnapshotAt(looked(90 * 24))).toBeNull();
    expect(isDue(looked(90 * 24), after(200 * 24))).toBe(false);
    expect(isDue(looked(null), after(91 * 24))).toBe(false);
  });

  it('takes along what is nearly due', () => {
    expect(isDue(looked(1), after(1.8))).toBe(false);
    expect(isDue(looked(1), after(1.9))).toBe(true);
    expect(isDue(looked(100), after(119))).toBe(false);
    expect(isDue(looked(100), after(121))).toBe(true);
  });

  it('wants one snapshot after a downtime, however long it was', () => {
    expect(isDue(looked(1), after(500))).toBe(true);
    expect(isDue(looked(500), after(501))).toBe(false);
  });
});
