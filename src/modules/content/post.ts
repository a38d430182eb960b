import type { Poll } from '../../networks/media.js';
import type { NetworkName } from '../../networks/network.js';
import type { MediaKind, MediaType } from './media.js';

export const POST_STATUSES = ['draft', 'agencyReview', 'clientReview', 'approved', 'changesRequested'] as const;
export type PostStatus = (typeof POST_STATUSES)[number];
export type PostAction = 'submit' | 'approve' | 'return' | 'revoke' | 'edit';
/** Whose turn it is to look at a post. */
export type ApprovalStep = 'agency' | 'client';

const MOVES: Record<PostStatus, Partial<Record<PostAction, PostStatus>>> = {
  draft: { submit: 'agencyReview', edit: 'draft' },
  changesRequested: { submit: 'agencyReview', edit: 'draft' },
  agencyReview: { approve: 'clientReview', return: 'changesRequested', edit: 'draft' },
  clientReview: { approve: 'approved', return: 'changesRequested', edit: 'draft' },
  approved: { revoke: 'changesRequested', edit: 'draft' },
};

/** Where an action leads from a status, or undefined when it is not allowed there. */
export function moved(status: PostStatus, action: PostAction): PostStatus | undefined {
  return MOVES[status][action];
}

export function actionsFrom(status: PostStatus): PostAction[] {
  return Object.keys(MOVES[status]) as PostAction[];
}

/** Who decides in this status. */
export function stepOf(status: PostStatus): ApprovalStep | undefined {
  if (status === 'agencyReview') return 'agency';
  return status === 'clientReview' ? 'client' : undefined;
}

/** What a post says on one network. */
export interface Variant {
  readonly network: NetworkName;
  readonly text: string;
  readonly link: string | null;
  readonly poll: Poll | null;
}

/** A photo, video or document of a post, in order. */
export interface PostMedia {
  readonly mediaId: string;
  readonly kind: MediaKind;
  readonly type: MediaType;
  /** What the public sees of its name; null for photos. */
  readonly title: string | null;
  readonly bytes: number;
  readonly sha256: string;
  readonly storageKey: string;
}

export interface Approval {
  readonly id: string;
  readonly step: ApprovalStep;
  readonly decision: 'approved' | 'returned';
  readonly comment: string | null;
  readonly decidedBy: string;
  readonly decidedAt: Date;
  readonly postVersion: number;
  readonly contentHash: string;
  readonly voidedAt: Date | null;
  readonly voidReason: 'edited' | 'revoked' | null;
}

export interface Post {
  readonly id: string;
  readonly clientId: string;
  /** For the team; never published. */
  readonly title: string;
  readonly authorId: string;
  readonly status: PostStatus;
  /** Rises with each edit of the content. */
  readonly postVersion: number;
  /** Who wrote the present version. */
  readonly versionAuthorId: string;
  readonly contentHash: string;
  readonly variants: readonly Variant[];
  readonly media: readonly PostMedia[];
  /** Since when the content can't change, because it is being or has been sent. */
  readonly lockedAt: Date | null;
  readonly version: number;
  readonly createdAt: Date;
  readonly updatedAt: Date;
}
