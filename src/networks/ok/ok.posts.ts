import type { Clock } from '../../platform/clock/clock.js';
import type { SendBefore } from '../../platform/outbound/send-deadline.js';
import type { Poll } from '../media.js';
import type { EditOutcome, EditRequest, PageRef, PostContent, PublishOutcome, PublishRequest } from '../network.js';
import { contentProblem } from '../post-content.js';
import { badPageId, isPageId, refusal } from '../refusal.js';
import { editFailure, sendFailure } from '../wire.js';
import type { OkClient } from './ok.client.js';
import { OK_TITLE, okEditError, okSendError } from './ok.errors.js';
import { OK_LIMITS } from './ok.limits.js';
import { sessionOf } from './ok.session.js';

/**
 * Publishing in a group and changing a topic: OK documentation, `mediatopic.post` and `mediatopic.edit`. There is no key against
 * repeats, so the marker isn't sent.
 */
export class OkPosts {
  constructor(
    private readonly client: OkClient,
    private readonly clock: Clock,
  ) {}

  async publish(request: PublishRequest): Promise<PublishOutcome> {
    const { page, content, credentials } = request;
    const unfit = unfitness(page, content);
    if (unfit !== undefined) return unfit;
    const opened = sessionOf(credentials);
    if ('refused' in opened) return opened.refused;

    const params = { type: 'GROUP_THEME', gid: page.externalId, attachment: JSON.stringify(attachmentOf(content)) };
    const result = await this.client.send('mediatopic.post', params, opened.session, this.deadline(request));
    if (result.kind === 'error') return okSendError(result.error, this.clock.now());
    if (result.kind !== 'value') return sendFailure(OK_TITLE, result);
    // A topic's id is a bare string of digits; "0", a number or `null` doesn't say that there is a topic, nor that there is none.
    const topicId = result.value;
    if (typeof topicId !== 'string' || !isPageId(topicId))
      return sendFailure(OK_TITLE, { kind: 'broken', why: 'no well-formed topic id' });
    return { kind: 'published', externalId: topicId, url: okTopicUrl(page.externalId, topicId) };
  }

  /** All blocks anew, and never a `publishAt`: a topic that is out stays where it is. */
  async edit(request: EditRequest): Promise<EditOutcome> {
    const { page, content, credentials, externalId } = request;
    const unfit = unfitness(page, content);
    if (unfit !== undefined) return unfit;
    if (!isPageId(externalId)) return refusal(OK_TITLE, 'bad-post-id', 'номер темы неверен. Измените тему вручную.');
    if (content.poll !== undefined) {
      const message = 'изменение темы начало бы опрос заново, голоса пропали бы. Измените тему вручную.';
      return refusal(OK_TITLE, 'poll-not-editable', message);
    }
    const opened = sessionOf(credentials);
    if ('refused' in opened) return opened.refused;

    const params = { topic_id: externalId, attachment: JSON.stringify(attachmentOf(content)) };
    const result = await this.client.send('mediatopic.edit', params, opened.session, this.deadline(request));
    if (result.kind === 'error') return okEditError(result.error, this.clock.now());
    if (result.kind !== 'value') return editFailure(OK_TITLE, result);
    return result.value === true ? { kind: 'edited' } : editFailure(OK_TITLE, { kind: 'broken', why: 'not true' });
  }

  private deadline({ sendBefore }: { sendBefore: Date }): SendBefore {
    return { deadline: sendBefore, now: () => this.clock.now() };
  }
}

function unfitness(page: PageRef, content: PostContent): ReturnType<typeof refusal> | undefined {
  if (!isPageId(page.externalId)) return badPageId(OK_TITLE);
  const problem = contentProblem(OK_TITLE, OK_LIMITS, content);
  if (problem !== undefined) return { kind: 'refused', reason: problem };
  const { photos, videos = [] } = content;
  if (photos.every((token) => token !== '') && videos.every(isPageId)) return undefined;
  return refusal(OK_TITLE, 'bad-attachment', 'номер загруженного вложения неверен. Загрузите файл заново.');
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

function attachmentOf({ text, photos, videos = [], link, poll }: PostContent): object {
  const media = [
    ...(text.trim() === '' ? [] : [{ type: 'text', text: text.normalize('NFC') }]),
    ...(photos.length === 0 ? [] : [{ type: 'photo', list: photos.map((id) => ({ id })) }]),
    ...(videos.length === 0 ? [] : [{ type: 'movie', list: videos.map((id) => ({ id })) }]),
    ...(link === undefined ? [] : [{ type: 'link', url: link }]),
    ...(poll === undefined ? [] : [pollOf(poll)]),
  ];
  return { media, onBehalfOfGroup: 'true' };
}

/** OK names what is allowed less: a poll without the words is one with several answers, and open (_unconfirmed_). */
function pollOf({ question, answers, anonymous, multiple }: Poll): object {
  const options = [...(multiple ? [] : ['SingleChoice']), ...(anonymous ? ['AnonymousVoting'] : [])];
  return {
    type: 'poll',
    question: question.normalize('NFC'),
    answers: answers.map((text) => ({ text: text.normalize('NFC') })),
    ...(options.length > 0 && { options: options.join(',') }),
  };
}
