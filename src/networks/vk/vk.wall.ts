import type { Clock } from '../../platform/clock/clock.js';
import type { CallOutcome, Credentials, FindRequest, FindResult, PageRef, WallPost } from '../network.js';
import { matchWall } from '../post-match.js';
import { badPageId, isPageId, refusal } from '../refusal.js';
import { integer, list, records, record, text, type JsonRecord } from '../untrusted-json.js';
import { callFailure } from '../wire.js';
import type { VkClient } from './vk.client.js';
import { VK_TITLE, vkCallError } from './vk.errors.js';
import { vkPostUrl } from './vk.posts.js';
import { readingToken, writingUserToken } from './vk.tokens.js';

const PAGE_SIZE = 20;
const MOST_PAGES = 5;
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

  /** Reads back until the window's beginning is covered, at most a hundred posts. */
  async find(request: FindRequest): Promise<CallOutcome<FindResult>> {
    const { externalId } = request.page;
    if (!isPageId(externalId)) return badPageId(VK_TITLE);
    const chosen = readingToken(request.credentials);
    if ('refused' in chosen) return chosen.refused;
    const posts = new Map<string, WallPost>();
    for (let page = 0; page < MOST_PAGES; page += 1) {
      const read = await this.read(externalId, page * PAGE_SIZE, chosen.token);
      if (read.kind !== 'done') return read;
      for (const post of read.value.posts) posts.set(post.externalId, post);
      if (!read.value.full || (read.value.oldest !== undefined && read.value.oldest < request.from)) break;
    }
    return { kind: 'done', value: matchWall(request, [...posts.values()]) };
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

  private async read(communityId: string, offset: number, token: string): Promise<CallOutcome<WallPage>> {
    const params = { owner_id: `-${communityId}`, filter: 'owner', count: PAGE_SIZE, offset };
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
    const full = items.length >= PAGE_SIZE;
    return { kind: 'done', value: { posts, full, oldest: oldest === undefined ? undefined : new Date(oldest * 1_000) } };
  }
}

function postOf(item: JsonRecord | undefined, communityId: string): WallPost | undefined {
  const id = integer(item?.['id']);
  const date = integer(item?.['date']);
  if (item === undefined || id === undefined || date === undefined) return undefined;
  const attachments = records(item['attachments']);
  return {
    externalId: String(id),
    url: vkPostUrl(communityId, String(id)),
    publishedAt: new Date(date * 1_000),
    text: text(item['text']) ?? '',
    photoCount: attachments.filter(({ type }) => type === 'photo').length,
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
