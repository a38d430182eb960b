import type { Clock } from '../../platform/clock/clock.js';
import type { CallOutcome, Credentials, FindRequest, FindResult, PageRef, WallPost } from '../network.js';
import { lookedAt } from '../post-match.js';
import { badPageId, isPageId, refusal } from '../refusal.js';
import { flag, idOf, list, record, records, text, words, type JsonRecord } from '../untrusted-json.js';
import { callFailure, type WireResult } from '../wire.js';
import type { OkClient } from './ok.client.js';
import { OK_TITLE, okCallError } from './ok.errors.js';
import { okTopicUrl } from './ok.posts.js';
import { sessionOf } from './ok.session.js';

const NEWEST = 20;
const BAD_PARAMETER = 100;
const NOT_FOUND = 300;

/** Looking at a group's topics and taking them off: `mediatopic.getTopics`, `mediatopic.deleteTopic`. */
export class OkTopics {
  constructor(
    private readonly client: OkClient,
    private readonly clock: Clock,
  ) {}

  /** The newest topics only: how OK pages through older ones isn't documented. */
  async find(request: FindRequest): Promise<CallOutcome<FindResult>> {
    const { externalId } = request.page;
    if (!isPageId(externalId)) return badPageId(OK_TITLE);
    const opened = sessionOf(request.credentials);
    if ('refused' in opened) return opened.refused;
    const result = await this.client.call('mediatopic.getTopics', { gid: externalId, count: String(NEWEST) }, opened.session);
    if (result.kind === 'error') return okCallError(result.error, this.clock.now());
    if (result.kind !== 'value') return callFailure(OK_TITLE, result);
    // Clients in use read `{media_topics: […]}`; the page of the method isn't public, so a bare list is taken as well.
    const topics = list(result.value) ?? list(record(result.value)?.['media_topics']);
    if (topics === undefined) return callFailure(OK_TITLE, { kind: 'broken', why: 'no topics' });
    const posts = topics.map((topic) => postOf(record(topic), externalId)).filter((post) => post !== undefined);
    // A topic that can't be read might be the one we look for, so "absent" wouldn't be true.
    if (posts.length !== topics.length) return callFailure(OK_TITLE, { kind: 'broken', why: 'unreadable topic' });
    // The last of them: a pinned one may stand first whatever its age.
    const oldest = posts.at(-1)?.publishedAt;
    const covered = topics.length < NEWEST || (oldest !== undefined && oldest < request.from);
    return lookedAt(OK_TITLE, request, posts, covered);
  }

  /** `mediatopic.getByIds`: a topic that is gone is left out of the answer, or the answer is "not found". */
  async read(page: PageRef, credentials: Credentials, externalId: string): Promise<CallOutcome<WallPost | undefined>> {
    if (!isPageId(page.externalId)) return badPageId(OK_TITLE);
    if (!isPageId(externalId)) return { kind: 'done', value: undefined };
    const opened = sessionOf(credentials);
    if ('refused' in opened) return opened.refused;
    const params = { topic_ids: externalId, fields: 'media_topic.*' };
    const result = await this.client.call('mediatopic.getByIds', params, opened.session);
    if (result.kind === 'error') {
      return result.error.code === NOT_FOUND ? { kind: 'done', value: undefined } : okCallError(result.error, this.clock.now());
    }
    if (result.kind !== 'value') return callFailure(OK_TITLE, result);
    const topics = list(result.value) ?? list(record(result.value)?.['media_topics']);
    if (topics === undefined) return callFailure(OK_TITLE, { kind: 'broken', why: 'no topics' });
    // Topics have one number space, so another group's topic answers too.
    const own = topics.filter((topic) => [undefined, `group:${page.externalId}`].includes(text(record(topic)?.['owner_ref'])));
    const posts = own.map((topic) => postOf(record(topic), page.externalId));
    if (posts.includes(undefined)) return callFailure(OK_TITLE, { kind: 'broken', why: 'unreadable topic' });
    return { kind: 'done', value: posts.find((post) => post?.externalId === externalId) };
  }

  /** Sends `topic_id` as most clients do; some know the parameter as `delete_id`, so that is tried when OK refuses the first. */
  async delete(page: PageRef, credentials: Credentials, externalId: string): Promise<CallOutcome<void>> {
    if (!isPageId(page.externalId)) return badPageId(OK_TITLE);
    if (!isPageId(externalId)) return refusal(OK_TITLE, 'bad-post-id', 'номер темы неверен. Удалите тему вручную.');
    const opened = sessionOf(credentials);
    if ('refused' in opened) return opened.refused;
    const gid = page.externalId;
    const first = await this.client.call('mediatopic.deleteTopic', { topic_id: externalId, gid }, opened.session);
    const refused = first.kind === 'error' && first.error.code === BAD_PARAMETER;
    const last = refused
      ? await this.client.call('mediatopic.deleteTopic', { delete_id: externalId, gid }, opened.session)
      : first;
    return this.deleted(last);
  }

  private deleted(result: WireResult): CallOutcome<void> {
    if (result.kind === 'error') {
      return result.error.code === NOT_FOUND ? { kind: 'done', value: undefined } : okCallError(result.error, this.clock.now());
    }
    if (result.kind !== 'value') return callFailure(OK_TITLE, result);
    const success = result.value === true || flag(record(result.value)?.['success']) === true;
    return success ? { kind: 'done', value: undefined } : callFailure(OK_TITLE, { kind: 'broken', why: 'no success' });
  }
}

function postOf(topic: JsonRecord | undefined, groupId: string): WallPost | undefined {
  const id = idOf(topic?.['id']);
  const created = Number(topic?.['created_ms']);
  if (topic === undefined || id === undefined || !Number.isSafeInteger(created) || created <= 0) return undefined;
  const media = records(topic['media']);
  const photos = media.filter(({ type }) => type === 'photo').flatMap((block) => listed(block, 'photos', 'photo_refs'));
  const videos = media.filter(({ type }) => type === 'movie').flatMap((block) => listed(block, 'movies', 'movie_refs'));
  const links = media.filter(({ type }) => type === 'link').map(({ url }) => text(url) ?? '');
  return {
    externalId: id,
    url: okTopicUrl(groupId, id),
    publishedAt: new Date(created),
    text: media
      .filter(({ type }) => type === 'text')
      .map((block) => text(block['text']) ?? '')
      .join('\n'),
    photoCount: photos.length,
    videoCount: videos.length,
    documentCount: 0,
    hasPoll: media.some(({ type }) => type === 'poll'),
    attachments: [...photos, ...videos, ...links].filter((name) => name !== ''),
    byPage: topic['author_ref'] === `group:${groupId}`,
  };
}

/** The photos or videos of a block, as clients have seen them listed; one without an id still counts. */
function listed(block: JsonRecord, ...names: readonly string[]): string[] {
  const things = ['list', ...names].map((name) => list(block[name])).find((found) => found !== undefined) ?? [];
  return things.map((thing) => words(thing) ?? idOf(record(thing)?.['id']) ?? words(record(thing)?.['id']) ?? '');
}
