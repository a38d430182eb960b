import type { Poll } from '../../networks/media.js';
import type { PostContent } from '../../networks/network.js';
import { pollHash } from '../content/content-hash.js';
import type { Post, PostMedia, Variant } from '../content/post.js';

/** What a post carries besides text and link: its files in their order, then its poll. */
type Attachment =
  { readonly kind: 'photo' | 'video' | 'document'; readonly media: PostMedia } | { readonly kind: 'poll'; readonly poll: Poll };

export type WantedAttachment = Attachment & { readonly position: number; readonly sha256: string };

/** `id`: what the network calls it; '' where it goes inside the post; undefined until it is uploaded. */
export type ReadiedAttachment = WantedAttachment & { readonly id?: string };

/** Files stand at 0 to 9. */
const POLL_POSITION = 10;

export function attachmentsOf({ media }: Pick<Post, 'media'>, { poll }: Pick<Variant, 'poll'>): WantedAttachment[] {
  const files = media.map((one, position) => ({ kind: one.kind, media: one, position, sha256: one.sha256 }));
  if (!poll) return files;
  return [...files, { kind: 'poll', poll, position: POLL_POSITION, sha256: pollHash(poll) }];
}

/** Joins what is wanted with what has been uploaded: the same bytes at the same place. */
export function uploaded(
  wanted: WantedAttachment,
  done: readonly { position: number; mediaSha256: string; attachment: string }[],
): ReadiedAttachment {
  const upload = done.find(({ position, mediaSha256 }) => position === wanted.position && mediaSha256 === wanted.sha256);
  return { ...wanted, ...(upload && { id: upload.attachment }) };
}

interface Written {
  readonly variant: Pick<Variant, 'text' | 'link'>;
  readonly attachments: readonly ReadiedAttachment[];
}

/** What goes over the wire, once everything is uploaded. */
export function contentOf({ variant, attachments }: Written): PostContent | undefined {
  if (attachments.some(({ id }) => id === undefined)) return undefined;
  return written(variant, attachments, ({ id }) => id!);
}

/** What the post should carry, whatever the network will call it. */
export function plannedContent({ variant, attachments }: Written): PostContent {
  return written(variant, attachments, ({ sha256 }) => sha256);
}

function written(
  { text, link }: Written['variant'],
  attachments: readonly ReadiedAttachment[],
  nameOf: (attachment: ReadiedAttachment) => string,
): PostContent {
  const named = (kind: Attachment['kind']): string[] => attachments.filter((one) => one.kind === kind).map(nameOf);
  const [videos, documents] = [named('video'), named('document')];
  const poll = attachments.find((one) => one.kind === 'poll');
  const pollId = poll && nameOf(poll);
  return {
    ...{ text, photos: named('photo') },
    ...(link !== null && { link }),
    ...(videos.length > 0 && { videos }),
    ...(documents.length > 0 && { documents }),
    ...(poll && { poll: { ...poll.poll, ...(pollId && { attachment: pollId }) } }),
  };
}
