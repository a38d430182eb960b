import type { Figures, LineState } from './line.js';

export interface TotalledPeriod extends Figures {
  readonly state: LineState;
}

/** What many periods owe together. */
export interface Totals {
  readonly planned: number;
  readonly done: number;
  readonly scheduled: number;
  readonly atRisk: number;
  /** The soonest day on which something becomes impossible. */
  readonly impossibleOn: string | null;
  readonly missed: number;
  readonly excused: number;
  /** So many periods have no source of facts: they are in none of the other numbers. */
  readonly periodsWithoutSource: number;
}

export function totalsOf(periods: readonly TotalledPeriod[]): Totals {
  const told = periods.filter(({ done }) => done !== null);
  const sum = (of: (period: TotalledPeriod) => number | null) => told.reduce((total, period) => total + (of(period) ?? 0), 0);
  const days = told.flatMap(({ impossibleOn }) => impossibleOn ?? []).sort();
  return {
    ...{ planned: sum((one) => one.planned), done: sum((one) => one.done), scheduled: sum((one) => one.scheduled) },
    ...{ atRisk: sum((one) => one.atRisk), impossibleOn: days[0] ?? null, missed: sum((one) => one.missed) },
    ...{ excused: sum((one) => one.excused), periodsWithoutSource: periods.length - told.length },
  };
}
