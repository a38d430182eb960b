import type { Totals } from '../../fulfilment/measuring/totals.js';
import type { FrozenLine } from '../../fulfilment/acceptance/snapshot.js';
import type { Days, Week } from './days.js';
import type { Look } from './look.js';
import type { DayScore, PageNumbers, PostNumbers } from './report-numbers.js';

/** What made the document: another makeup, or another way of counting, gets the next number. */
export const GENERATOR = 'vestnik-reports/1';

export interface ReportParty {
  readonly name: string;
  readonly inn: string;
  readonly kpp: string | null;
  readonly ogrn: string;
}

export interface ReportContract {
  readonly id: string;
  readonly number: string;
  readonly concludedOn: string;
  readonly subject: string;
  /** The newest version that was known at the cut-off. */
  readonly version: number;
  readonly procurementCode: string | null;
  readonly registryNumber: string | null;
}

export interface ReportPage {
  readonly id: string;
  readonly network: string;
  readonly name: string | null;
  readonly url: string | null;
  /** Posts that stand, of the period and of the one before. */
  readonly posts: number;
  readonly postsBefore: number;
}

/** Evidence with instants as texts. */
interface ReportEvidence {
  readonly id: string;
  readonly kind: 'publication' | 'outsidePost' | 'other';
  readonly title: string | null;
  readonly url: string | null;
  readonly at: string;
}

export interface ReportLine extends Omit<FrozenLine, 'counted' | 'notCounted'> {
  /** False: its period goes on after the report's, so that it is not in the totals yet. */
  readonly endsHere: boolean;
  readonly counted: readonly ReportEvidence[];
  readonly notCounted: readonly (ReportEvidence & { readonly reason: string })[];
}

export interface ReportPost {
  readonly id: string;
  readonly kind: 'publication' | 'outsidePost';
  readonly postId: string | null;
  readonly pageId: string;
  readonly network: string;
  readonly title: string | null;
  readonly url: string | null;
  /** UTC, and what a clock on the client's wall showed. */
  readonly at: string;
  readonly local: string;
  readonly standing: 'stands' | 'deleted';
  readonly origin: string;
  readonly isDouble: boolean;
  readonly formats: readonly string[];
  /** SHA-256 of what was approved; null of what we did not write. */
  readonly contentSha256: string | null;
}

export interface ReportIncident {
  readonly kind: 'held' | 'refused' | 'unclear' | 'abandoned' | 'late' | 'quietPeriod';
  readonly id: string;
  readonly pageId: string | null;
  readonly at: string;
  /** When it went out, or ended, after all. */
  readonly endedAt: string | null;
  readonly code: string | null;
  /** In Russian. */
  readonly cause: string;
}

export interface ReportExcuse extends Days {
  readonly id: string;
  readonly requirement: string | null;
  readonly cause: string;
  readonly causedBy: string;
  readonly reason: string;
  readonly evidence: readonly { readonly title: string; readonly url: string | null }[];
}

/** A part of the report that somebody told, or why nobody did: that is not zero. */
export type Told<T> =
  ({ readonly told: true } & T) | { readonly told: false; readonly why: 'nothingCollected' | 'notCollectedYet' };

/**
 * What a client accepts and pays for: everything that was known of a contract's period at the cut-off. It never changes; a correction
 * is another document. Instants are ISO 8601 in UTC, days are the client's.
 */
export interface ReportDocument {
  /** Of this makeup. */
  readonly format: 1;
  readonly generator: string;
  readonly report: { readonly id: string; readonly version: number; readonly reason: string | null; readonly kind: string };
  /** What became known later is not in it. */
  readonly cutOffAt: string;
  /** Numbers of networks, and scores, are those that were collected by then. */
  readonly numbersAsOf: string;
  readonly look: Look;
  readonly period: Days & { readonly timeZone: string; readonly weeks: readonly Week[] };
  readonly before: Days;
  readonly client: ReportParty & { readonly id: string; readonly shortName: string | null; readonly address: string | null };
  readonly contractor: ReportParty;
  readonly contract: ReportContract;
  readonly pages: readonly ReportPage[];
  readonly planFact: { readonly totals: Totals; readonly lines: readonly ReportLine[] };
  /** In order of time. */
  readonly posts: readonly ReportPost[];
  readonly numbers: Told<{ readonly posts: readonly PostNumbers[]; readonly pages: readonly PageNumbers[] }>;
  readonly compliance: Told<{ readonly days: readonly DayScore[] }>;
  readonly conversations: Told<object>;
  /** Told: their evidence stands in the lines of `planFact`. */
  readonly events: Told<object>;
  readonly incidents: readonly ReportIncident[];
  readonly excuses: readonly ReportExcuse[];
}

/** As it was frozen. */
export function thawedReport(text: string): ReportDocument {
  return JSON.parse(text) as ReportDocument;
}
