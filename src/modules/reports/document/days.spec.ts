import { describe, expect, it } from '@jest/globals';
import { everyDay } from '../../../platform/clock/days.js';
import { daysBefore, daysInWords, weeksOf } from './days.js';

describe('the days of a report', () => {
  it.each([
    ['2026-12-01', '2026-12-31', '2026-11-01', '2026-11-30'],
    ['2026-03-01', '2026-03-31', '2026-02-01', '2026-02-28'],
    ['2026-12-07', '2026-12-13', '2026-11-30', '2026-12-06'],
    ['2026-12-01', '2026-12-30', '2026-11-01', '2026-11-30'],
  ])('%s to %s are compared with %s to %s', (startsOn, endsOn, from, until) => {
    expect(daysBefore({ startsOn, endsOn })).toEqual({ startsOn: from, endsOn: until });
  });

  it('are sevens from the first one on, and what is left', () => {
    const weeks = weeksOf({ startsOn: '2026-11-01', endsOn: '2026-11-30' });
    expect(weeks.map(({ startsOn, endsOn, isWhole }) => [startsOn.slice(8), endsOn.slice(8), isWhole])).toEqual([
      ...[
        ['01', '07', true],
        ['08', '14', true],
        ['15', '21', true],
        ['22', '28', true],
        ['29', '30', false],
      ],
    ]);
  });

  it('of a February make four whole weeks and nothing is left', () => {
    expect(weeksOf({ startsOn: '2026-02-01', endsOn: '2026-02-28' }).map(({ isWhole }) => isWhole)).toEqual([
      true,
      true,
      true,
      true,
    ]);
  });

  it.each([
    [{ startsOn: '2026-11-01', endsOn: '2026-11-30' }, 'ноябрь 2026 года', 30],
    [{ startsOn: '2026-11-02', endsOn: '2026-11-08' }, 'с 02.11.2026 по 08.11.2026', 7],
  ])('%j are said as "%s"', (days, words, count) => {
    expect([daysInWords(days), everyDay(days.startsOn, days.endsOn).length]).toEqual([words, count]);
  });
});
