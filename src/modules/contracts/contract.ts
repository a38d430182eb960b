import { endOfDay, startOfDay } from '../../platform/clock/zones.js';
import type { Clauses, TerminationGround } from './clauses.js';
import type { ContractKind } from './contract-kind.js';
import type { ContractStatus } from './contract-status.js';

export interface ContractTerms {
  readonly number: string;
  /** The day on which it was concluded. */
  readonly concludedOn: string;
  readonly kind: ContractKind;
  readonly subject: string;
  readonly priceKopecks: bigint;
  /** First and last day of the services, both included, in the client's zone. */
  readonly startsOn: string;
  readonly endsOn: string;
  readonly pageIds: readonly string[];
  readonly clauses: Clauses;
}

/** A contract by its newest version; what held on an earlier day is in its versions. */
export interface Contract extends ContractTerms {
  readonly id: string;
  readonly clientId: string;
  readonly timeZone: string;
  /** The instants that follow from days and zone: in force from `startsAt` until just before `endsAt`. */
  readonly startsAt: Date;
  readonly endsAt: Date;
  readonly status: ContractStatus;
  readonly signedOn: string | null;
  /** How many versions were agreed: none of a draft, 1 with the signature, one more with each addendum. */
  readonly versions: number;
  /** When a notice of termination takes effect. */
  readonly terminatesAt: Date | null;
  readonly terminatedAt: Date | null;
  readonly terminationGround: TerminationGround | null;
  readonly terminationReason: string | null;
  readonly noticeOn: string | null;
  readonly version: number;
  readonly createdAt: Date;
  readonly updatedAt: Date;
}

/** The half-open interval `[startsAt, endsAt)` of a contract whose days are meant in a zone. */
export function period(terms: Pick<ContractTerms, 'startsOn' | 'endsOn'>, timeZone: string): { startsAt: Date; endsAt: Date } {
  return { startsAt: startOfDay(terms.startsOn, timeZone), endsAt: endOfDay(terms.endsOn, timeZone) };
}
