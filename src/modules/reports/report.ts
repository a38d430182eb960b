import type { Days } from './document/days.js';

/** `building`: its document is being made · `ready`: the newest version is frozen · `failed`: it could not be made, see `failure`. */
export const REPORT_STATES = ['building', 'ready', 'failed'] as const;
export type ReportState = (typeof REPORT_STATES)[number];

/** Who wanted it: a person, or a schedule. */
export const REPORT_KINDS = ['manual', 'monthly', 'weekly', 'stage'] as const;
export type ReportKind = (typeof REPORT_KINDS)[number];

/** The report of a contract's period; there is one of each. */
export interface Report extends Days {
  readonly id: string;
  readonly clientId: string;
  readonly contractId: string;
  readonly kind: ReportKind;
  readonly state: ReportState;
  /** How many versions are frozen. */
  readonly versions: number;
  /** The version that is wanted, and why, if it is a correction. */
  readonly wanted: number;
  readonly wantedReason: string | null;
  /** Null: a schedule. */
  readonly wantedBy: string | null;
  /** Why it could not be made, in Russian. */
  readonly failure: string | null;
  readonly createdAt: Date;
  readonly updatedAt: Date;
}

/** The document is one part of a version, each of its files another. @returns percent of the version that is wanted */
export function progressOf({ versions, wanted }: Report, files: readonly { readonly state: string }[]): number {
  if (versions < wanted) return 0;
  return Math.round((100 * (1 + files.filter(({ state }) => state === 'ready').length)) / (1 + files.length));
}

/** Letters with a version: how many wait or are on their way, and how the others ended. */
export interface Letters {
  readonly waiting: number;
  readonly sent: number;
  readonly refused: number;
  readonly unclear: number;
}

export const NO_LETTERS: Letters = { waiting: 0, sent: 0, refused: 0, unclear: 0 };

/** One frozen document, without its text. */
export interface ReportVersion {
  readonly reportId: string;
  readonly clientId: string;
  readonly number: number;
  /** Null of the first. */
  readonly reason: string | null;
  readonly sha256: string;
  readonly generator: string;
  readonly cutOffAt: Date;
  readonly requestedBy: string | null;
  readonly frozenAt: Date;
}

/** No report is longer. */
export const MOST_DAYS = 366;

/** Names a frozen version. */
export interface FrozenKey {
  readonly reportId: string;
  readonly number: number;
}
