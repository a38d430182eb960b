import type { Clock } from '../../platform/clock/clock.js';
import type { NetworkLimits, PostContent, PublishOutcome, PublishRequest } from '../network.js';
import { contentProblem } from '../post-content.js';
import { badPageId, isPageId, refusal } from '../refusal.js';
import { integer, record } from '../untrusted-json.js';
import { sendFailure } from '../wire.js';
import type { VkClient, VkParams } from './vk.client.js';
import { VK_TITLE, vkSendError } from './vk.errors.js';
import { communityToken, writingUserToken } from './vk.tokens.js';

/**
 * VK doesn't document its caps: integrators measured 15,000 and 16,000 characters, and ten attachments are documented
 * for messages only. Photo limits: VK documentation, upload of wall photos.
 */
export const VK_LIMITS: NetworkLimits = {
  textLength: 15_000,
  photos: 10,
  photoBytes: 50 * 1024 * 1024,
  photoSideSum: 14_000,
  photoAspect: 20,
  photoTypes: ['image/jpeg', 'image/png'],
  links: 1,
  // Of every kind (ten: _unconfirmed_, documented for messages).
  attachments: 10,
};

const PHOTO_ATTACHMENT = /^photo-?\d+_\d+(_\w+)?$/;

/** Publishing on a wall: VK documentation, `wall.post`. */
export class VkPosts {
  constructor(
    private readonly client: VkClient,
    private readonly clock: Clock,
  ) {}

  async publish(request: PublishRequest): Promise<PublishOutcome> {
    const { page, content, credentials } = request;
    if (!isPageId(page.externalId)) return badPageId(VK_TITLE);
    const problem = contentProblem(VK_TITLE, VK_LIMITS, content);
    if (problem !== undefined) return { kind: 'refused', reason: problem };
    if (!content.photos.every((photo) => PHOTO_ATTACHMENT.test(photo))) {
      return refusal(VK_TITLE, 'bad-attachment', 'номер загруженной фотографии неверен. Загрузите фотографию заново.');
    }
    if (attachmentsOf(content).length > VK_LIMITS.attachments) {
      const message = `вложений больше ${VK_LIMITS.attachments}: ссылка занимает место одной фотографии. Уберите ссылку или фотографию.`;
      return refusal(VK_TITLE, 'too-many-attachments', message);
    }
    const chosen = content.photos.length > 0 ? writingUserToken(credentials) : communityToken(credentials);
    if ('refused' in chosen) return chosen.refused;

    const deadline = { deadline: request.sendBefore, now: () => this.clock.now() };
    const result = await this.client.send('wall.post', paramsOf(request), chosen.token, deadline);
    if (result.kind === 'error') return vkSendError(result.error, this.clock.now());
    if (result.kind !== 'value') return sendFailure(VK_TITLE, result);
    const postId = publishedId(result.value, page.externalId);
    if (postId === undefined) return sendFailure(VK_TITLE, { kind: 'broken', why: 'no well-formed post_id' });
    return { kind: 'published', externalId: postId, url: vkPostUrl(page.externalId, postId) };
  }
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

function paramsOf({ page, content, marker }: PublishRequest): VkParams {
  const attachments = attachmentsOf(content);
  return {
    owner_id: `-${page.externalId}`,
    from_group: 1,
    guid: marker,
    ...(content.text === '' ? {} : { message: content.text.normalize('NFC') }),
    ...(attachments.length === 0 ? {} : { attachments: attachments.join(',') }),
  };
}

function attachmentsOf({ photos, link }: PostContent): readonly string[] {
  // A comma ends an attachment, so one inside a link must not look like it.
  return link === undefined ? photos : [...photos, link.replaceAll(',', '%2C')];
}

/** The id is a positive number for our own wall; a string, a zero or another owner isn't an answer we understand. */
function publishedId(value: unknown, communityId: string): string | undefined {
  const response = record(value);
  const postId = integer(response?.['post_id']);
  if (postId === undefined || postId <= 0) return undefined;
  const owner = response?.['owner_id'];
  return owner === undefined || owner === -Number(communityId) ? String(postId) : undefined;
}
