import type { RequirementEach, RequirementPeriod } from '../../contracts/requirement.js';
import type { Line } from './line.js';

/** The form of a Russian noun that goes with a number: 1 публикация, 2 публикации, 5 публикаций. */
export function plural(count: number, one: string, few: string, many: string): string {
  const [ten, hundred] = [count % 10, count % 100];
  if (ten === 1 && hundred !== 11) return `${count} ${one}`;
  return `${count} ${ten >= 2 && ten <= 4 && (hundred < 12 || hundred > 14) ? few : many}`;
}

export const PER: Readonly<Record<RequirementPeriod, string>> = {
  ...{ week: 'в неделю', month: 'в месяц', quarter: 'в квартал', term: 'за срок' },
};

export const EACH: Readonly<Record<RequirementEach, string>> = {
  ...{ together: 'на всех страницах вместе', network: 'в каждой сети', page: 'на каждой странице' },
};

const NETWORKS: Readonly<Record<string, string>> = { vk: 'ВКонтакте', ok: 'Одноклассники' };

/** Where, and what counts there: the rules of the contract in one line. */
export function rulesOf({ requirement, counting }: Line): string {
  const { network, each } = requirement;
  return [
    network === null ? EACH[each] : `${NETWORKS[network] ?? network}, ${EACH[each]}`,
    'только публикации исполнителя',
    counting.postsByHand ? 'опубликованные вручную засчитываются' : 'опубликованные вручную не засчитываются',
    counting.deletedPosts === 'never' ? 'удалённые не засчитываются' : 'удалённые засчитываются',
    ...(each === 'page' ? [] : [crossPosts[counting.crossPosts]]),
  ].join('; ');
}

const crossPosts = {
  one: 'одна публикация на нескольких страницах — одна',
  each: 'одна публикация на нескольких страницах засчитывается на каждой',
};

/** 80 → `1 ч 20 мин`. */
export function duration(minutes: number): string {
  const [days, hours, rest] = [Math.floor(minutes / 1_440), Math.floor((minutes % 1_440) / 60), minutes % 60];
  const parts = [days > 0 && `${days} дн.`, hours > 0 && `${hours} ч`, rest > 0 && `${rest} мин`].filter(Boolean);
  return parts.length > 0 ? parts.join(' ') : 'меньше минуты';
}
