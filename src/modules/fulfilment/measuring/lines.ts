import type { NetworkName } from '../../../networks/network.js';
import type { ContractVersion } from '../../contracts/contract-version.js';
import type { WorkingDays } from '../../contracts/working-days.js';
import type { ExcusedDays, Line } from './line.js';
import { MEASURES } from './measures.js';
import { periodsOf } from './periods.js';
import { spansOf } from './spans.js';

/** All from which the lines of a contract follow. */
export interface Agreed {
  readonly versions: readonly ContractVersion[];
  /** Of a contract that was terminated. */
  readonly lastDay: string | null;
  readonly timeZone: string;
  readonly workingDays: WorkingDays;
  readonly networks: ReadonlyMap<string, NetworkName>;
  readonly excuses: readonly ExcusedDays[];
}

export interface PlannedLine extends Line {
  /** The version of the contract that says so. */
  readonly version: number;
}

/** Every line of a contract in each of its periods, in order of time. A period that owes nothing is none. */
export function linesOf({ versions, lastDay, networks, ...around }: Agreed): PlannedLine[] {
  const lines = spansOf(versions, lastDay).flatMap(({ requirement, counting, pageIds, from, until, version }) => {
    const pages = pageIds.flatMap((id) => (networks.has(id) ? [{ id, network: networks.get(id)! }] : []));
    const periods = periodsOf(requirement.period, from, until);
    return periods.map((period) => ({ ...around, requirement, counting, pages, period, version }));
  });
  return lines
    .filter((line) => MEASURES[line.requirement.kind].planned(line) !== 0)
    .sort((a, b) => (keyOf(a) < keyOf(b) ? -1 : 1));
}

/** Names a line in a period, and sorts by time. */
export function keyOf({ period, requirement }: Pick<Line, 'period' | 'requirement'>): string {
  return `${period.startsOn} ${requirement.code}`;
}
