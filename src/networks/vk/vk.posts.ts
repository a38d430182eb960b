import type { Clock } from '../../platform/clock/clock.js';
import type { SendBefore } from '../../platform/outbound/send-deadline.js';
import type { EditOutcome, EditRequest, PageRef, PostContent, PublishOutcome, PublishRequest } from '../network.js';
import { contentProblem, publishCallOf } from '../post-content.js';
import { badPageId, isPageId, refusal } from '../refusal.js';
import { integer, record } from '../untrusted-json.js';
import { editFailure, sendFailure } from '../wire.js';
import type { VkClient } from './vk.client.js';
import { VK_TITLE, vkEditError, vkSendError } from './vk.errors.js';
import { VK_LIMITS } from './vk.limits.js';
import { publishingToken, writingUserToken } from './vk.tokens.js';

const ATTACHMENTS = {
  photos: /^photo-?\d+_\d+(_\w+)?$/,
  videos: /^video-?\d+_\d+(_\w+)?$/,
  documents: /^doc-?\d+_\d+(_\w+)?$/,
  poll: /^poll-?\d+_\d+$/,
} as const;

/** Publishing on a wall and changing what stands there: VK documentation, `wall.post` and `wall.edit`. */
export class VkPosts {
  constructor(
    private readonly client: VkClient,
    private readonly clock: Clock,
  ) {}

  async publish(request: PublishRequest): Promise<PublishOutcome> {
    const { page, content, credentials, marker } = request;
    const unfit = unfitness(page, content);
    if (unfit !== undefined) return unfit;
    const chosen = publishingToken(publishCallOf(content), credentials);
    if ('refused' in chosen) return chosen.refused;

    const attachments = attachmentsOf(content);
    const params = {
      owner_id: `-${page.externalId}`,
      from_group: 1,
      guid: marker,
      ...(content.text === '' ? {} : { message: content.text.normalize('NFC') }),
      ...(attachments.length === 0 ? {} : { attachments: attachments.join(',') }),
    };
    const result = await this.client.send('wall.post', params, chosen.token, this.deadline(request));
    if (result.kind === 'error') return vkSendError(result.error, this.clock.now());
    if (result.kind !== 'value') return sendFailure(VK_TITLE, result);
    const postId = publishedId(result.value, page.externalId);
    if (postId === undefined) return sendFailure(VK_TITLE, { kind: 'broken', why: 'no well-formed post_id' });
    return { kind: 'published', externalId: postId, url: vkPostUrl(page.externalId, postId) };
  }

  /**
   * Everything is sent anew, because VK drops an attachment that an edit leaves out (_unconfirmed_). Never a
   * `publish_date`: with one, VK takes the post off the wall and puts it out again.
   */
  async edit(request: EditRequest): Promise<EditOutcome> {
    const { page, content, credentials, externalId } = request;
    const unfit = unfitness(page, content);
    if (unfit !== undefined) return unfit;
    if (!isPageId(externalId)) return refusal(VK_TITLE, 'bad-post-id', 'номер записи неверен. Измените запись вручную.');
    const chosen = writingUserToken(credentials);
    if ('refused' in chosen) return chosen.refused;

    const params = {
      owner_id: `-${page.externalId}`,
      post_id: externalId,
      message: content.text.normalize('NFC'),
      attachments: attachmentsOf(content).join(','),
    };
    const result = await this.client.send('wall.edit', params, chosen.token, this.deadline(request));
    if (result.kind === 'error') return vkEditError(result.error, this.clock.now());
    if (result.kind !== 'value') return editFailure(VK_TITLE, result);
    // `{post_id}` by the schema; a bare 1 is what older versions answered.
    const done = result.value === 1 || publishedId(result.value, page.externalId) === externalId;
    return done ? { kind: 'edited' } : editFailure(VK_TITLE, { kind: 'broken', why: 'another post_id' });
  }

  private deadline({ sendBefore }: { sendBefore: Date }): SendBefore {
    return { deadline: sendBefore, now: () => this.clock.now() };
  }
}

function unfitness(page: PageRef, content: PostContent): ReturnType<typeof refusal> | undefined {
  if (!isPageId(page.externalId)) return badPageId(VK_TITLE);
  const problem = contentProblem(VK_TITLE, VK_LIMITS, content);
  if (problem !== undefined) return { kind: 'refused', reason: problem };
  const { photos, videos = [], documents = [], poll } = content;
  const wellFormed =
    photos.every((id) => ATTACHMENTS.photos.test(id)) &&
    videos.every((id) => ATTACHMENTS.videos.test(id)) &&
    documents.every((id) => ATTACHMENTS.documents.test(id)) &&
    (poll === undefined || ATTACHMENTS.poll.test(poll.attachment ?? ''));
  if (wellFormed) return undefined;
  return refusal(VK_TITLE, 'bad-attachment', 'номер загруженного вложения неверен. Загрузите файл заново.');
}

/** `https://vk.com/wall-<community>_<post>`. */
export function vkPostUrl(communityId: string, postId: string): string {
  return `https://vk.com/wall-${communityId}_${postId}`;
}

const PERMALINK = /^https?:\/\/(?:m\.)?vk\.(?:com|ru)\/(?:[\w.]+\?(?:[^#]*&)?w=)?wall-(\d+)_(\d+)(?:[?&#].*)?$/;

/** Reads the address bar of a post: its own page, or the post opened over the community. */
export function vkPostIdOf(communityId: string, url: string): string | undefined {
  const [, owner, id] = PERMALINK.exec(url.trim().replaceAll('%2F', '/')) ?? [];
  return owner === communityId ? id : undefined;
}

function attachmentsOf({ photos, videos = [], documents = [], link, poll }: PostContent): readonly string[] {
  const ahead = [...photos, ...videos, ...documents, ...(poll?.attachment === undefined ? [] : [poll.attachment])];
  // A comma ends an attachment, so one inside a link must not look like it.
  return link === undefined ? ahead : [...ahead, link.replaceAll(',', '%2C')];
}

/** The id is a positive number for our own wall; a string, a zero or another owner isn't an answer we understand. */
function publishedId(value: unknown, communityId: string): string | undefined {
  const response = record(value);
  const postId = integer(response?.['post_id']);
  if (postId === undefined || postId <= 0) return undefined;
  const owner = response?.['owner_id'];
  return owner === undefined || owner === -Number(communityId) ? String(postId) : undefined;
}
