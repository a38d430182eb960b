import type { Clock } from '../../platform/clock/clock.js';
import type { NetworkLimits, PostContent, PublishOutcome, PublishRequest } from '../network.js';
import { contentProblem } from '../post-content.js';
import { badPageId, isPageId, refusal } from '../refusal.js';
import { sendFailure } from '../wire.js';
import type { OkClient } from './ok.client.js';
import { OK_TITLE, okSendError } from './ok.errors.js';
import { sessionOf } from './ok.session.js';

/**
 * OK publishes no figures, only error names that prove limits exist. Text, number and size of photos are what integrators
 * found safe; sides and aspect are VK's, so that a photo prepared once fits both.
 */
export const OK_LIMITS: NetworkLimits = {
  textLength: 10_000,
  photos: 10,
  photoBytes: 10 * 1024 * 1024,
  photoSideSum: 14_000,
  photoAspect: 20,
  photoTypes: ['image/jpeg', 'image/png'],
  links: 1,
  // A link is a block of its own there.
  attachments: 11,
};

/** Publishing in a group: OK documentation, `mediatopic.post`. There is no key against repeats, so the marker isn't sent. */
export class OkPosts {
  constructor(
    private readonly client: OkClient,
    private readonly clock: Clock,
  ) {}

  async publish(request: PublishRequest): Promise<PublishOutcome> {
    const { page, content, credentials } = request;
    if (!isPageId(page.externalId)) return badPageId(OK_TITLE);
    const problem = contentProblem(OK_TITLE, OK_LIMITS, content);
    if (problem !== undefined) return { kind: 'refused', reason: problem };
    if (!content.photos.every((token) => token !== '')) {
      return refusal(OK_TITLE, 'bad-attachment', 'номер загруженной фотографии неверен. Загрузите фотографию заново.');
    }
    const opened = sessionOf(credentials);
    if ('refused' in opened) return opened.refused;

    const params = { type: 'GROUP_THEME', gid: page.externalId, attachment: JSON.stringify(attachmentOf(content)) };
    const deadline = { deadline: request.sendBefore, now: () => this.clock.now() };
    const result = await this.client.send('mediatopic.post', params, opened.session, deadline);
    if (result.kind === 'error') return okSendError(result.error, this.clock.now());
    if (result.kind !== 'value') return sendFailure(OK_TITLE, result);
    // A topic's id is a bare string of digits; "0", a number or `null` doesn't say that there is a topic, nor that there is none.
    const topicId = result.value;
    if (typeof topicId !== 'string' || !isPageId(topicId))
      return sendFailure(OK_TITLE, { kind: 'broken', why: 'no well-formed topic id' });
    return { kind: 'published', externalId: topicId, url: okTopicUrl(page.externalId, topicId) };
  }
}

/** `https://ok.ru/group/<group>/topic/<topic>`. */
export function okTopicUrl(groupId: string, topicId: string): string {
  return `https://ok.ru/group/${groupId}/topic/${topicId}`;
}

const PERMALINK = /^https?:\/\/(?:m\.)?ok\.ru\/group\/(\d+)\/topic\/(\d+)(?:[/?#].*)?$/;

/** The topic that an address of this group names. */
export function okTopicIdOf(groupId: string, url: string): string | undefined {
  const [, owner, id] = PERMALINK.exec(url.trim()) ?? [];
  return owner === groupId ? id : undefined;
}

function attachmentOf({ text, photos, link }: PostContent): object {
  const media = [
    ...(text.trim() === '' ? [] : [{ type: 'text', text: text.normalize('NFC') }]),
    ...(photos.length === 0 ? [] : [{ type: 'photo', list: photos.map((id) => ({ id })) }]),
    ...(link === undefined ? [] : [{ type: 'link', url: link }]),
  ];
  return { media, onBehalfOfGroup: 'true' };
}
