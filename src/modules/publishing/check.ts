import { createHash } from 'node:crypto';
import type { NetworkLimits } from '../../networks/limits.js';
import type { PostContent, WallPost } from '../../networks/network.js';
import { carriesTheSame } from '../../networks/post-match.js';

export type CheckResult = 'same' | 'edited' | 'deleted';

/** What a post on a page says, in one number: text and attachments as the network shows them. */
export function wallHash(post: Pick<WallPost, 'text' | 'attachments'>): string {
  return createHash('sha256')
    .update(JSON.stringify([post.text, post.attachments]), 'utf8')
    .digest('hex');
}

/** Compares what stands on the page with what was approved. Networks re-wrap white space; that is no edit. */
export function compare(content: PostContent, seen: WallPost | undefined): CheckResult {
  if (!seen) return 'deleted';
  const same = bare(seen.text) === bare(content.text) && carriesTheSame(content, seen);
  return same ? 'same' : 'edited';
}

/** What stands on the page after a person published what the network can't: documents went out as links there. */
export function expectedOn({ documents }: NetworkLimits, content: PostContent): PostContent {
  return documents === 0 ? { ...content, documents: [] } : content;
}

export function bare(text: string): string {
  return text.normalize('NFC').replaceAll(/\s+/g, ' ').trim();
}

/** Checks follow a post's age: soon after it is out, then daily for a week. Null: no more. */
export function nextCheckInHours(ageHours: number): number | null {
  if (ageHours < 1) return 1;
  return ageHours < 7 * 24 ? 24 : null;
}
