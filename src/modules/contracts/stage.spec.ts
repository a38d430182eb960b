import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { nextStageStep, type StageState, stageTimes } from './stage.js';

const december = { title: 'Этап 12', startsOn: '2026-12-01', endsOn: '2026-12-31', amountKopecks: 0n };

describe('a stage', () => {
  it.each([
    ['Europe/Kaliningrad', '2026-11-30T22', '2026-12-31T22'],
    ['Europe/Moscow', '2026-11-30T21', '2026-12-31T21'],
    ['Europe/Samara', '2026-11-30T20', '2026-12-31T20'],
    ['Asia/Yekaterinburg', '2026-11-30T19', '2026-12-31T19'],
    ['Asia/Omsk', '2026-11-30T18', '2026-12-31T18'],
    ['Asia/Novosibirsk', '2026-11-30T17', '2026-12-31T17'],
    ['Asia/Irkutsk', '2026-11-30T16', '2026-12-31T16'],
    ['Asia/Yakutsk', '2026-11-30T15', '2026-12-31T15'],
    ['Asia/Vladivostok', '2026-11-30T14', '2026-12-31T14'],
    ['Asia/Magadan', '2026-11-30T13', '2026-12-31T13'],
    ['Asia/Kamchatka', '2026-11-30T12', '2026-12-31T12'],
  ])('of December in %s opens at %s:00 UTC and closes at %s:00 UTC', (zone, opens, closes) => {
    const { opensAt, closesAt } = stageTimes(december, zone);
    expect([opensAt.toISOString(), closesAt.toISOString()]).toEqual([`${opens}:00:00.000Z`, `${closes}:00:00.000Z`]);
  });

  const times = stageTimes(december, 'Asia/Kamchatka');
  it.each<[StageState, StageState | undefined, string | undefined]>([
    ['planned', 'open', '2026-11-30T12'],
    ['open', 'closing', '2026-12-31T12'],
    ['closing', 'reportReady', '2027-01-02T12'],
    ['reportReady', undefined, undefined],
    ['dropped', undefined, undefined],
  ])('that is %s becomes %p at %p', (state, to, hour) => {
    const step = nextStageStep({ state, ...times });
    expect([step?.to, step?.at.toISOString().slice(0, 13)]).toEqual([to, hour]);
  });

  it('goes through every state once and in order, at whatever moments the workers look', () => {
    const looks = fc.array(fc.integer({ min: -10, max: 60 }), { minLength: 1, maxLength: 30 });
    fc.assert(
      fc.property(looks, (days) => {
        let state: StageState = 'planned';
        const seen: StageState[] = [];
        for (const day of days) {
          const now = new Date(times.opensAt.getTime() + day * 86_400_000);
          for (let step = nextStageStep({ state, ...times }); step && step.at <= now; step = nextStageStep({ state, ...times })) {
            state = step.to;
            seen.push(state);
          }
        }
        expect(seen).toEqual(['open', 'closing', 'reportReady'].slice(0, seen.length));
        expect(seen.length).toBe([0, 31, 33].filter((day) => day <= Math.max(...days)).length);
      }),
    );
  });
});
