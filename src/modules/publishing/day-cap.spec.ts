import { describe, expect, it } from '@jest/globals';
import { fullDay, networkDay } from './day-cap.js';

describe('the network’s day', () => {
  it.each([
    ['2026-12-01T06:00:00Z', '2026-12-01'],
    ['2026-12-01T20:59:59Z', '2026-12-01'],
    ['2026-12-01T21:00:00Z', '2026-12-02'],
  ])('%s is of %s', (at, day) => {
    const { name, from, to } = networkDay(new Date(at));
    expect([name, to.getTime() - from.getTime()]).toEqual([day, 86_400_000]);
    expect(from <= new Date(at) && new Date(at) < to).toBe(true);
  });

  it.each([
    [1, 500, false],
    [500, 500, false],
    [501, 500, true],
  ])('with %i of %i posts is full: %s', (planned, most, full) => {
    const warning = fullDay({ id: 'page', network: 'ВКонтакте' }, '2026-12-01', { planned, most });
    expect(warning !== undefined).toBe(full);
    if (warning)
      expect(warning.message).toContain('ВКонтакте принимает не больше 500 записей в сутки на одну страницу, а на 01.12.2026');
  });
});
