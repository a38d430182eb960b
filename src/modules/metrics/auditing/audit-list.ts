import type { Duty } from './duties.js';
import type { Finding } from './score.js';
import type { Scored } from './scoring-model.js';

export const AUDIT_ORDERS = ['worst', 'best'] as const;
/** `worst`: who loses most points comes first. */
export type AuditOrder = (typeof AUDIT_ORDERS)[number];

/** Which audits, and in which order. */
export interface AuditsWanted {
  readonly clientId?: string | undefined;
  /** As they stood on that day of each page's zone, `YYYY-MM-DD`; absent: the newest. */
  readonly day?: string | undefined;
  /** Those alone that do not get all points for this. */
  readonly lacks?: Scored | undefined;
  readonly sort: AuditOrder;
}

/** Where a list goes on. */
export interface AuditPlace {
  readonly lost: number;
  readonly pageId: string;
}

/** The audit of a page in a list of pages. */
export interface AuditedPage {
  readonly pageId: string;
  readonly clientId: string;
  readonly day: string;
  readonly auditedAt: Date;
  readonly score: number;
  readonly most: number;
  /** Points that it does not get. */
  readonly lost: number;
  readonly modelVersion: number;
  /** As the network shows it. */
  readonly name: string;
  readonly url: string;
  readonly findings: readonly Finding[];
  readonly duties: readonly Duty[];
}

const PLACE = /^(\d{1,9}) ([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})$/;

export function cursorOf({ lost, pageId }: AuditPlace): string {
  return Buffer.from(`${lost} ${pageId}`, 'latin1').toString('base64url');
}

/** @returns undefined for a cursor that no list gave */
export function placeOf(cursor: string): AuditPlace | undefined {
  const [, lost, pageId] = PLACE.exec(Buffer.from(cursor, 'base64url').toString('latin1')) ?? [];
  return lost === undefined || pageId === undefined ? undefined : { lost: Number(lost), pageId };
}
