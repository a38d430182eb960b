import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { REQUIREMENT_PERIODS, type RequirementPeriod } from '../../contracts/requirement.js';
import { addDays } from '../../../platform/clock/days.js';
import { daysBetween } from './days.js';
import { periodsOf } from './periods.js';

describe('periods', () => {
  it.each<[RequirementPeriod, string, string, [string, string, number][]]>([
    [
      'week',
      '2026-12-30',
      '2027-01-05',
      [
        ['2026-12-30', '2027-01-03', 7],
        ['2027-01-04', '2027-01-05', 7],
      ],
    ],
    [
      'month',
      '2028-02-29',
      '2028-03-31',
      [
        ['2028-02-29', '2028-02-29', 29],
        ['2028-03-01', '2028-03-31', 31],
      ],
    ],
    [
      'quarter',
      '2026-11-15',
      '2027-01-01',
      [
        ['2026-11-15', '2026-12-31', 92],
        ['2027-01-01', '2027-01-01', 90],
      ],
    ],
    ['term', '2026-11-15', '2027-01-01', [['2026-11-15', '2027-01-01', 48]]],
  ])('by %s from %s until %s', (kind, from, until, expected) => {
    expect(periodsOf(kind, from, until).map(({ startsOn, endsOn, fullDays }) => [startsOn, endsOn, fullDays])).toEqual(expected);
  });

  it('hold each day once', () => {
    fc.assert(
      fc.property(fc.constantFrom(...REQUIREMENT_PERIODS), fc.nat(3_000), fc.nat(900), (kind, start, length) => {
        const from = addDays('2024-01-01', start);
        const until = addDays(from, length);
        const periods = periodsOf(kind, from, until);
        expect([periods[0]!.startsOn, periods.at(-1)!.endsOn]).toEqual([from, until]);
        for (const [i, period] of periods.entries()) {
          expect(daysBetween(period.startsOn, period.endsOn)).toBeGreaterThan(0);
          if (i > 0) expect(period.startsOn).toBe(addDays(periods[i - 1]!.endsOn, 1));
        }
      }),
    );
  });
});
