import type { Clock } from '../../platform/clock/clock.js';
import type { CallOutcome, Credentials, FindOutcome, FindRequest, PageRef, WallPost } from '../network.js';
import { lookedAt } from '../post-match.js';
import { badPageId, isPageId, refusal } from '../refusal.js';
import { integer, list, records, record, text, type JsonRecord } from '../untrusted-json.js';
import { callFailure } from '../wire.js';
import type { VkClient } from './vk.client.js';
import { VK_TITLE, vkCallError } from './vk.errors.js';
import { vkPostUrl } from './vk.posts.js';
import { readingToken, writingUserToken } from './vk.tokens.js';

/** A usual look needs the newest twenty. A second call brings the rest: a token that reads has three calls a second for everything. */
const PAGES = [
  { offset: 0, count: 20 },
  { offset: 20, count: 80 },
] as const;
const NOT_FOUND = 104;

interface WallPage {
  readonly posts: readonly WallPost[];
  /** When the oldest post in the wall's own order appeared; the pinned post stands first whatever its age and doesn't count. */
  readonly oldest: Date | undefined;
  readonly full: boolean;
}

/** Looking at a wall and taking posts off it: VK documentation, `wall.get` and `wall.delete`. */
export class VkWall {
  constructor(
    private readonly client: VkClient,
    private readonly clock: Clock,
  ) {}

  /** Reads back until the window's beginning is covered, at most a hundred posts; beyond them "absent" would be a guess. */
  async find(request: FindRequest): Promise<FindOutcome> {
    const { externalId } = request.page;
    if (!isPageId(externalId)) return badPageId(VK_TITLE);
    const chosen = readingToken(request.credentials);
    if ('refused' in chosen) return chosen.refused;
    // VK tells whole seconds, so a post of the window's first second may seem older than the window.
    const from = new Date(Math.floor(request.from.getTime() / 1_000) * 1_000);
    const posts = new Map<string, WallPost>();
    let covered = false;
    let requests = 0;
    for (const page of PAGES) {
      requests += 1;
      const read = await this.read(externalId, page, chosen.token);
      if (read.kind !== 'done') return { ...read, requests };
      for (const post of read.value.posts) posts.set(post.externalId, post);
      covered = !read.value.full || (read.value.oldest !== undefined && read.value.oldest < from);
      if (covered) break;
    }
    return { ...lookedAt(VK_TITLE, { ...request, from }, [...posts.values()], covered), requests };
  }

  /** VK documentation, `wall.getById`: a post that is gone is left out of the answer. */
  async readOne(page: PageRef, credentials: Credentials, externalId: string): Promise<CallOutcome<WallPost | undefined>> {
    if (!isPageId(page.externalId)) return badPageId(VK_TITLE);
    if (!isPageId(externalId)) return { kind: 'done', value: undefined };
    const chosen = readingToken(credentials);
    if ('refused' in chosen) return chosen.refused;
    const result = await this.client.call('wall.getById', { posts: `-${page.externalId}_${externalId}` }, chosen.token);
    if (result.kind === 'error') return vkCallError(result.error, this.clock.now());
    if (result.kind !== 'value') return callFailure(VK_TITLE, result);
    // `{items: […]}` in 5.199, a bare list in older versions.
    const items = list(result.value) ?? list(record(result.value)?.['items']);
    if (items === undefined) return callFailure(VK_TITLE, { kind: 'broken', why: 'no items' });
    const posts = items.map((item) => postOf(record(item), page.externalId));
    if (posts.includes(undefined)) return callFailure(VK_TITLE, { kind: 'broken', why: 'unreadable post' });
    return { kind: 'done', value: posts.find((post) => post?.externalId === externalId) };
  }

  async delete(page: PageRef, credentials: Credentials, externalId: string): Promise<CallOutcome<void>> {
    if (!isPageId(page.externalId)) return badPageId(VK_TITLE);
    if (!isPageId(externalId)) return refusal(VK_TITLE, 'bad-post-id', 'номер записи неверен. Удалите запись вручную.');
    const chosen = writingUserToken(credentials);
    if ('refused' in chosen) return chosen.refused;
    const result = await this.client.call('wall.delete', { owner_id: `-${page.externalId}`, post_id: externalId }, chosen.token);
    if (result.kind === 'error') {
      return result.error.code === NOT_FOUND ? { kind: 'done', value: undefined } : vkCallError(result.error, this.clock.now());
    }
    if (result.kind !== 'value') return callFailure(VK_TITLE, result);
    return result.value === 1 ? { kind: 'done', value: undefined } : callFailure(VK_TITLE, { kind: 'broken', why: 'not 1' });
  }

  private async read(communityId: string, page: (typeof PAGES)[number], token: string): Promise<CallOutcome<WallPage>> {
    const params = { owner_id: `-${communityId}`, filter: 'owner', ...page };
    const result = await this.client.call('wall.get', params, token);
    if (result.kind === 'error') return vkCallError(result.error, this.clock.now());
    if (result.kind !== 'value') return callFailure(VK_TITLE, result);
    const items = list(record(result.value)?.['items']);
    // Without a list there is nothing to conclude "absent" from.
    if (items === undefined) return callFailure(VK_TITLE, { kind: 'broken', why: 'no items' });
    const posts = items.map((item) => postOf(record(item), communityId)).filter((post) => post !== undefined);
    // A post that can't be read might be the one we look for.
    if (posts.length !== items.length) return callFailure(VK_TITLE, { kind: 'broken', why: 'unreadable post' });
    const oldest = integer(
      records(items)
        .filter((item) => item['is_pinned'] !== 1)
        .at(-1)?.['date'],
    );
    const full = items.length >= page.count;
    return { kind: 'done', value: { posts, full, oldest: oldest === undefined ? undefined : new Date(oldest * 1_000) } };
  }
}

function postOf(item: JsonRecord | undefined, communityId: string): WallPost | undefined {
  const id = integer(item?.['id']);
  const date = integer(item?.['date']);
  if (item === undefined || id === undefined || date === undefined) return undefined;
  const attachments = records(item['attachments']);
  const count = (kind: string): number => attachments.filter(({ type }) => type === kind).length;
  return {
    externalId: String(id),
    url: vkPostUrl(communityId, String(id)),
    publishedAt: new Date(date * 1_000),
    text: text(item['text']) ?? '',
    photoCount: count('photo'),
    videoCount: count('video'),
    documentCount: count('doc'),
    hasPoll: count('poll') > 0,
    attachments: attachments.map(attachmentId).filter((name) => name !== undefined),
    byPage: integer(item['from_id']) === -Number(communityId),
  };
}

function attachmentId(attachment: JsonRecord): string | undefined {
  const type = text(attachment['type']);
  const object = type === undefined ? undefined : record(attachment[type]);
  if (type === 'link') return text(object?.['url']);
  const owner = integer(object?.['owner_id']);
  const id = integer(object?.['id']);
  return owner === undefined || id === undefined ? undefined : `${type}${owner}_${id}`;
}
