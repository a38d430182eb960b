import { everyDay } from '../../../platform/clock/days.js';
import { russianDay } from '../../../platform/text/russian-day.js';
import type { ReportDocument } from '../document/report-document.js';
import { networkName } from './wording.js';

export const DAILY_HEADS = [
  ...['Сеть', 'Страница', 'День', 'Подписчики', 'Охват', 'Просмотры', 'Отметки', 'Комментарии', 'Репосты'],
  ...['Баллы соблюдения', 'Из скольких'],
];

/** Each page on each day of the period; null: not known. */
export function dailyRows({ pages, period, numbers, compliance }: ReportDocument): (string | number | null)[][] {
  const days = everyDay(period.startsOn, period.endsOn);
  return pages.flatMap(({ id, network, name, url }) => {
    const told = numbers.told ? numbers.pages.find(({ pageId }) => pageId === id)?.days : undefined;
    const numbersOf = new Map(told?.map((one) => [one.day, one]));
    const scores = compliance.told ? compliance.days.filter(({ pageId }) => pageId === id) : [];
    const scoreOf = new Map(scores.map((one) => [one.day, one]));
    return days.map((day) => {
      const {
        members = null,
        reach = null,
        views = null,
        likes = null,
        comments = null,
        reposts = null,
      } = numbersOf.get(day) ?? {};
      const { points = null, outOf = null } = scoreOf.get(day) ?? {};
      const measured = [members, reach, views, likes, comments, reposts, points, outOf];
      return [networkName(network), name ?? url, russianDay(day), ...measured];
    });
  });
}
