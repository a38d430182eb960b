import type { RegionCode } from '../tenancy/regions.js';

export const QUIET_KINDS = ['mourning', 'emergency', 'electionSilence', 'other'] as const;
export type QuietKind = (typeof QUIET_KINDS)[number];

/** A time in which nothing goes out: for one client, for those of a region, or for all of the contractor's. */
export interface QuietPeriod {
  readonly id: string;
  /** Null: every client, or every one in the region. */
  readonly clientId: string | null;
  readonly regionCode: RegionCode | null;
  readonly kind: QuietKind;
  readonly title: string;
  readonly startsAt: Date;
  /** Null: until somebody ends it. */
  readonly endsAt: Date | null;
  readonly createdBy: string;
  readonly version: number;
  readonly createdAt: Date;
  readonly updatedAt: Date;
}
