import type { PageDescription } from '../../../networks/network.js';
import type { Duty } from './duties.js';
import type { Finding } from './score.js';
import type { Scored } from './scoring-model.js';

/** What only a person can see on a page, or sees better than the network tells. */
export const CHECKED = ['governmentMark', 'component', 'avatar', 'cover', 'widgets'] as const satisfies readonly Scored[];
export type Checked = (typeof CHECKED)[number];

/** What a person saw, and when. */
export interface PageCheck {
  readonly id: string;
  readonly pageId: string;
  readonly subject: Checked;
  /** 1 and 0 for yes and no; widgets are counted. */
  readonly value: number;
  readonly note: string | null;
  readonly checkedBy: string;
  readonly checkedAt: Date;
}

/** A page on a day of its zone: its looks, its score, its duties. */
export interface PageAudit {
  readonly day: string;
  readonly auditedAt: Date;
  readonly score: number;
  readonly most: number;
  readonly modelVersion: number;
  readonly profile: PageDescription;
  readonly findings: readonly Finding[];
  readonly duties: readonly Duty[];
}
