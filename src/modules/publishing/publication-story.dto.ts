import type { MediaKind } from '../content/media.js';
import type { Attempt, AttemptOutcome, Look, LookResult } from './publication.js';
import { EditResponse } from './edits.dto.js';
import type { PublicationStory } from './publications.service.js';
import { type PublicationReason, PublicationResponse } from './publishing.dto.js';

export class AttemptResponse {
  /** @example 1 */
  number: number;
  /** @example 2026-12-01T06:00:00.100Z */
  startedAt: Date;
  /** When the first byte could have left; null when nothing was sent. @example 2026-12-01T06:00:00.200Z */
  sentAt: Date | null;
  /** @example 2026-12-01T06:00:00.700Z */
  endedAt: Date | null;
  /** `released`: stopped before sending; `fenced`: the answer came after the lease was lost. @example published */
  outcome: AttemptOutcome | null;
  reason: PublicationReason | null;
  /** @example 41 */
  externalId: string | null;
  /** @example https://vk.com/wall-220000001_41 */
  url: string | null;

  static of(attempt: Attempt): AttemptResponse {
    const { number, startedAt, sentAt, endedAt, outcome, reason, externalId, url } = attempt;
    return { number, startedAt, sentAt, endedAt, outcome, reason, externalId, url };
  }
}

export class LookMatch {
  /** @example 41 */
  externalId: string;
  /** @example https://vk.com/wall-220000001_41 */
  url: string;
}

export class LookResponse {
  /** @example 2026-12-01T06:01:40.000Z */
  lookedAt: Date;
  /** `noControl`: the look-up did not even show our newest known post, so it proves nothing. @example found */
  result: LookResult;
  /** How many posts the page showed. @example 20 */
  seen: number;
  matches: LookMatch[];
  reason: PublicationReason | null;

  static of({ lookedAt, result, seen, matches, reason }: Look): LookResponse {
    return { lookedAt, result, seen, matches: matches.map(({ externalId, url }) => ({ externalId, url })), reason };
  }
}

export class SnapshotResponse {
  /** @example 2026-12-01T06:02:00.000Z */
  takenAt: Date;
  /** @example same */
  result: 'same' | 'edited' | 'deleted';
  /** The text as the network showed it. @example День посёлка: 5 декабря ждём всех на площади */
  text: string | null;
  /** @example 2 */
  photoCount: number | null;
  /** SHA-256 of what the network showed. @example 9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08 */
  sha256: string | null;

  static of({ takenAt, result, text, photoCount, sha256 }: PublicationStory['snapshots'][number]): SnapshotResponse {
    return { takenAt, result, text, photoCount, sha256 };
  }
}

export class PublicationPollResponse {
  /** @example "Где ставить ёлку?" */
  question: string;
  /** @example ["В парке", "У порта"] */
  answers: string[];
  /** @example true */
  anonymous: boolean;
  /** @example false */
  multiple: boolean;
}

export class PublicationMediaResponse {
  /** Its bytes are at `/v1/media/{mediaId}/file`. @example 019b76da-a800-7000-8000-00000000000b */
  mediaId: string;
  /** @example photo */
  kind: MediaKind;
  /** What the public sees: the title of a video, the name of a document; null for photos. @example null */
  title: string | null;
}

export class PublicationContentResponse {
  /** @example "День посёлка: 5 декабря ждём всех на площади" */
  text: string;
  /** @example https://elizovo.example/news/1 */
  link: string | null;
  poll: PublicationPollResponse | null;
  /** Photos, videos and documents, in order. */
  media: PublicationMediaResponse[];

  static of({ text, link, poll, media }: PublicationStory['content']): PublicationContentResponse {
    return {
      ...{ text, link, poll: poll && { ...poll, answers: [...poll.answers] } },
      media: media.map(({ mediaId, kind, title }) => ({ mediaId, kind, title })),
    };
  }
}

export class PublicationStoryResponse extends PublicationResponse {
  /** What goes out on this page, or what a person publishes there by hand. */
  content: PublicationContentResponse;
  /** Every try, oldest first. */
  attempts: AttemptResponse[];
  /** Every change of it on the page, newest first. */
  edits: EditResponse[];
  /** Every look at the page while the outcome was unclear, oldest first. */
  looks: LookResponse[];
  /** How the post looked on the page at each check, newest first. */
  snapshots: SnapshotResponse[];

  static story({ publication, content, attempts, edits, looks, snapshots }: PublicationStory): PublicationStoryResponse {
    return {
      ...PublicationResponse.of(publication),
      content: PublicationContentResponse.of(content),
      attempts: attempts.map(AttemptResponse.of),
      edits: edits.map(EditResponse.of),
      looks: looks.map(LookResponse.of),
      snapshots: snapshots.map(SnapshotResponse.of),
    };
  }
}
