import { describe, expect, it } from '@jest/globals';
import { ClockJumps } from './clock-jump.js';

describe('the database’s clock against one that nobody sets', () => {
  const jumps = (...readings: [database: number, monotonic: number][]): number[] => {
    const clock = new ClockJumps();
    return readings.map(
      ([database, monotonic]) => clock.look({ database: database * 1_000, monotonic: monotonic * 1_000 }) / 1_000,
    );
  };

  it.each<[string, [number, number][], number[]]>([
    [
      'goes along',
      [
        [1_000, 5],
        [1_010, 15],
        [1_600, 605],
      ],
      [0, 0, 0],
    ],
    [
      'is slewed',
      [
        [1_000, 0],
        [1_070, 50],
        [1_140, 100],
        [1_210, 150],
      ],
      [0, 0, 0, 0],
    ],
    [
      'is set an hour ahead',
      [
        [1_000, 0],
        [4_610, 10],
        [4_620, 20],
      ],
      [0, 3_600, 0],
    ],
    [
      'is set an hour back',
      [
        [9_000, 0],
        [5_410, 10],
      ],
      [0, -3_600],
    ],
    [
      'is set a minute ahead: that happens to good clocks',
      [
        [1_000, 0],
        [1_065, 5],
      ],
      [0, 0],
    ],
  ])('%s', (_, readings, expected) => {
    expect(jumps(...readings)).toEqual(expected);
  });

  it('is right again when it jumped back', () => {
    const clock = new ClockJumps();
    clock.look({ database: 0, monotonic: 0 });
    clock.look({ database: 3_600_000, monotonic: 0 });
    expect(clock.returned).toBe(false);
    clock.look({ database: 20_000, monotonic: 10_000 });
    expect(clock.returned).toBe(true);
  });

  it('is away from where nobody doubts it any more, once the doubt had its minute to be written down', () => {
    const back = (acceptedAt: number): boolean => {
      const clock = new ClockJumps();
      clock.look({ database: 0, monotonic: 0 });
      clock.look({ database: 3_610_000, monotonic: 10_000 });
      const reading = { database: 3_600_000 + acceptedAt, monotonic: acceptedAt };
      clock.look(reading);
      clock.accept(reading);
      clock.look({ database: acceptedAt, monotonic: acceptedAt });
      return clock.returned;
    };
    expect([back(70_000), back(70_001)]).toEqual([true, false]);
  });

  it('is right again when it jumped back to within a minute, and not before', () => {
    const clock = new ClockJumps();
    clock.look({ database: 0, monotonic: 0 });
    clock.look({ database: 3_600_000, monotonic: 0 });
    clock.look({ database: 180_000, monotonic: 0 });
    expect(clock.returned).toBe(false);
    clock.look({ database: 60_000, monotonic: 0 });
    expect(clock.returned).toBe(true);
  });
});
