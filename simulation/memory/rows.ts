import type { Reason } from '../../src/networks/network.js';
import type { Post } from '../../src/modules/content/post.js';
import type { Page } from '../../src/modules/pages/page.js';
import type {
  AttemptEntity,
  LookEntity,
  PublicationEntity,
  UploadEntity,
} from '../../src/modules/publishing/publication.entity.js';

/** A row of `publications`: what the entity maps, and the columns that only statements touch. */
export interface PublicationRow extends PublicationEntity {
  maxLatenessMs: number;
  rungAt: Date | null;
  prepareRungAt: Date | null;
  leaseUntil: Date | null;
  sendDeadline: Date | null;
  nextLookAt: Date | null;
}

export type AttemptRow = AttemptEntity;
export type UploadRow = UploadEntity & { id: string };
export type LookRow = LookEntity;

export interface PostRow extends Post {
  readonly contractorId: string;
  readonly approvedHash: string | null;
}

export interface PageRow extends Page {
  readonly contractorId: string;
  /** Whether a connection with secrets stands. */
  readonly secrets: boolean;
}

/** A contract with the pages that it covers; `[startsAt, endsAt)` are the instants of its own zone's midnights. */
export interface ContractRow {
  readonly id: string;
  readonly contractorId: string;
  readonly pageIds: readonly string[];
  readonly active: boolean;
  readonly startsAt: number;
  readonly endsAt: number;
}

export interface QuietRow {
  readonly id: string;
  readonly contractorId: string;
  readonly clientId: string | null;
  readonly regionCode: string | null;
  readonly startsAt: number;
  readonly endsAt: number | null;
}

/** A post on a page that somebody else wrote, and that we have seen there. */
export interface OutsideRow {
  readonly id: string;
  readonly contractorId: string;
  readonly pageId: string;
  readonly externalId: string;
  readonly publishedAt: Date;
}

export interface ClientRow {
  readonly id: string;
  readonly regionCode: string | null;
}

export interface ContractorRow {
  readonly id: string;
  readonly active: boolean;
}

export interface OutboxRow {
  readonly id: string;
  readonly name: string;
  readonly payload: unknown;
}

/** What the gates of a claim look at, as one statement's snapshot shows it. */
export interface World {
  readonly contractors: readonly ContractorRow[];
  readonly clients: readonly ClientRow[];
  readonly posts: readonly PostRow[];
  readonly pages: readonly PageRow[];
  readonly contracts: readonly ContractRow[];
  readonly quiet: readonly QuietRow[];
  /** Doubts about the database's clock that nobody has cleared. */
  readonly doubts: readonly { readonly id: string }[];
}

export type Gated = Pick<PublicationRow, 'contractorId' | 'clientId' | 'postId' | 'pageId' | 'contentHash' | 'repeatUntil'>;

/** The SQL functions that the modules below give to publishing. */
export class Gates {
  contractorIsActive({ contractors }: World, p: Gated): boolean {
    return contractors.some(({ id, active }) => id === p.contractorId && active);
  }

  postIsApproved({ posts }: World, p: Gated): boolean {
    return posts.some((post) => post.id === p.postId && post.approvedHash === p.contentHash);
  }

  contractInForce({ contracts }: World, p: Gated, at: number): boolean {
    return contracts.some((c) => c.pageIds.includes(p.pageId) && c.active && c.startsAt <= at && at < c.endsAt);
  }

  pageIsConnected({ pages }: World, p: Gated): boolean {
    return pages.some(({ id, status }) => id === p.pageId && status === 'connected');
  }

  inQuietPeriod({ quiet, clients }: World, p: Gated, at: number): boolean {
    const region = clients.find(({ id }) => id === p.clientId)?.regionCode ?? null;
    const covers = (q: QuietRow) =>
      q.regionCode === null ? q.clientId === null || q.clientId === p.clientId : q.regionCode === region;
    return quiet.some((q) => covers(q) && q.startsAt <= at && (q.endsAt === null || at < q.endsAt));
  }

  open(world: World, p: Gated, now: number): boolean {
    return (
      this.contractorIsActive(world, p) &&
      this.postIsApproved(world, p) &&
      this.contractInForce(world, p, now) &&
      this.pageIsConnected(world, p) &&
      !this.inQuietPeriod(world, p, now) &&
      this.mayRepeat(p, now) &&
      world.doubts.length === 0
    );
  }

  mayRepeat({ repeatUntil }: Gated, now: number): boolean {
    return repeatUntil === null || now < repeatUntil.getTime();
  }
}

export function later(now: number, seconds: number): Date {
  return new Date(now + seconds * 1_000);
}

/** As jsonb keeps it. */
export function kept(reason: unknown): Reason | null {
  return reason === null || reason === undefined ? null : (JSON.parse(JSON.stringify(reason)) as Reason);
}
