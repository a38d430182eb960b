import { IsIn, IsUUID } from 'class-validator';
import { IsOmittable } from '../../platform/http/omittable.decorator.js';
import { PageQuery } from '../../platform/http/pagination.js';
import { OUTSIDE_ORIGINS, type OutsideOrigin, type OutsidePost } from './outside-post.js';

export class OutsidePostsQuery extends PageQuery {
  /** Only on pages of this client. @example 019b76da-a800-7000-8000-000000000002 */
  @IsOmittable() @IsUUID() clientId?: string;
  /** Only on this page. @example 019b76da-a800-7000-8000-000000000007 */
  @IsOmittable() @IsUUID() pageId?: string;
}

export class AttributeOutsidePostRequest {
  /** Who wrote it. @example client */
  @IsIn(OUTSIDE_ORIGINS) origin: OutsideOrigin;
}

export class OutsidePostResponse {
  /** @example 019b76da-a800-7000-8000-000000000012 */
  id: string;
  /** @example 019b76da-a800-7000-8000-000000000002 */
  clientId: string;
  /** @example 019b76da-a800-7000-8000-000000000007 */
  pageId: string;
  /** @example 42 */
  externalId: string;
  /** @example https://vk.com/wall-220000001_42 */
  url: string;
  /** @example 2026-12-01T07:00:00.000Z */
  publishedAt: Date;
  /** True when the page itself is the author. @example true */
  byPage: boolean;
  /** Who wrote it, as people said. @example unknown */
  origin: OutsideOrigin;
  /** A publication of ours with the same text: it stands there twice. @example null */
  duplicateOf: string | null;
  /** @example 2026-12-01T07:15:00.000Z */
  seenAt: Date;
  /** @example 1 */
  version: number;

  static of(post: OutsidePost): OutsidePostResponse {
    const { id, clientId, pageId, externalId, url, publishedAt, byPage, origin, duplicateOf, seenAt, version } = post;
    return { id, clientId, pageId, externalId, url, publishedAt, byPage, origin, duplicateOf, seenAt, version };
  }
}

export class OutsidePostPage {
  data: OutsidePostResponse[];
  /** Pass it as `cursor` to go on; null on the last page. @example null */
  nextCursor: string | null;
}
