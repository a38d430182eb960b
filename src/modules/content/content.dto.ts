import { OmitType } from '@nestjs/swagger';
import { Type } from 'class-transformer';
import {
  ArrayMaxSize,
  ArrayMinSize,
  ArrayUnique,
  IsBoolean,
  IsIn,
  IsObject,
  IsOptional,
  IsUrl,
  IsUUID,
  Matches,
  MaxLength,
  ValidateNested,
} from 'class-validator';
import type { Poll } from '../../networks/media.js';
import { NETWORK_NAMES, type NetworkName } from '../../networks/network.js';
import { IsOmittable } from '../../platform/http/omittable.decorator.js';
import { PageQuery } from '../../platform/http/pagination.js';
import { IsText } from '../../platform/http/text.decorators.js';
import type { MediaKind, MediaType } from './media.js';
import {
  actionsFrom,
  type Approval,
  type ApprovalStep,
  type Post,
  type PostMedia,
  POST_STATUSES,
  type PostAction,
  type PostStatus,
  type Variant,
} from './post.js';
import type { PostDraft } from './posts.service.js';

const LONGEST_POLL_TEXT = 500;
/** More than any network takes; each network's own limit is checked by its own way of counting. */
const LONGEST_TEXT = 20_000;

export class PollRequest {
  /** @example "Где ставить ёлку?" */
  @IsText(1, LONGEST_POLL_TEXT) question: string;
  /** In order. @example ["В парке", "У порта"] */
  @IsText(1, LONGEST_POLL_TEXT, { each: true }) @ArrayUnique() @ArrayMinSize(2) @ArrayMaxSize(10) answers: string[];
  /** Nobody sees who voted for what. @example true */
  @IsOmittable() @IsBoolean() anonymous?: boolean;
  /** A voter may choose several answers. @example false */
  @IsOmittable() @IsBoolean() multiple?: boolean;

  static poll({ question, answers, anonymous = true, multiple = false }: PollRequest): Poll {
    return { question, answers, anonymous, multiple };
  }
}

export class VariantRequest {
  /** @example vk */
  @IsIn(NETWORK_NAMES) network: NetworkName;
  /** The text for this network. @example "День посёлка: 5 декабря ждём всех на площади" */
  @IsText(0, LONGEST_TEXT, { multiline: true }) text: string;
  /** One link that the network shows as a card. @example https://elizovo.example/news/1 */
  @IsOptional() @IsUrl({ protocols: ['http', 'https'], require_protocol: true, require_tld: false }) @MaxLength(2000) link?:
    string | null;
  /** A poll below the text. Without the words it is anonymous, with one answer for each voter. */
  @IsOptional() @IsObject() @ValidateNested() @Type(() => PollRequest) poll?: PollRequest | null;
}

export class PostRequest {
  /** @example 019b76da-a800-7000-8000-000000000002 */
  @IsUUID() clientId: string;
  /** For the team; never published. @example "День посёлка" */
  @IsText(1, 200) title: string;
  /** One for each network on which it will be published. */
  @IsObject({ each: true })
  @ValidateNested({ each: true })
  @Type(() => VariantRequest)
  @ArrayMinSize(1)
  @ArrayMaxSize(10)
  @ArrayUnique((variant: VariantRequest | null) => variant?.network)
  variants: VariantRequest[];
  /** Uploaded photos, videos and documents of the client, in order. @example ["019b76da-a800-7000-8000-00000000000b"] */
  @IsUUID(undefined, { each: true }) @ArrayUnique() @ArrayMaxSize(10) mediaIds: string[];

  static draft({ title, variants, mediaIds }: ChangePostRequest): PostDraft {
    const written = variants.map(({ network, text, link, poll }) => ({
      ...{ network, text, link: link ?? null },
      poll: poll ? PollRequest.poll(poll) : null,
    }));
    return { title, variants: written, mediaIds };
  }
}

export class ChangePostRequest extends OmitType(PostRequest, ['clientId'] as const) {}

export class PostsQuery extends PageQuery {
  /** Only posts of this client. @example 019b76da-a800-7000-8000-000000000002 */
  @IsOptional() @IsUUID() clientId?: string;
  /** Only posts in this status. @example clientReview */
  @IsOptional() @IsIn(POST_STATUSES) status?: PostStatus;
}

export class DecisionRequest {
  /** @example approved */
  @IsIn(['approved', 'returned']) decision: 'approved' | 'returned';
  /** The `contentHash` of the post that was read. @example 9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08 */
  @Matches(/^[0-9a-f]{64}$/, { message: '$property must be the contentHash of the post' }) contentHash: string;
  /** What should change; needed when returning. @example Уточните время начала */
  @IsOptional() @IsText(1, 2000, { multiline: true }) comment?: string | null;
}

export class PollResponse {
  /** @example "Где ставить ёлку?" */
  question: string;
  /** @example ["В парке", "У порта"] */
  answers: string[];
  /** @example true */
  anonymous: boolean;
  /** @example false */
  multiple: boolean;

  static of({ question, answers, anonymous, multiple }: Poll): PollResponse {
    return { question, answers: [...answers], anonymous, multiple };
  }
}

export class VariantResponse {
  /** @example vk */
  network: NetworkName;
  /** @example "День посёлка: 5 декабря ждём всех на площади" */
  text: string;
  /** @example https://elizovo.example/news/1 */
  link: string | null;
  poll: PollResponse | null;

  static of({ network, text, link, poll }: Variant): VariantResponse {
    return { network, text, link, poll: poll && PollResponse.of(poll) };
  }
}

export class PostMediaResponse {
  /** @example 019b76da-a800-7000-8000-00000000000b */
  mediaId: string;
  /** @example photo */
  kind: MediaKind;
  /** @example image/jpeg */
  type: MediaType;
  /** What the public sees: the title of a video, the name of a document; null for photos. @example null */
  title: string | null;
  /** SHA-256 of the bytes. @example 9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08 */
  sha256: string;

  static of({ mediaId, kind, type, title, sha256 }: PostMedia): PostMediaResponse {
    return { mediaId, kind, type, title, sha256 };
  }
}

export class PostResponse {
  /** @example 019b76da-a800-7000-8000-00000000000c */
  id: string;
  /** @example 019b76da-a800-7000-8000-000000000002 */
  clientId: string;
  /** @example "День посёлка" */
  title: string;
  /** @example approved */
  status: PostStatus;
  /** What may be done with it now. @example ["revoke","edit"] */
  allowedActions: PostAction[];
  /** Who created it. @example 019b76da-a800-7000-8000-000000000004 */
  authorId: string;
  /** Who wrote the present version. @example 019b76da-a800-7000-8000-000000000004 */
  versionAuthorId: string;
  /** Rises with each edit of the content. @example 1 */
  postVersion: number;
  /** What an approval is bound to. @example 9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08 */
  contentHash: string;
  variants: VariantResponse[];
  /** Photos, videos and documents, in order. */
  media: PostMediaResponse[];
  /** Since when it can't change, because it is being or has been sent. @example null */
  lockedAt: Date | null;
  /** @example 3 */
  version: number;
  /** @example 2026-11-24T09:00:00.000Z */
  createdAt: Date;
  /** @example 2026-11-24T09:00:00.000Z */
  updatedAt: Date;

  static of(post: Post): PostResponse {
    const { id, clientId, title, status, authorId, versionAuthorId, postVersion, contentHash, lockedAt } = post;
    const { variants, media, version, createdAt, updatedAt } = post;
    return {
      ...{
        id,
        clientId,
        title,
        status,
        allowedActions: lockedAt ? [] : actionsFrom(status),
        authorId,
        versionAuthorId,
        postVersion,
        contentHash,
      },
      ...{ variants: variants.map(VariantResponse.of), media: media.map(PostMediaResponse.of) },
      ...{ lockedAt, version, createdAt, updatedAt },
    };
  }
}

export class PostPage {
  data: PostResponse[];
  /** Pass it as `cursor` to go on; null on the last page. @example null */
  nextCursor: string | null;
}

export class ApprovalResponse {
  /** @example 019b76da-a800-7000-8000-00000000000d */
  id: string;
  /** @example client */
  step: ApprovalStep;
  /** @example approved */
  decision: 'approved' | 'returned';
  /** @example null */
  comment: string | null;
  /** @example 019b76da-a800-7000-8000-000000000004 */
  decidedBy: string;
  /** @example 2026-11-24T09:00:00.000Z */
  decidedAt: Date;
  /** @example 1 */
  postVersion: number;
  /** @example 9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08 */
  contentHash: string;
  /** Since when it does not count any more. @example null */
  voidedAt: Date | null;
  /** @example null */
  voidReason: 'edited' | 'revoked' | null;

  static of(approval: Approval): ApprovalResponse {
    const { id, step, decision, comment, decidedBy, decidedAt, postVersion, contentHash, voidedAt, voidReason } = approval;
    return { id, step, decision, comment, decidedBy, decidedAt, postVersion, contentHash, voidedAt, voidReason };
  }
}

export class ApprovalList {
  /** The newest 200. */
  data: ApprovalResponse[];
}
