import { describe, expect, it } from '@jest/globals';
import { CONTRACT_STATUSES, type ContractStatus, period, transitionsFrom } from './contract.js';

describe('a contract', () => {
  it.each<[ContractStatus, ContractStatus, boolean]>([
    ['draft', 'signed', true],
    ['draft', 'active', false],
    ['draft', 'cancelled', true],
    ['signed', 'active', true],
    ['signed', 'cancelled', true],
    ['signed', 'draft', false],
    ['active', 'terminated', true],
    ['active', 'cancelled', false],
    ['active', 'signed', false],
    ['terminated', 'active', false],
    ['cancelled', 'draft', false],
  ])('from %s to %s: %s', (from, to, allowed) => {
    expect(transitionsFrom(from).includes(to)).toBe(allowed);
  });

  it('has no way back to an earlier status from anywhere', () => {
    const order = [...CONTRACT_STATUSES];
    for (const from of order)
      for (const to of transitionsFrom(from)) expect(order.indexOf(to)).toBeGreaterThan(order.indexOf(from));
  });

  it.each([
    ['Europe/Kaliningrad', '2026-12-31T22:00:00.000Z'],
    ['Europe/Moscow', '2026-12-31T21:00:00.000Z'],
    ['Asia/Yekaterinburg', '2026-12-31T19:00:00.000Z'],
    ['Asia/Kamchatka', '2026-12-31T12:00:00.000Z'],
  ])('that ends on 31 December in %s is in force until %s, not included', (zone, end) => {
    expect(period({ startsOn: '2026-01-01', endsOn: '2026-12-31' }, zone).endsAt.toISOString()).toBe(end);
  });
});
