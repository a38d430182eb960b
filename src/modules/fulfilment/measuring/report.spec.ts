import { describe, expect, it } from '@jest/globals';
import { at, handed, line } from './line.spec-support.js';
import { report } from './report.js';

const month = (startsOn: string, endsOn: string) =>
  line({ kind: 'report', count: null, period: 'month', workingDay: 5 }, { period: { startsOn, endsOn, fullDays: 31 } });

describe('a report', () => {
  it.each<[string, string, string, boolean]>([
    ['after November', '2026-11-30', '2026-12-07', false],
    ['after April: its first days are holidays', '2026-04-30', '2026-05-08', false],
    ['after December: nobody has loaded the next year yet', '2026-12-31', '2027-01-15', true],
  ])('is due on its working day %s', (_, endsOn, dueOn, provisional) => {
    const result = report.judge(month(`${endsOn.slice(0, 8)}01`, endsOn), { reports: [] }, at(`${endsOn}T12:00`));
    expect(result).toMatchObject({ dueOn, provisional, planned: 1, done: 0, state: 'open' });
  });

  it.each<[string, object]>([
    ['2026-12-07T23:59:59', { state: 'done', done: 1, missed: 0 }],
    ['2026-12-08T00:00:00', { state: 'missed', done: 0, missed: 1 }],
    // Of the month before.
    ['2026-11-06T12:00', { state: 'missed', done: 0, missed: 1 }],
  ])('that came %s', (local, expected) => {
    const november = month('2026-11-01', '2026-11-30');
    expect(report.judge(november, { reports: [handed('report', local)] }, at('2026-12-08T01:00'))).toMatchObject(expected);
  });

  it('is excused on its last day', () => {
    const excuses = [{ requirement: null, from: '2026-12-07', until: '2026-12-07' }];
    const result = report.judge({ ...month('2026-11-01', '2026-11-30'), excuses }, { reports: [] }, at('2026-12-08T00:00'));
    expect(result).toMatchObject({ state: 'excused', missed: 0, excused: 1 });
  });

  it('that nobody could tell of is not missed', () => {
    expect(report.judge(month('2026-11-01', '2026-11-30'), {}, at('2027-01-01T00:00'))).toMatchObject({
      state: 'noSource',
      done: null,
    });
  });
});
