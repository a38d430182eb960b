import { describe, expect, it } from '@jest/globals';
import { usualClauses } from '../../contracts/clauses.js';
import type { Requirement } from '../../contracts/requirement.js';
import { REQUIREMENT } from './line.spec-support.js';
import { spansOf } from './spans.js';

type Version = Parameters<typeof spansOf>[0][number];

const version = (number: number, effectiveOn: string, requirements: Requirement[], changes: Partial<Version> = {}): Version => ({
  ...{ number, effectiveOn, recordedAt: new Date(Date.UTC(2026, 0, number)), startsOn: '2026-01-01', endsOn: '2026-12-31' },
  ...{ pageIds: ['a', 'b'], clauses: { ...usualClauses('civilServices'), requirements } },
  ...changes,
});
const more = { ...REQUIREMENT, count: 5 };
const other = { ...REQUIREMENT, code: 'other' };
const of = (versions: Version[], lastDay: string | null = null) =>
  spansOf(versions, lastDay).map(({ requirement, from, until, version: number }) => [
    requirement.code,
    requirement.count,
    from,
    until,
    number,
  ]);

describe('the days on which a line holds', () => {
  it('are those of the contract', () => {
    expect(of([version(1, '2026-01-01', [REQUIREMENT])])).toEqual([['line', 3, '2026-01-01', '2026-12-31', 1]]);
  });

  it('end with the addendum that changes it', () => {
    expect(of([version(1, '2026-01-01', [REQUIREMENT]), version(2, '2026-05-01', [more])])).toEqual([
      ['line', 3, '2026-01-01', '2026-04-30', 1],
      ['line', 5, '2026-05-01', '2026-12-31', 2],
    ]);
  });

  it('go on over an addendum that leaves it alone, and one that only prolongs the contract', () => {
    const prolonged = version(3, '2026-07-01', [other, REQUIREMENT], { endsOn: '2027-01-31', pageIds: ['b', 'a'] });
    expect(of([version(1, '2026-01-01', [REQUIREMENT]), version(2, '2026-05-01', [REQUIREMENT, other]), prolonged])).toEqual([
      ['line', 3, '2026-01-01', '2027-01-31', 1],
      ['other', 3, '2026-05-01', '2027-01-31', 2],
    ]);
  });

  it('begin anew with other pages', () => {
    const wider = version(2, '2026-05-01', [REQUIREMENT], { pageIds: ['a', 'b', 'c'] });
    expect(of([version(1, '2026-01-01', [REQUIREMENT]), wider])).toHaveLength(2);
  });

  it('follow the addendum made last, also when it reaches back behind another', () => {
    const versions = [
      version(1, '2026-01-01', [REQUIREMENT]),
      version(2, '2026-08-01', [REQUIREMENT]),
      version(3, '2026-03-01', [more]),
    ];
    expect(of(versions)).toEqual([
      ['line', 3, '2026-01-01', '2026-02-28', 1],
      ['line', 5, '2026-03-01', '2026-12-31', 3],
    ]);
  });

  it('are over with the termination', () => {
    expect(of([version(1, '2026-01-01', [REQUIREMENT]), version(2, '2026-08-01', [more])], '2026-06-15')).toEqual([
      ['line', 3, '2026-01-01', '2026-06-15', 1],
    ]);
  });
});
