import { describe, expect, it } from '@jest/globals';
import { resolve } from 'node:path';
import { pathToFileURL } from 'node:url';

type Judge = (evidence: object) => { violations: readonly { check: string; what: string }[] };
const { judge } = (await import(pathToFileURL(resolve('torture/oracle.mjs')).href)) as { judge: Judge };

const BEGAN = Date.parse('2026-11-24T09:00:00.000Z');
const iso = (seconds: number) => new Date(BEGAN + seconds * 1_000).toISOString();
const DUE = 110;

/** What the oracle says of a post that was planned after the faults had ended. */
function saidOf(row: { state: string; firstSentAt: string | null }, pausedWhenHealed: readonly string[]): string[] {
  const publication = { id: 'publication', post: 'post', page: 'page', network: 'ok', marker: 'm', dueAt: iso(DUE), ...row };
  const { violations } = judge({
    journal: [
      { kind: 'page', page: 'page', network: 'ok', externalId: '301', client: 'client', contractor: 'c' },
      {
        ...{ kind: 'schedule', post: 'post', status: 200, pages: ['page'], publications: [{ id: 'publication', page: 'page' }] },
        ...{ sentAt: BEGAN + 101_000, ackAt: BEGAN + 101_100, due: BEGAN + DUE * 1_000, afterwards: true },
      },
    ],
    ...{ ledger: [], walls: [], faults: [], wire: [] },
    database: { publications: [publication], attempts: [], looks: [], posts: [], lanes: [], contracts: [] },
    run: {
      ...{ windowMs: 5_500, afterwardsWithinMs: 10_000, deaths: [], backlog: 0, pausedWhenHealed },
      ...{ healedAt: BEGAN + 100_000, endedAt: BEGAN + 250_000 },
    },
  });
  return violations.filter(({ check }) => check === 'afterwards').map(({ what }) => what);
}

describe('a post that is planned when all is well again', () => {
  const late = { state: 'published', firstSentAt: iso(DUE + 60) };

  it('is late on a page that nothing stood in the way of', () => {
    expect(saidOf(late, [])).toEqual(['went out 60000 ms late when all was well again']);
    expect(saidOf({ ...late, firstSentAt: iso(DUE + 10) }, [])).toEqual([]);
  });

  it('is not, where its network still wanted to be left alone; that it goes out is asked all the same', () => {
    expect(saidOf(late, ['page'])).toEqual([]);
    expect(saidOf({ state: 'scheduled', firstSentAt: null }, ['page'])).toEqual(['did not go out when all was well again']);
  });
});
