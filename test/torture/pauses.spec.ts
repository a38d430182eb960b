import { describe, expect, it } from '@jest/globals';
import { resolve } from 'node:path';
import { pathToFileURL } from 'node:url';

type Judge = (evidence: object) => { violations: readonly { check: string; what: string }[] };
const { judge } = (await import(pathToFileURL(resolve('torture/oracle.mjs')).href)) as { judge: Judge };

const BEGAN = Date.parse('2026-11-24T09:00:00.000Z');
const iso = (seconds: number) => new Date(BEGAN + seconds * 1_000).toISOString();
const DUE = 110;

interface Told {
  readonly state?: string;
  /** Seconds after it was due. */
  readonly sentAfter: number | null;
  /** Until when its page was paused when the faults had ended, and when another post of that page was sent. */
  readonly pausedUntil?: number;
  readonly othersSent?: readonly number[];
}

/** What the oracle says of a post that was planned after the faults had ended. */
function saidOf({ state = 'published', sentAfter, pausedUntil, othersSent = [] }: Told): string[] {
  const row = (id: string, after: number | null) => ({
    ...{ id, post: id, page: 'page', network: 'ok', marker: id, dueAt: iso(DUE) },
    ...{ state, firstSentAt: after === null ? null : iso(DUE + after) },
  });
  const { violations } = judge({
    journal: [
      { kind: 'page', page: 'page', network: 'ok', externalId: '301', client: 'client', contractor: 'c' },
      {
        ...{ kind: 'schedule', post: 'ours', status: 200, pages: ['page'], publications: [{ id: 'ours', page: 'page' }] },
        ...{ sentAt: BEGAN + 101_000, ackAt: BEGAN + 101_100, due: BEGAN + DUE * 1_000, afterwards: true },
      },
    ],
    ...{ ledger: [], walls: [], faults: [], wire: [] },
    database: {
      publications: [row('ours', sentAfter), ...othersSent.map((after) => row(`other-${after}`, after))],
      ...{ attempts: [], looks: [], posts: [], lanes: [], contracts: [] },
    },
    run: {
      ...{ windowMs: 5_500, afterwardsWithinMs: 10_000, deaths: [], backlog: 0 },
      pausesWhenHealed: pausedUntil === undefined ? [] : [{ page: 'page', until: iso(DUE + pausedUntil) }],
      ...{ healedAt: BEGAN + 100_000, endedAt: BEGAN + 250_000 },
    },
  });
  return violations.filter(({ check }) => check === 'afterwards').map(({ what }) => what);
}

describe('a post that is planned when all is well again', () => {
  it('is late when nothing stood in its way', () => {
    expect(saidOf({ sentAfter: 60, othersSent: [55] })).toEqual(['went out 60000 ms late when all was well again']);
    expect(saidOf({ sentAfter: 10 })).toEqual([]);
  });

  it('is not late behind a pause of its page, nor behind what waited there before it', () => {
    expect(saidOf({ sentAfter: 60, pausedUntil: 52 })).toEqual([]);
    expect(saidOf({ sentAfter: 60, pausedUntil: 40, othersSent: [41, 55] })).toEqual([]);
  });

  it('is late when it goes out long after both', () => {
    expect(saidOf({ sentAfter: 60, pausedUntil: 40 })).toEqual(['went out 20000 ms late when all was well again']);
    const told = saidOf({ sentAfter: 60, pausedUntil: 40, othersSent: [45, 61] });
    expect(told).toEqual(['went out 15000 ms late when all was well again']);
  });

  it('must have gone out, and been sent, pause or not', () => {
    expect(saidOf({ sentAfter: null, pausedUntil: 40 })).toEqual(['went out Infinity ms late when all was well again']);
    const never = { state: 'scheduled', sentAfter: null, pausedUntil: 40 };
    expect(saidOf(never)).toEqual(['did not go out when all was well again']);
  });
});
