import { endOfDay, startOfDay, weekOf } from '../moscow-days.js';
import type { VkCall } from './vk.call.js';
import type { VkCommunity } from './vk.model.js';
import type { VkDayNumbers } from './vk.numbers.js';
import { badParam, noPermission } from './vk.refusals.js';
import { seconds } from './wall.views.js';

const MOST_POSTS = 30;
const GROUPS = ['visitors', 'reach', 'activity'] as const;
/** Of a period's first day; days of the same key are one period. */
const PERIODS: Record<string, (day: string) => string> = {
  day: (day) => day,
  week: weekOf,
  month: (day) => day.slice(0, 7),
  year: (day) => day.slice(0, 4),
  all: () => '',
};

/** Newest period first. People who came on two days are counted twice in a longer period, which the real network does not do. */
export function statsGet(call: VkCall): unknown {
  const community = managed(call, call.communityOfGroup());
  const interval = call.text('interval') || 'day';
  const keyOf = PERIODS[interval];
  if (!keyOf) throw badParam('interval is invalid');
  const periods = new Map<string, [string, VkDayNumbers][]>();
  for (const [day, numbers] of daysBetween(call, community)) {
    periods.set(keyOf(day), [...(periods.get(keyOf(day)) ?? []), [day, numbers]]);
  }
  const wanted = [...periods.values()].reverse().slice(0, call.count('intervals_count', periods.size, Number.MAX_SAFE_INTEGER));
  const groups = new Set(call.text('stats_groups') === '' ? GROUPS : call.text('stats_groups').split(','));
  return wanted.map((days) => periodView(days, groups));
}

export function getPostReach(call: VkCall): unknown {
  const community = managed(call, call.communityOfOwner());
  const ids = call.text('post_ids').split(',').filter(Boolean).map(Number);
  if (ids.length === 0 || ids.some((id) => !Number.isInteger(id))) throw badParam('post_ids is invalid');
  if (ids.length > MOST_POSTS) throw badParam(`post_ids should contain at most ${MOST_POSTS} ids`);
  return ids.flatMap((id) => {
    const post = call.state.findPost(-community.id, id);
    return post?.kind === 'post' ? [reachView(call, id, -community.id)] : [];
  });
}

function managed(call: VkCall, community: VkCommunity): VkCommunity {
  if (!call.canManage(community)) throw noPermission();
  return community;
}

function daysBetween(call: VkCall, community: VkCommunity): readonly [string, VkDayNumbers][] {
  const from = (call.optionalInt('timestamp_from') ?? 0) * 1000;
  const to = (call.optionalInt('timestamp_to') ?? Number.MAX_SAFE_INTEGER / 1000) * 1000;
  return call.state.numbers
    .daysOf(community.id)
    .filter(([day]) => endOfDay(day).getTime() >= from && startOfDay(day).getTime() <= Math.min(to, call.at.getTime()));
}

function periodView(days: readonly [string, VkDayNumbers][], groups: ReadonlySet<string>): Record<string, unknown> {
  const sum = (name: keyof VkDayNumbers): number => days.reduce((total, [, numbers]) => total + numbers[name], 0);
  return {
    period_from: seconds(startOfDay(days[0]![0])),
    period_to: seconds(endOfDay(days.at(-1)![0])),
    ...(groups.has('visitors') && {
      visitors: { views: sum('views'), visitors: sum('visitors'), mobile_views: sum('mobileViews') },
    }),
    ...(groups.has('reach') && {
      reach: { reach: sum('reach'), reach_subscribers: sum('reachSubscribers'), mobile_reach: sum('mobileReach') },
    }),
    ...(groups.has('activity') && {
      activity: {
        likes: sum('likes'),
        comments: sum('comments'),
        copies: sum('copies'),
        hidden: sum('hidden'),
        subscribed: sum('subscribed'),
        unsubscribed: sum('unsubscribed'),
      },
    }),
  };
}

function reachView(call: VkCall, id: number, ownerId: number): Record<string, unknown> {
  const numbers = call.state.numbers.ofPost(ownerId, id);
  return {
    post_id: id,
    reach_total: numbers.reachTotal,
    reach_subscribers: numbers.reachSubscribers,
    reach_viral: numbers.reachViral,
    reach_ads: numbers.reachAds,
    links: numbers.links,
    to_group: numbers.toGroup,
    join_group: numbers.joinGroup,
    report: numbers.report,
    hide: numbers.hide,
    unsubscribe: numbers.unsubscribe,
    sex_age: [],
  };
}
