import { describe, expect, it } from '@jest/globals';
import { period } from './contract.js';

describe('a contract', () => {
  it.each([
    ['Europe/Kaliningrad', '2026-12-31T22:00:00.000Z'],
    ['Europe/Moscow', '2026-12-31T21:00:00.000Z'],
    ['Asia/Yekaterinburg', '2026-12-31T19:00:00.000Z'],
    ['Asia/Kamchatka', '2026-12-31T12:00:00.000Z'],
  ])('that ends on 31 December in %s is in force until %s, not included', (zone, end) => {
    expect(period({ startsOn: '2026-01-01', endsOn: '2026-12-31' }, zone).endsAt.toISOString()).toBe(end);
  });
});
