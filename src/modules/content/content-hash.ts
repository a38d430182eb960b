import { createHash } from 'node:crypto';
import type { Poll } from '../../networks/media.js';
import type { PostMedia, Variant } from './post.js';

/**
 * SHA-256 of everything that the public will see: texts, links and polls by network; photos, videos and documents by their
 * bytes, public names and order. An approval is bound to it. Variants may come in any order; text is NFC before it gets here.
 */
export function contentHash(
  variants: readonly Variant[],
  media: readonly Pick<PostMedia, 'kind' | 'sha256' | 'title'>[],
): string {
  const byNetwork = [...variants].sort((a, b) => (a.network < b.network ? -1 : 1));
  return sha256([
    byNetwork.map(({ network, text, link, poll }) => [network, text, link, ...(poll ? [fieldsOf(poll)] : [])]),
    media.map(({ kind, sha256: bytes, title }) => (kind === 'photo' ? bytes : [kind, bytes, title])),
  ]);
}

/** What makes one poll another. */
export function pollHash(poll: Poll): string {
  return sha256(fieldsOf(poll));
}

function fieldsOf({ question, answers, anonymous, multiple }: Poll): unknown[] {
  return [question, answers, anonymous, multiple];
}

function sha256(canonical: unknown): string {
  return createHash('sha256').update(JSON.stringify(canonical), 'utf8').digest('hex');
}
