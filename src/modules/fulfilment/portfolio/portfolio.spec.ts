import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { totalsOf } from '../measuring/totals.js';
import { moneyOf, type PortfolioLine, type StageWorth, totalsOfLines } from './portfolio.js';

const stage = (month: number, changes: Partial<StageWorth> = {}): StageWorth => ({
  ...{ startsOn: `2027-0${month}-01`, endsOn: `2027-0${month}-28`, amountKopecks: 100_00n, state: 'open', isAccepted: false },
  ...changes,
});
const moved = (changes: Partial<Record<'submitted' | 'accepted' | 'invoiced' | 'paid', bigint>> = {}) => ({
  ...{ submittedKopecks: changes.submitted ?? 0n, acceptedKopecks: changes.accepted ?? 0n },
  ...{ invoicedKopecks: changes.invoiced ?? 0n, paidKopecks: changes.paid ?? 0n },
});

describe('where the money of a contract is', () => {
  it('is planned until it is submitted, and what was dropped is no money', () => {
    const money = moneyOf([stage(1), stage(2), stage(3, { state: 'dropped' })], moved({ submitted: 60_00n, paid: 40_00n }), []);
    expect(money).toMatchObject({ plannedKopecks: 100_00n, submittedKopecks: 60_00n, paidKopecks: 40_00n, atRiskKopecks: 0n });
  });

  it.each<[string, string[], Partial<StageWorth>, bigint]>([
    ['a week that misses posts', ['2027-01-17'], {}, 100_00n],
    ['two weeks of one stage, once', ['2027-01-17', '2027-01-24'], {}, 100_00n],
    ['a week that ends in the next stage, there', ['2027-02-01'], {}, 100_00n],
    ['a stage that is accepted all the same, not', ['2027-01-17'], { isAccepted: true }, 0n],
    ['a week beyond all stages, nowhere', ['2027-05-02'], {}, 0n],
  ])('is at risk: %s', (_, days, changes, atRisk) => {
    const stages = [stage(1, changes), stage(2, { ...changes })];
    expect(
      moneyOf(
        stages,
        moved(),
        days.map((endsOn) => ({ endsOn })),
      ).atRiskKopecks,
    ).toBe(atRisk);
  });

  it('is at risk only as far as it is not accepted', () => {
    expect(moneyOf([stage(1)], moved({ accepted: 70_00n }), [{ endsOn: '2027-01-17' }]).atRiskKopecks).toBe(30_00n);
  });

  it('is in exactly one place, whatever was submitted, accepted and paid', () => {
    const amount = fc.bigInt({ min: 0n, max: 10_000_00n });
    fc.assert(
      fc.property(
        fc.array(amount, { minLength: 1, maxLength: 12 }),
        fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { minLength: 4, maxLength: 4 }),
        (amounts, shares) => {
          const all = amounts.reduce((a, b) => a + b, 0n);
          let left = all;
          const parts = shares.map((share) => {
            const part = (left * BigInt(Math.floor(share * 1_000))) / 1_000n;
            left -= part;
            return part;
          });
          const money = moneyOf(
            amounts.map((amountKopecks) => stage(1, { amountKopecks })),
            moved({ submitted: parts[0]!, accepted: parts[1]!, invoiced: parts[2]!, paid: parts[3]! }),
            [{ endsOn: '2027-01-17' }],
          );
          const { plannedKopecks, submittedKopecks, acceptedKopecks, invoicedKopecks, paidKopecks, atRiskKopecks } = money;
          expect(plannedKopecks + submittedKopecks + acceptedKopecks + invoicedKopecks + paidKopecks).toBe(all);
          expect(atRiskKopecks <= plannedKopecks + submittedKopecks).toBe(true);
        },
      ),
    );
  });
});

describe('a portfolio', () => {
  const line = (changes: Partial<PortfolioLine>): PortfolioLine => ({
    ...{ contractId: 'c', clientId: 'k', number: '1', status: 'active', startsOn: '2027-01-01', endsOn: '2027-12-31' },
    ...{ priceKopecks: 100_00n, money: moneyOf([stage(1)], moved({ paid: 25_00n }), []), deliverables: totalsOf([]), late: [] },
    ...changes,
  });

  it('adds up its contracts, and says for whom everybody waits, since when', () => {
    const late = (waitingFor: 'contractor' | 'client', count: number, since: string) => ({ waitingFor, count, since });
    expect(
      totalsOfLines([
        line({ late: [late('client', 2, '2027-03-01')] }),
        line({ late: [late('client', 1, '2027-02-10'), late('contractor', 1, '2027-04-01')] }),
      ]),
    ).toEqual({
      ...{ contracts: 2, priceKopecks: 200_00n },
      money: { ...moneyOf([], moved({ paid: 50_00n }), []), plannedKopecks: 150_00n },
      late: [late('contractor', 1, '2027-04-01'), late('client', 3, '2027-02-10')],
    });
  });

  it('of nobody is empty', () => {
    expect(totalsOfLines([])).toMatchObject({ contracts: 0, priceKopecks: 0n, late: [] });
  });
});
