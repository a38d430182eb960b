import type { Clock } from '../../platform/clock/clock.js';
import type { CallOutcome, Credentials, PageRef } from '../network.js';
import {
  countOf,
  type CountedPost,
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
import type { VkClient, VkParams } from './vk.client.js';
import { VK_TITLE, vkCallError } from './vk.errors.js';
import { readingToken, statisticsToken } from './vk.tokens.js';

/** VK documentation: `wall.getById` and `stats.getPostReach`. */
export const VK_ASKED_AT_ONCE = { counters: 100, reach: 30 } as const;

const DAY_MS = 24 * 3_600_000;
const WEEK_MS = 7 * DAY_MS;
const MOSCOW_OFFSET_MS = 3 * 3_600_000;

type Chosen = ReturnType<typeof readingToken>;

/** What VK counts. Counters stand below every post; reach and days are for those who manage the community. */
export class VkNumbers {
  constructor(
    private readonly client: VkClient,
    private readonly clock: Clock,
  ) {}

  /** `wall.getById`, of any walls: a post that is gone is left out of the answer. */
  async counters(credentials: Credentials, asked: readonly PostOnPage[]): Promise<CallOutcome<CountedPost[]>> {
    const pages = new Set(asked.map(({ pageId }) => pageId));
    const posts = asked.map(({ pageId, externalId }) => `-${pageId}_${externalId}`).join(',');
    const answer = await this.ask([...pages], readingToken(credentials), 'wall.getById', { posts });
    if (answer.kind !== 'done') return answer;
    // `{items: […]}` in 5.199, a bare list in older versions.
    const items = list(answer.value) ?? list(record(answer.value)?.['items']);
    if (items === undefined) return unreadable('no items');
    const counted = records(items).flatMap((item) => {
      const pageId = String(-(integer(item['owner_id']) ?? 0));
      return pages.has(pageId) ? named([item], 'id', countersOf).map((post) => ({ ...post, pageId })) : [];
    });
    return { kind: 'done', value: counted };
  }

  /** `stats.getPostReach`. */
  async reach(page: PageRef, credentials: Credentials, posts: readonly PostAsked[]): Promise<CallOutcome<PostNumbers[]>> {
    const post_ids = posts.map(({ externalId }) => externalId).join(',');
    const params = { owner_id: `-${page.externalId}`, post_ids };
    const answer = await this.ask([page.externalId], statisticsToken(credentials), 'stats.getPostReach', params);
    if (answer.kind !== 'done') return answer;
    const items = list(answer.value);
    return items === undefined ? unreadable('no list') : { kind: 'done', value: named(records(items), 'post_id', reachOf) };
  }

  /** `stats.get` by days. VK cuts them at midnight in Moscow (_unconfirmed_). */
  async days(page: PageRef, credentials: Credentials, from: Date, until: Date): Promise<CallOutcome<PageDay[]>> {
    const answer = await this.periods(page, credentials, { ...span(from, until), interval: 'day' });
    if (answer.kind !== 'done') return answer;
    const days = answer.value.map((period): PageDay | undefined => {
      const day = dayOf(period['period_from']);
      return day === undefined ? undefined : { day, numbers: dayNumbers(period) };
    });
    return { kind: 'done', value: days.filter((day) => day !== undefined) };
  }

  /** `stats.get` by weeks, two of them at least; a week that VK says nothing of is left out. */
  async weeks(page: PageRef, credentials: Credentials, from: Date): Promise<CallOutcome<PageWeek[]>> {
    const now = this.clock.now();
    const since = mondayOf(new Date(Math.min(from.getTime(), now.getTime() - 2 * WEEK_MS)));
    const answer = await this.periods(page, credentials, { ...span(since, now), interval: 'week' });
    if (answer.kind !== 'done') return answer;
    const over = answer.value
      .map((period) => ({ from: instantOf(period['period_from']), reach: countOf(record(period['reach'])?.['reach']) }))
      .filter((week): week is { from: number; reach: number } => week.from !== undefined && week.reach !== undefined)
      .filter((week) => week.from + WEEK_MS <= now.getTime())
      .sort((a, b) => b.from - a.from);
    return { kind: 'done', value: over.map((week) => ({ endsOn: moscowDay(week.from + WEEK_MS - DAY_MS), reach: week.reach })) };
  }

  private async periods(page: PageRef, credentials: Credentials, when: VkParams): Promise<CallOutcome<readonly JsonRecord[]>> {
    const params = { group_id: page.externalId, ...when, stats_groups: 'visitors,reach,activity', extended: 0 };
    const answer = await this.ask([page.externalId], statisticsToken(credentials), 'stats.get', params);
    if (answer.kind !== 'done') return answer;
    const periods = list(answer.value);
    return periods === undefined ? unreadable('no periods') : { kind: 'done', value: records(periods) };
  }

  private async ask(pages: readonly string[], chosen: Chosen, method: string, params: VkParams): Promise<CallOutcome<unknown>> {
    if (!pages.every(isPageId)) return badPageId(VK_TITLE);
    if ('refused' in chosen) return chosen.refused;
    const result = await this.client.call(method, params, chosen.token);
    if (result.kind === 'error') return vkCallError(result.error, this.clock.now());
    return result.kind === 'value' ? { kind: 'done', value: result.value } : callFailure(VK_TITLE, result);
  }
}

function unreadable(why: string): CallOutcome<never> {
  return callFailure(VK_TITLE, { kind: 'broken', why });
}

function named(items: readonly JsonRecord[], id: string, read: (item: JsonRecord) => PostNumbers['numbers']): PostNumbers[] {
  return items.flatMap((item) => {
    const externalId = idOf(item[id]);
    return externalId === undefined ? [] : [{ externalId, numbers: read(item) }];
  });
}

function countersOf(item: JsonRecord): PostNumbers['numbers'] {
  const count = (field: string) => countOf(record(item[field])?.['count']);
  return told({ views: count('views'), likes: count('likes'), comments: count('comments'), reposts: count('reposts') });
}

function reachOf(item: JsonRecord): PostNumbers['numbers'] {
  return told({
    reach: countOf(item['reach_total']),
    reachSubscribers: countOf(item['reach_subscribers']),
    linkClicks: countOf(item['links']),
    hides: countOf(item['hide']),
  });
}

function dayNumbers(period: JsonRecord): PageDay['numbers'] {
  const part = (name: string) => {
    const group = record(period[name]);
    return (field: string) => countOf(group?.[field]);
  };
  const [reach, visitors, activity] = [part('reach'), part('visitors'), part('activity')];
  return told({
    ...{ reach: reach('reach'), reachSubscribers: reach('reach_subscribers') },
    ...{ views: visitors('views'), visitors: visitors('visitors') },
    ...{ likes: activity('likes'), comments: activity('comments'), reposts: activity('copies') },
    ...{ joined: activity('subscribed'), lost: activity('unsubscribed') },
  });
}

function span(from: Date, until: Date): { timestamp_from: number; timestamp_to: number } {
  return { timestamp_from: seconds(from), timestamp_to: seconds(until) };
}

function seconds(instant: Date): number {
  return Math.floor(instant.getTime() / 1_000);
}

/** A period begins at a Unix time, or on a day in older versions. */
function instantOf(value: unknown): number | undefined {
  const second = integer(value);
  if (second !== undefined) return second * 1_000;
  const day = /^\d{4}-\d{2}-\d{2}/.exec(text(value) ?? '')?.[0];
  const parsed = day === undefined ? NaN : Date.parse(`${day}T00:00:00Z`) - MOSCOW_OFFSET_MS;
  return Number.isNaN(parsed) ? undefined : parsed;
}

function dayOf(value: unknown): string | undefined {
  const instant = instantOf(value);
  return instant === undefined ? undefined : moscowDay(instant);
}

function moscowDay(instant: number): string {
  return new Date(instant + MOSCOW_OFFSET_MS).toISOString().slice(0, 10);
}

/** Midnight in Moscow; a week of which only a part is asked for would be told as that part. */
function mondayOf(instant: Date): Date {
  const day = Date.parse(`${moscowDay(instant.getTime())}T00:00:00Z`);
  return new Date(day - ((new Date(day).getUTCDay() + 6) % 7) * DAY_MS - MOSCOW_OFFSET_MS);
}
