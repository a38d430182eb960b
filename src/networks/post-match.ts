import type { CallOutcome, FindRequest, FindResult, PostContent, WallPost } from './network.js';
import { refusal } from './refusal.js';

const ENTITIES: Readonly<Record<string, string>> = { '&amp;': '&', '&lt;': '<', '&gt;': '>', '&quot;': '"', '&#39;': "'" };

/** What a look-up brought. Without a match, and with the window's beginning out of sight, it says nothing: the post may stand there. */
export function lookedAt(
  title: string,
  request: FindRequest,
  posts: readonly WallPost[],
  covered: boolean,
): CallOutcome<FindResult> {
  const value = matchWall(request, posts);
  if (covered || value.matches.length > 0) return { kind: 'done', value };
  const message = 'с тех пор вышло слишком много записей, поиск до нужного времени не дошёл. Найдите запись на странице сами.';
  return refusal(title, 'window-not-covered', message);
}

/** Sorts a wall, newest first, and finds the posts on it that may be ours. */
function matchWall(request: FindRequest, posts: readonly WallPost[]): FindResult {
  const seen = [...posts].sort((one, other) => other.publishedAt.getTime() - one.publishedAt.getTime());
  return { seen, matches: seen.filter((post) => matches(request, post)) };
}

function matches({ content, from, to }: FindRequest, post: WallPost): boolean {
  return (
    post.byPage &&
    post.publishedAt >= from &&
    post.publishedAt <= to &&
    carriesTheSame(content, post) &&
    comparable(post.text) === comparable(content.text)
  );
}

/** Whether a post on a wall has as many attachments of each kind as it should. */
export function carriesTheSame({ photos, videos = [], documents = [], poll }: PostContent, post: WallPost): boolean {
  return (
    post.photoCount === photos.length &&
    post.videoCount === videos.length &&
    post.documentCount === documents.length &&
    post.hasPoll === (poll !== undefined)
  );
}

/** Networks trim, re-wrap and escape a text when they store it; these differences don't make it another text. */
function comparable(text: string): string {
  return text
    .replace(/&(?:amp|lt|gt|quot|#39);/g, (entity) => ENTITIES[entity] ?? entity)
    .normalize('NFC')
    .replace(/[\s\u200b\ufeff]+/g, ' ')
    .trim();
}
