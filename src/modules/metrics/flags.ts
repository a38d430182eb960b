import { POST_METRICS, type PostMetric } from '../../networks/numbers.js';
import type { PageDayNumbers, PostSnapshot } from './numbers.js';

/** What a client will ask about. */
export const FLAG_KINDS = ['fell', 'jump', 'reachWithoutViews', 'likesWithoutViews', 'boughtLookingGrowth', 'lostMany'] as const;
export type FlagKind = (typeof FLAG_KINDS)[number];

/** Something odd, with the numbers behind it. It is a question, never a verdict. */
export interface Flag {
  readonly kind: FlagKind;
  /** Which number is odd. */
  readonly number: string;
  /** When it was seen: an instant of a post's snapshot, or a page's day `YYYY-MM-DD`. */
  readonly at: string;
  readonly before: number;
  readonly after: number;
  /** For people, Russian. */
  readonly message: string;
}

/** Smaller movements are noise. */
const LEAST_JUMP = 200;
const TIMES_FASTER = 5;
const LEAST_REACH = 100;
const LEAST_LIKES = 50;
const LEAST_GROWTH = 100;
/** Of the subscribers that a page had the day before. */
const GREAT_SHARE = 0.03;

/** @param series one post's snapshots, oldest first */
export function flagsOf(series: readonly PostSnapshot[]): Flag[] {
  const moved = series.slice(1).flatMap((snapshot, i) => [...fallen(series[i]!, snapshot), ...jumped(series, i + 1)]);
  const last = series.at(-1);
  return last ? [...moved, ...outOfProportion(last)] : moved;
}

function fallen(before: PostSnapshot, after: PostSnapshot): Flag[] {
  return POST_METRICS.flatMap((number): Flag[] => {
    const [was, is] = [before[number], after[number]];
    if (was === null || is === null || is >= was) return [];
    const message = `${NAMES[number]}: стало меньше, было ${was}, стало ${is}. Сеть убрала часть (например, накрутку или удалённое).`;
    return [{ kind: 'fell', number, at: after.takenAt.toISOString(), before: was, after: is, message }];
  });
}

/** Views that doubled at once, much faster than ever before: a post that is being found behaves so, and bought views do. */
function jumped(series: readonly PostSnapshot[], i: number): Flag[] {
  const [before, after] = [series[i - 1]!, series[i]!];
  const gain = gained(before, after);
  if (i < 3 || gain === undefined || gain < LEAST_JUMP || gain < (before.views ?? 0)) return [];
  const earlier = series.slice(1, i).map((snapshot, j) => speed(series[j]!, snapshot));
  const fastest = Math.max(...earlier.map((one) => one ?? 0));
  if (speed(before, after)! < TIMES_FASTER * fastest) return [];
  const message = `Просмотры резко выросли: с ${before.views} до ${after.views}. Проверьте, где сослались на запись и не было ли рекламы.`;
  return [
    { kind: 'jump', number: 'views', at: after.takenAt.toISOString(), before: before.views!, after: after.views!, message },
  ];
}

function outOfProportion({ views, reach, likes, takenAt }: PostSnapshot): Flag[] {
  const at = takenAt.toISOString();
  const flags: Flag[] = [];
  if (views !== null && reach !== null && reach >= LEAST_REACH && reach > views * 1.2) {
    const message = `Охват ${reach} больше числа просмотров ${views}: каждый охваченный видел запись хотя бы раз, поэтому так не бывает.`;
    flags.push({ kind: 'reachWithoutViews', number: 'reach', at, before: views, after: reach, message });
  }
  if (views !== null && likes !== null && likes >= LEAST_LIKES && likes * 2 > views) {
    const message = `Отметок «нравится» ${likes} при ${views} просмотрах: больше половины посмотревших. Похоже на накрутку.`;
    flags.push({ kind: 'likesWithoutViews', number: 'likes', at, before: views, after: likes, message });
  }
  return flags;
}

/** @param days a page's days in order; days that are gaps may be missing or hold null */
export function pageFlagsOf(days: readonly PageDayNumbers[]): Flag[] {
  const known = days.filter((day) => day.members !== null);
  return known.slice(1).flatMap((day, i): Flag[] => {
    const [before, after] = [known[i]!.members!, day.members!];
    const change = Math.abs(after - before);
    if (change < LEAST_GROWTH || change < before * GREAT_SHARE) return [];
    const flag = { number: 'members', at: day.day, before, after };
    if (after < before) {
      const message = `Подписчиков стало меньше на ${change}. Возможно, сеть удалила ботов.`;
      return [{ kind: 'lostMany', ...flag, message }];
    }
    const reach = day.network?.reach ?? null;
    // Who joins because of what he saw was reached that day.
    if (reach === null || reach >= change) return [];
    const message = `Подписалось ${change} человек, а охват дня ${reach}: люди подписались, ничего не увидев. Похоже на накрутку.`;
    return [{ kind: 'boughtLookingGrowth', ...flag, message }];
  });
}

function gained(before: PostSnapshot, after: PostSnapshot): number | undefined {
  return before.views === null || after.views === null ? undefined : after.views - before.views;
}

/** Views an hour. */
function speed(before: PostSnapshot, after: PostSnapshot): number | undefined {
  const gain = gained(before, after);
  const hours = (after.takenAt.getTime() - before.takenAt.getTime()) / 3_600_000;
  return gain === undefined || hours <= 0 ? undefined : gain / hours;
}

const NAMES: Readonly<Record<PostMetric, string>> = {
  views: 'Просмотры',
  reach: 'Охват',
  reachSubscribers: 'Охват подписчиков',
  likes: 'Отметки «нравится»',
  comments: 'Комментарии',
  reposts: 'Репосты',
  linkClicks: 'Переходы по ссылке',
  hides: 'Скрытия из ленты',
};
