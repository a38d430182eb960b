import type { Clock } from '../../platform/clock/clock.js';
import type { CallOutcome, Credentials, PageRef } from '../network.js';
import {
  countOf,
  type CountedPost,
  type DayMetric,
  type PageDay,
  type PageWeek,
  type PostAsked,
  type PostNumbers,
  type PostOnPage,
  told,
} from '../numbers.js';
import { badPageId, isPageId } from '../refusal.js';
import { idOf, integer, list, record, records, text, type JsonRecord } from '../untrusted-json.js';
import { callFailure } from '../wire.js';
import type { OkClient, OkParams } from './ok.client.js';
import { OK_TITLE, okCallError } from './ok.errors.js';
import { sessionOf } from './ok.session.js';

/** OK documents no figure for `mediatopic.getByIds`; ours is careful. A list of statistics has a hundred at most. */
export const OK_ASKED_AT_ONCE = { counters: 50, reach: 50 } as const;

const TOPIC_FIELDS = 'ID,CREATED_MS,REACH,REACH_OWN,LINK_CLICKS,HIDES_FROM_FEED';
const MOST_TOPICS = 100;
const MOSCOW_OFFSET_MS = 3 * 3_600_000;
const HALF_DAY_MS = 12 * 3_600_000;
const MINUTE_MS = 60_000;
const NOT_FOUND = 300;

/** What OK calls them, and what they are to us. */
const TRENDS: Readonly<Record<string, DayMetric>> = {
  REACH: 'reach',
  REACH_OWN: 'reachSubscribers',
  RENDERINGS: 'views',
  PAGE_VISITS: 'visitors',
  LIKES: 'likes',
  COMMENTS: 'comments',
  RESHARES: 'reposts',
  NEW_MEMBERS: 'joined',
  LEFT_MEMBERS: 'lost',
};

/** What OK counts. Counters stand in the topics; statistics are for a group's administrator. */
export class OkNumbers {
  constructor(
    private readonly client: OkClient,
    private readonly clock: Clock,
  ) {}

  /** `mediatopic.getByIds`, of any groups: topics that are gone are left out of the answer, or the answer is "not found". */
  async counters(credentials: Credentials, asked: readonly PostOnPage[]): Promise<CallOutcome<CountedPost[]>> {
    const pageOf = new Map(asked.map(({ externalId, pageId }) => [externalId, pageId]));
    const params = { topic_ids: [...pageOf.keys()].join(','), fields: 'media_topic.*' };
    const answer = await this.ask([...new Set(pageOf.values())], credentials, 'mediatopic.getByIds', params);
    if (answer.kind !== 'done') return goneIs([], answer);
    const topics = list(answer.value) ?? list(record(answer.value)?.['media_topics']);
    if (topics === undefined) return unreadable('no topics');
    // Topics have one number space, so another group's topic answers too.
    const counted = records(topics).flatMap((topic) =>
      named([topic], countersOf).flatMap((post) => {
        const pageId = pageOf.get(post.externalId);
        const isOurs = pageId !== undefined && [undefined, `group:${pageId}`].includes(text(topic['owner_ref']));
        return isOurs ? [{ ...post, pageId }] : [];
      }),
    );
    return { kind: 'done', value: counted };
  }

  /**
   * `group.getStatTopics` for the time in which the posts came out, or `group.getStatTopic` for a single one. OK leaves out topics
   * that nobody but their author has seen.
   */
  async reach(page: PageRef, credentials: Credentials, posts: readonly PostAsked[]): Promise<CallOutcome<PostNumbers[]>> {
    const [first] = posts;
    if (first === undefined) return { kind: 'done', value: [] };
    return posts.length === 1 ? this.reachOfOne(page, credentials, first.externalId) : this.reachOfMany(page, credentials, posts);
  }

  /** `group.getStatTrends`. OK names a day by an instant in it; it cuts days in Moscow (_unconfirmed_). */
  async days(page: PageRef, credentials: Credentials, from: Date, until: Date): Promise<CallOutcome<PageDay[]>> {
    const params = { gid: page.externalId, ...span(from, until), fields: Object.keys(TRENDS).join(',') };
    const answer = await this.ask([page.externalId], credentials, 'group.getStatTrends', params);
    if (answer.kind !== 'done') return answer;
    const trends = record(answer.value);
    return trends === undefined ? unreadable('no trends') : { kind: 'done', value: daysOf(trends) };
  }

  /** `group.getStatOverview` for the last seven days, on whatever day they end. */
  async weeks(page: PageRef, credentials: Credentials): Promise<CallOutcome<PageWeek[]>> {
    const params = { gid: page.externalId, period: 'WEEK', fields: 'REACH,START_TIME_MS,END_TIME_MS' };
    const answer = await this.ask([page.externalId], credentials, 'group.getStatOverview', params);
    if (answer.kind !== 'done') return answer;
    const overview = record(answer.value);
    return overview === undefined ? unreadable('no overview') : { kind: 'done', value: lastWeekOf(overview) };
  }

  private async reachOfOne(page: PageRef, credentials: Credentials, topic_id: string): Promise<CallOutcome<PostNumbers[]>> {
    const answer = await this.ask([page.externalId], credentials, 'group.getStatTopic', { topic_id, fields: TOPIC_FIELDS });
    if (answer.kind !== 'done') return goneIs([], answer);
    const topic = record(record(answer.value)?.['topic']);
    return { kind: 'done', value: topic === undefined ? [] : named([{ id: topic_id, ...topic }], reachOf) };
  }

  private async reachOfMany(
    page: PageRef,
    credentials: Credentials,
    posts: readonly PostAsked[],
  ): Promise<CallOutcome<PostNumbers[]>> {
    const times = posts.map(({ publishedAt }) => publishedAt.getTime());
    // We learn when a post came out from OK's own clock or from ours.
    const when = span(new Date(Math.min(...times) - 5 * MINUTE_MS), new Date(Math.max(...times) + 5 * MINUTE_MS));
    const params = { gid: page.externalId, ...when, count: String(MOST_TOPICS), fields: TOPIC_FIELDS };
    const answer = await this.ask([page.externalId], credentials, 'group.getStatTopics', params);
    if (answer.kind !== 'done') return answer;
    const topics = list(record(answer.value)?.['topics']);
    if (topics === undefined) return unreadable('no topics');
    const wanted = new Set(posts.map(({ externalId }) => externalId));
    return { kind: 'done', value: named(records(topics), reachOf).filter(({ externalId }) => wanted.has(externalId)) };
  }

  private async ask(
    pages: readonly string[],
    credentials: Credentials,
    method: string,
    params: OkParams,
  ): Promise<CallOutcome<unknown>> {
    if (!pages.every(isPageId)) return badPageId(OK_TITLE);
    const opened = sessionOf(credentials);
    if ('refused' in opened) return opened.refused;
    const result = await this.client.call(method, params, opened.session);
    if (result.kind === 'error') return okCallError(result.error, this.clock.now());
    return result.kind === 'value' ? { kind: 'done', value: result.value } : callFailure(OK_TITLE, result);
  }
}

function unreadable(why: string): CallOutcome<never> {
  return callFailure(OK_TITLE, { kind: 'broken', why });
}

/** "Not found" says that none of the posts is there, and nothing of the page. */
function goneIs<T>(nothing: T, failure: Exclude<CallOutcome<unknown>, { kind: 'done' }>): CallOutcome<T> {
  return failure.reason.networkCode === String(NOT_FOUND) ? { kind: 'done', value: nothing } : failure;
}

function named(items: readonly JsonRecord[], read: (item: JsonRecord) => PostNumbers['numbers']): PostNumbers[] {
  return items.flatMap((item) => {
    const externalId = idOf(item['id']);
    return externalId === undefined ? [] : [{ externalId, numbers: read(item) }];
  });
}

function countersOf(topic: JsonRecord): PostNumbers['numbers'] {
  return told({
    views: countOf(topic['views_count']),
    likes: countOf(record(topic['like_summary'])?.['count']),
    comments: countOf(record(topic['discussion_summary'])?.['comments_count']),
    reposts: countOf(record(topic['reshare_summary'])?.['count']),
  });
}

function reachOf(topic: JsonRecord): PostNumbers['numbers'] {
  return told({
    reach: countOf(topic['reach']),
    reachSubscribers: countOf(topic['reach_own']),
    linkClicks: countOf(topic['link_clicks']),
    hides: countOf(topic['hides_from_feed']),
  });
}

/** OK answers a list of `{time, value}` for each field. */
function daysOf(trends: JsonRecord): PageDay[] {
  const days = new Map<string, Partial<Record<DayMetric, number>>>();
  for (const [field, metric] of Object.entries(TRENDS)) {
    for (const { time, value } of records(trends[field.toLowerCase()])) {
      const [instant, count] = [integer(time), countOf(value)];
      if (instant === undefined || count === undefined) continue;
      const day = new Date(instant + MOSCOW_OFFSET_MS).toISOString().slice(0, 10);
      days.set(day, { ...days.get(day), [metric]: count });
    }
  }
  return [...days].sort(([a], [b]) => (a < b ? -1 : 1)).map(([day, numbers]) => ({ day, numbers }));
}

/** The middle of its last day tells which day that is, wherever OK cuts days. */
function lastWeekOf(overview: JsonRecord): PageWeek[] {
  const [reach, end] = [countOf(overview['reach']), integer(overview['end_time_ms'])];
  if (reach === undefined) return [];
  return [
    { reach, endsOn: end === undefined ? null : new Date(end - HALF_DAY_MS + MOSCOW_OFFSET_MS).toISOString().slice(0, 10) },
  ];
}

function span(from: Date, until: Date): { start_time: string; end_time: string } {
  return { start_time: String(from.getTime()), end_time: String(until.getTime()) };
}
