import { Matches } from 'class-validator';
import type { Edit, EditAttempt, EditState } from './edit.js';
import type { PublicationReason } from './publishing.dto.js';

export class EditPublicationRequest {
  /** The `contentHash` of the post that was read and approved. @example 9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08 */
  @Matches(/^[0-9a-f]{64}$/, { message: '$property must be the contentHash of the post' }) contentHash: string;
}

export class EditAttemptResponse {
  /** @example 1 */
  number: number;
  /** When the first byte could have left. @example 2026-12-01T08:00:00.100Z */
  sentAt: Date;
  /** @example 2026-12-01T08:00:00.700Z */
  endedAt: Date | null;
  /** `unclear`: the network did not say; `fenced`: the answer came after another worker had taken over. @example edited */
  outcome: 'edited' | 'refused' | 'retryLater' | 'credentialLost' | 'needsPerson' | 'unclear' | 'fenced' | null;
  reason: PublicationReason | null;

  static of({ number, sentAt, endedAt, outcome, reason }: EditAttempt): EditAttemptResponse {
    return { number, sentAt, endedAt, outcome, reason };
  }
}

export class EditResponse {
  /** @example 019b76da-a800-7000-8000-000000000011 */
  id: string;
  /** @example 019b76da-a800-7000-8000-00000000000e */
  publicationId: string;
  /**
   * `waiting` for its turn, `sending`, `unclear` while we read the page, `applied` the page says it, `refused` by the network,
   * `held` because something else stood in the way: ask again when it is out of the way.
   * @example applied
   */
  state: EditState;
  /** @example 2 */
  postVersion: number;
  /** What it is to say. @example 9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08 */
  contentHash: string;
  /** The version that stood on the page when this was asked for. @example 1 */
  versionBefore: number;
  /** When it is tried next, if it waits. @example 2026-12-01T08:00:00.000Z */
  nextTryAt: Date;
  /** Whether the page itself showed the new content; null when it could not be read. @example true */
  verified: boolean | null;
  reason: PublicationReason | null;
  /** @example 019b76da-a800-7000-8000-000000000004 */
  requestedBy: string;
  /** @example 2026-12-01T08:00:00.000Z */
  requestedAt: Date;
  /** @example 2026-12-01T08:00:01.000Z */
  endedAt: Date | null;
  /** Every try, oldest first. */
  attempts: EditAttemptResponse[];

  static of(edit: Edit): EditResponse {
    const { id, publicationId, state, postVersion, contentHash, versionBefore, nextTryAt, verified, reason } = edit;
    const { requestedBy, requestedAt, endedAt, attempts } = edit;
    return {
      ...{ id, publicationId, state, postVersion, contentHash, versionBefore, nextTryAt, verified, reason },
      ...{ requestedBy, requestedAt, endedAt, attempts: attempts.map(EditAttemptResponse.of) },
    };
  }
}

export class EditList {
  /** The newest 200. */
  data: EditResponse[];
}

export class CorrectionResponse {
  /** @example 019b76da-a800-7000-8000-00000000000c */
  postId: string;
  /** The post’s status now. @example draft */
  status: 'draft';
  /** @example 1 */
  postVersion: number;
  /** What it says until it is edited. @example 9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08 */
  contentHash: string;
  /** Of the post. @example 9 */
  version: number;

  static of({
    id,
    postVersion,
    contentHash,
    version,
  }: {
    id: string;
    postVersion: number;
    contentHash: string;
    version: number;
  }) {
    return { postId: id, status: 'draft' as const, postVersion, contentHash, version };
  }
}
