import type { CallOutcome } from '../../../networks/network.js';
import { type CountedPost, type Numbers, POST_METRICS, type PostMetric, type PostNumbers } from '../../../networks/numbers.js';
import { type GapCodes, NOT_TOLD } from '../gaps.js';

/** Whose numbers stand below a post, and whose only the page's managers see. */
const COUNTERS: readonly PostMetric[] = ['views', 'likes', 'comments', 'reposts'];

/** What was learnt of one post. */
export interface TakenPost {
  readonly publicationId: string;
  readonly numbers: Numbers<PostMetric>;
  readonly gaps: GapCodes;
}

type Answer = CallOutcome<readonly PostNumbers[]>;

/**
 * Puts what both calls told of posts together. A post that the network does not know any more has no snapshot, nor has one of which
 * nothing was told at all: nothing known is no row, and never a row of zeros.
 */
export function takenPosts(
  posts: readonly { readonly id: string; readonly externalId: string }[],
  counters: Answer,
  reach: Answer,
): TakenPost[] {
  const [counted, reached] = [byId(counters), byId(reach)];
  return posts.flatMap(({ id, externalId }): TakenPost[] => {
    if (counted && !counted.has(externalId)) return [];
    const numbers = { ...counted?.get(externalId), ...reached?.get(externalId) };
    if (Object.keys(numbers).length === 0) return [];
    const why = (metric: PostMetric) => reasonOf(COUNTERS.includes(metric) ? counters : reach);
    const missing = POST_METRICS.filter((metric) => numbers[metric] === undefined);
    return [{ publicationId: id, numbers, gaps: Object.fromEntries(missing.map((metric) => [metric, why(metric)])) }];
  });
}

/** Why a number that a call should have brought is missing. */
export function reasonOf(answer: CallOutcome<unknown>): string {
  return answer.kind === 'done' ? NOT_TOLD : answer.reason.code;
}

/** What a call for posts of several pages told of one of them. */
export function toldOf(answer: CallOutcome<readonly CountedPost[]>, pageId: string): Answer {
  if (answer.kind !== 'done') return answer;
  return { kind: 'done', value: answer.value.filter((post) => post.pageId === pageId) };
}

function byId(answer: Answer): ReadonlyMap<string, Numbers<PostMetric>> | undefined {
  if (answer.kind !== 'done') return undefined;
  return new Map(answer.value.map(({ externalId, numbers }) => [externalId, numbers]));
}
