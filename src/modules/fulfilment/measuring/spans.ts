import type { ContractVersion } from '../../contracts/contract-version.js';
import { versionAt } from '../../contracts/contract-version.js';
import type { CountingRules, Requirement } from '../../contracts/requirement.js';
import { addDays } from '../../../platform/clock/days.js';
import { earlierDay, laterDay } from './days.js';

/** The days on which a line of the specification holds as it is, for the same pages and with the same counting. */
export interface Span {
  readonly requirement: Requirement;
  readonly counting: CountingRules;
  readonly pageIds: readonly string[];
  /** First and last day, both included. */
  readonly from: string;
  readonly until: string;
  /** The version of the contract that says so on its first day. */
  readonly version: number;
}

type Agreed = Pick<ContractVersion, 'number' | 'effectiveOn' | 'recordedAt' | 'startsOn' | 'endsOn' | 'pageIds' | 'clauses'>;

/**
 * The lines of all versions on the days on which they hold. An addendum that leaves a line alone does not interrupt it; one that
 * changes it, its pages or the counting begins another span.
 * @param lastDay the last day of a contract that was terminated
 */
export function spansOf(versions: readonly Agreed[], lastDay: string | null): Span[] {
  const known = new Date(Math.max(0, ...versions.map(({ recordedAt }) => recordedAt.getTime())));
  const starts = [...new Set(versions.map(({ effectiveOn }) => effectiveOn))].sort();
  const pieces = starts.flatMap((day, i) => {
    const version = versionAt(versions, day, known)!;
    const next = starts[i + 1];
    const from = laterDay(day, version.startsOn);
    const ends = [version.endsOn, lastDay ?? version.endsOn, next === undefined ? version.endsOn : addDays(next, -1)];
    const until = ends.reduce(earlierDay);
    return from <= until ? linesOf(version, from, until) : [];
  });
  return joined(pieces);
}

function linesOf({ clauses, pageIds, number }: Agreed, from: string, until: string): Span[] {
  const { requirements, counting } = clauses;
  return requirements.map((requirement) => ({
    requirement,
    counting,
    pageIds: [...pageIds].sort(),
    from,
    until,
    version: number,
  }));
}

/** @param pieces in order of time */
function joined(pieces: readonly Span[]): Span[] {
  const spans: Span[] = [];
  for (const piece of pieces) {
    const at = spans.findIndex((span) => addDays(span.until, 1) === piece.from && sameLine(span, piece));
    if (at < 0) spans.push(piece);
    else spans[at] = { ...spans[at]!, until: piece.until };
  }
  return spans;
}

function sameLine(a: Span, b: Span): boolean {
  const said = ({ requirement, counting, pageIds }: Span) => JSON.stringify([sorted(requirement), sorted(counting), pageIds]);
  return said(a) === said(b);
}

function sorted(object: object): [string, unknown][] {
  return Object.entries(object).sort(([a], [b]) => (a < b ? -1 : 1));
}
