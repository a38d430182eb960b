import { describe, expect, it } from '@jest/globals';
import { contentPlan } from './content-plan.js';
import { at, handed, line } from './line.spec-support.js';

const january = line(
  { kind: 'contentPlan', count: null, period: 'month', dayOfMonth: 25 },
  { period: { startsOn: '2027-01-11', endsOn: '2027-01-31', fullDays: 31 } },
);

describe('a content plan', () => {
  it.each<[string, number]>([
    ['2026-12-01T00:00', 1],
    ['2026-12-25T23:59:59', 1],
    ['2026-12-26T00:00', 0],
    ['2026-11-25T12:00', 0],
  ])('is handed over by the 25th of the month before: %s', (local, done) => {
    const result = contentPlan.judge(january, { contentPlans: [handed('plan', local)] }, at('2027-01-12T00:00'));
    expect(result).toMatchObject({ planned: 1, done, missed: 1 - done, dueOn: '2026-12-25' });
  });

  it('that came late says when', () => {
    const { notCounted } = contentPlan.judge(
      january,
      { contentPlans: [handed('plan', '2026-12-26T10:00')] },
      at('2027-01-12T00:00'),
    );
    expect(notCounted[0]!.reason).toBe('Передано 2026-12-26, последний день срока — 2026-12-25');
  });
});
