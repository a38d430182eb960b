import { endOfDay, startOfDay } from '../../platform/clock/zones.js';
import type { Clauses } from './clauses.js';
import type { PlannedStage } from './stage-plan.js';

/** What was agreed, from which day on it holds, and when it was recorded. Never changed: see `versionAt`. */
export interface AgreedVersion {
  /** 1 is the contract as it was signed, each addendum makes the next. */
  readonly number: number;
  /** First day on which it holds, `YYYY-MM-DD` in the contract's zone; an addendum may reach back. */
  readonly effectiveOn: string;
  readonly recordedAt: Date;
  readonly startsOn: string;
  readonly endsOn: string;
  readonly pageIds: readonly string[];
}

/** Requisites of a party on the day of signing. */
export interface PartyRequisites {
  readonly name: string;
  readonly inn: string;
  readonly kpp: string | null;
  readonly ogrn: string;
  readonly address: string | null;
}

/** A version with everything that the paper says. */
export interface ContractVersion extends AgreedVersion {
  /** The day of the last signature under it. */
  readonly agreedOn: string;
  /** Null of the contract itself. */
  readonly addendumNumber: string | null;
  readonly reason: string | null;
  readonly subject: string;
  readonly priceKopecks: bigint;
  readonly clauses: Clauses;
  readonly requisites: { readonly customer: PartyRequisites; readonly contractor: PartyRequisites };
  readonly stages: readonly PlannedStage[];
  readonly recordedBy: string;
}

/** A page may be published on in `[from, until)`. */
export interface CoveredInterval {
  readonly pageId: string;
  readonly from: Date;
  readonly until: Date;
}

/**
 * The version that holds on a day, as it was known at an instant: of those recorded by then and effective, the last one made. With
 * the same `knownAt` the answer never changes, whatever is agreed later.
 */
export function versionAt<V extends AgreedVersion>(versions: readonly V[], day: string, knownAt: Date): V | undefined {
  const known = versions.filter(({ effectiveOn, recordedAt }) => effectiveOn <= day && recordedAt <= knownAt);
  return known.reduce<V | undefined>((last, one) => (!last || one.number > last.number ? one : last), undefined);
}

/**
 * When which page is covered: at each instant by the version that holds then. The first version holds from its own beginning
 * on, also when a later one is effective from a later day.
 */
export function coverage(versions: readonly AgreedVersion[], timeZone: string): CoveredInterval[] {
  const starts = [...new Set(versions.map(({ effectiveOn }) => effectiveOn))].sort();
  const known = new Date(Math.max(...versions.map(({ recordedAt }) => recordedAt.getTime())));
  const pieces = starts.flatMap((day, i) => {
    const version = versionAt(versions, day, known)!;
    const next = starts[i + 1];
    const from = later(startOfDay(day, timeZone), startOfDay(version.startsOn, timeZone));
    const end = endOfDay(version.endsOn, timeZone);
    const until = next === undefined ? end : earlier(end, startOfDay(next, timeZone));
    return from < until ? version.pageIds.map((pageId) => ({ pageId, from, until })) : [];
  });
  return joined(pieces);
}

/** Intervals of a page that touch become one. @param pieces in order of time */
function joined(pieces: readonly CoveredInterval[]): CoveredInterval[] {
  const open = new Map<string, CoveredInterval>();
  const closed: CoveredInterval[] = [];
  for (const piece of pieces) {
    const before = open.get(piece.pageId);
    if (before && before.until < piece.from) closed.push(before);
    const from = before && before.until >= piece.from ? before.from : piece.from;
    open.set(piece.pageId, { ...piece, from });
  }
  return [...closed, ...open.values()];
}

function later(a: Date, b: Date): Date {
  return a > b ? a : b;
}

function earlier(a: Date, b: Date): Date {
  return a < b ? a : b;
}
