import type { ContractStatus } from '../../contracts/contract-status.js';
import type { Totals } from '../measuring/totals.js';

/** Where the money of a contract is: each kopeck in one place, but for what is at risk. */
export interface Money {
  /** To be delivered, or refused and not submitted again. */
  readonly plannedKopecks: bigint;
  readonly submittedKopecks: bigint;
  readonly acceptedKopecks: bigint;
  readonly invoicedKopecks: bigint;
  readonly paidKopecks: bigint;
  /** Of what is planned or submitted: stages in which something is missing or will be at the present pace. */
  readonly atRiskKopecks: bigint;
}

/** What was due and has not come. */
export interface Late {
  readonly waitingFor: 'contractor' | 'client';
  readonly count: number;
  /** The oldest, `YYYY-MM-DD` in its client's zone. */
  readonly since: string;
}

export interface PortfolioLine {
  readonly contractId: string;
  readonly clientId: string;
  readonly number: string;
  readonly status: ContractStatus;
  readonly startsOn: string;
  readonly endsOn: string;
  readonly priceKopecks: bigint;
  readonly money: Money;
  readonly deliverables: Totals;
  readonly late: readonly Late[];
}

export interface PortfolioTotals {
  readonly contracts: number;
  readonly priceKopecks: bigint;
  readonly money: Money;
  readonly late: readonly Late[];
}

/** What a stage is worth, and in which days. */
export interface StageWorth {
  readonly startsOn: string;
  readonly endsOn: string;
  readonly amountKopecks: bigint;
  readonly state: string;
  /** Accepted, invoiced or paid: nothing of it is at risk any more. */
  readonly isAccepted: boolean;
}

/** A period in which something is missing, or will be. */
export interface Trouble {
  readonly endsOn: string;
}

const NOTHING: Money = {
  ...{ plannedKopecks: 0n, submittedKopecks: 0n, acceptedKopecks: 0n },
  ...{ invoicedKopecks: 0n, paidKopecks: 0n, atRiskKopecks: 0n },
};

/**
 * @param moved what is submitted, accepted, invoiced and paid
 * @param troubles periods that miss something, not excused; one that lies in two stages belongs to that in which it ends
 */
export function moneyOf(
  stages: readonly StageWorth[],
  moved: Omit<Money, 'plannedKopecks' | 'atRiskKopecks'>,
  troubles: readonly Trouble[],
): Money {
  const standing = stages.filter(({ state }) => state !== 'dropped');
  const all = sum(standing, ({ amountKopecks }) => amountKopecks);
  const beyond = moved.submittedKopecks + moved.acceptedKopecks + moved.invoicedKopecks + moved.paidKopecks;
  const open = all > beyond ? all - beyond : 0n;
  const atRisk = sum(
    standing.filter(
      (stage) => !stage.isAccepted && troubles.some(({ endsOn }) => stage.startsOn <= endsOn && endsOn <= stage.endsOn),
    ),
    ({ amountKopecks }) => amountKopecks,
  );
  const most = open + moved.submittedKopecks;
  return { ...moved, plannedKopecks: open, atRiskKopecks: atRisk < most ? atRisk : most };
}

export function totalsOfLines(lines: readonly PortfolioLine[]): PortfolioTotals {
  const money = Object.fromEntries(
    (Object.keys(NOTHING) as (keyof Money)[]).map((name) => [name, sum(lines, (line) => line.money[name])]),
  ) as unknown as Money;
  return {
    ...{ contracts: lines.length, priceKopecks: sum(lines, ({ priceKopecks }) => priceKopecks), money },
    late: (['contractor', 'client'] as const).flatMap((waitingFor): Late[] => {
      const mine = lines.flatMap(({ late }) => late.filter((one) => one.waitingFor === waitingFor));
      if (mine.length === 0) return [];
      const count = mine.reduce((all, one) => all + one.count, 0);
      return [{ waitingFor, count, since: mine.map(({ since }) => since).reduce((a, b) => (a < b ? a : b)) }];
    }),
  };
}

function sum<T>(of: readonly T[], kopecks: (one: T) => bigint): bigint {
  return of.reduce((all, one) => all + kopecks(one), 0n);
}
