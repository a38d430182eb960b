import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { type PlannedStage, planProblems, planStages, splitBy, splitEqually, type StagePlan, sumOf } from './stage-plan.js';

const plan = (kind: StagePlan['kind'], shares: StagePlan['shares'] = 'equal', calendar: PlannedStage[] = []): StagePlan => ({
  ...{ kind, shares, calendar },
});
const term = (startsOn: string, endsOn: string, priceKopecks = 100_000_000n) => ({ startsOn, endsOn, priceKopecks });
const days = (stages: readonly PlannedStage[]) => stages.map(({ startsOn, endsOn }) => `${startsOn}…${endsOn}`);
const dayOf = (shift: number) => new Date(Date.UTC(2025, 0, 1 + shift)).toISOString().slice(0, 10);

const terms = fc
  .record({ from: fc.integer({ min: 0, max: 800 }), length: fc.integer({ min: 0, max: 900 }), price: fc.bigInt(0n, 10n ** 13n) })
  .map(({ from, length, price }) => term(dayOf(from), dayOf(from + length), price));
const generated = fc
  .record({
    kind: fc.constantFrom('single' as const, 'monthly' as const, 'quarterly' as const),
    shares: fc.constantFrom('equal' as const, 'byDays' as const),
  })
  .map(({ kind, shares }) => plan(kind, shares));

describe('a price over stages', () => {
  it('of a million in twelve gives the rest to the last', () => {
    expect(splitEqually(100_000_000n, 12)).toEqual([...Array.from({ length: 11 }, () => 8_333_333n), 8_333_337n]);
  });

  it.each<[bigint, number[], bigint[]]>([
    [100n, [31, 28, 31], [35n, 31n, 34n]],
    [10n, [1, 1, 1], [4n, 3n, 3n]],
    [0n, [3, 4], [0n, 0n]],
    [7n, [1], [7n]],
  ])('of %i by %p days: largest remainders first', (total, weights, expected) => {
    expect(splitBy(total, weights)).toEqual(expected);
  });
});

describe('stages', () => {
  it('by months of a term that begins and ends within them', () => {
    expect(days(planStages(term('2026-01-12', '2026-03-10'), plan('monthly')))).toEqual([
      ...['2026-01-12…2026-01-31', '2026-02-01…2026-02-28', '2026-03-01…2026-03-10'],
    ]);
  });

  it('by months know 29 February', () => {
    expect(days(planStages(term('2028-02-01', '2028-02-29'), plan('monthly')))).toEqual(['2028-02-01…2028-02-29']);
  });

  it('by quarters over the turn of a year', () => {
    expect(days(planStages(term('2026-11-15', '2027-04-01'), plan('quarterly')))).toEqual([
      ...['2026-11-15…2026-12-31', '2027-01-01…2027-03-31', '2027-04-01…2027-04-01'],
    ]);
  });

  it('whatever the term, cover each of its days once and make its price to the kopeck', () => {
    fc.assert(
      fc.property(terms, generated, (whole, by) => {
        const stages = planStages(whole, by);
        expect(sumOf(stages)).toBe(whole.priceKopecks);
        expect(planProblems(whole, stages)).toEqual([]);
        expect([stages[0]!.startsOn, stages.at(-1)!.endsOn]).toEqual([whole.startsOn, whole.endsOn]);
        stages.slice(1).forEach((one, i) => expect(Date.parse(one.startsOn) - Date.parse(stages[i]!.endsOn)).toBe(86_400_000));
      }),
    );
  });

  it('shared by days differ by no more than a kopeck from the exact share', () => {
    fc.assert(
      fc.property(terms, (whole) => {
        const stages = planStages(whole, plan('monthly', 'byDays'));
        const length = (one: { startsOn: string; endsOn: string }) =>
          BigInt((Date.parse(one.endsOn) - Date.parse(one.startsOn)) / 86_400_000 + 1);
        for (const one of stages) {
          const exact = whole.priceKopecks * length(one);
          const off = one.amountKopecks * length(whole) - exact;
          expect((off < 0n ? -off : off) <= length(whole)).toBe(true);
        }
      }),
    );
  });

  it('that are over stay as they were under an addendum, and the others make up the new price', () => {
    fc.assert(
      fc.property(terms, generated, fc.nat(), fc.bigInt(0n, 10n ** 12n), (whole, by, cut, more) => {
        const before = planStages(whole, by);
        const kept = before.slice(0, cut % before.length);
        const changed = { ...whole, priceKopecks: whole.priceKopecks + more };
        const after = planStages(changed, by, kept);
        expect(after.slice(0, kept.length)).toEqual(kept);
        expect(planProblems(changed, after, kept)).toEqual([]);
      }),
    );
  });

  const stage = (startsOn: string, endsOn: string, amountKopecks: bigint): PlannedStage => ({
    ...{ title: 'Этап', startsOn, endsOn, amountKopecks },
  });
  const [first, second] = [stage('2026-01-01', '2026-01-31', 40n), stage('2026-02-01', '2026-02-28', 60n)];
  const two = term('2026-01-01', '2026-02-28', 100n);
  it.each<[string, PlannedStage[], PlannedStage[], typeof two, string]>([
    ['another sum', [first, { ...second, amountKopecks: 61n }], [], two, 'stagePlan'],
    ['stages that overlap', [first, { ...second, startsOn: '2026-01-31' }], [], two, 'stagePlan'],
    ['a stage beyond the term', [first, { ...second, endsOn: '2026-03-01' }], [], two, 'stagePlan'],
    ['a stage that ends before it begins', [first, { ...second, endsOn: '2026-01-31' }], [], two, 'stagePlan'],
    [
      'another sum for what is over',
      [
        { ...first, amountKopecks: 41n },
        { ...second, amountKopecks: 59n },
      ],
      [first],
      two,
      'stagePlan',
    ],
    [
      'less than what is over costs',
      [first, { ...second, amountKopecks: -10n }],
      [first],
      { ...two, priceKopecks: 30n },
      'priceKopecks',
    ],
    ['an end before what is over', [first], [first], term('2026-01-01', '2026-01-30', 40n), 'endsOn'],
  ])('are refused with %s', (_, stages, kept, whole, field) => {
    expect(planProblems(whole, stages, kept)[0]?.field).toBe(field);
  });
});
