import { describe, expect, it } from '@jest/globals';
import type { PageStatus } from '../../pages/page.js';
import { ELEVEN_ZONES } from './deadlines.spec-support.js';
import { pageDeadlines } from './page-deadlines.js';

const AT = new Date('2026-12-31T20:30:00Z');
const page = (changes: object = {}) =>
  pageDeadlines({
    name: 'Елизово',
    network: 'vk',
    status: 'connected',
    credentialsExpireAt: AT,
    timeZone: 'Europe/Moscow',
    ...changes,
  });

describe('the date of a page', () => {
  it.each(ELEVEN_ZONES)('is the day in %s on which its secrets end', (timeZone) => {
    // Moscow is the last zone in which the old year still runs.
    const isOld = ELEVEN_ZONES.indexOf(timeZone) <= 1;
    expect(page({ timeZone })).toMatchObject([{ dueOn: isOld ? '2026-12-31' : '2027-01-01', dueAt: AT, passesAt: AT }]);
  });

  it.each<[PageStatus, number]>([
    ['connected', 1],
    // Its secrets have ended, and nobody has brought new ones.
    ['broken', 1],
    ['disconnected', 0],
    ['notConnected', 0],
  ])('of a page that is %s: %s', (status, count) => {
    expect(page({ status })).toHaveLength(count);
  });

  it('is none when they renew themselves or nobody knows', () => {
    expect(page({ credentialsExpireAt: null })).toEqual([]);
  });
});
