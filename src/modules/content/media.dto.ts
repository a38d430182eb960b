import type { Media, MediaKind, MediaType } from './media.js';

export class MediaResponse {
  /** @example 019b76da-a800-7000-8000-00000000000b */
  id: string;
  /** @example 019b76da-a800-7000-8000-000000000002 */
  clientId: string;
  /** @example photo */
  kind: MediaKind;
  /** As it was named when it came. @example площадь.jpg */
  fileName: string;
  /** What the public sees: the title of a video, the name of a document; null for photos. @example null */
  title: string | null;
  /** By content, not by name. @example image/jpeg */
  type: MediaType;
  /** Size of what is stored. @example 184320 */
  bytes: number;
  /** Of photos. @example 1600 */
  width: number | null;
  /** Of photos. @example 1200 */
  height: number | null;
  /** @example 9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08 */
  sha256: string;
  /** @example 2026-11-24T09:00:00.000Z */
  createdAt: Date;

  static of(media: Media): MediaResponse {
    const { id, clientId, kind, fileName, title, type, bytes, width, height, sha256, createdAt } = media;
    return { id, clientId, kind, fileName, title, type, bytes, width, height, sha256, createdAt };
  }
}

export class MediaPage {
  data: MediaResponse[];
  /** Pass it as `cursor` to go on; null on the last page. @example null */
  nextCursor: string | null;
}
