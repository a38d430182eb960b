import { endOfDay, startOfDay, wallTimeOf } from '../../platform/clock/zones.js';
import { russianDay } from '../../platform/text/russian-day.js';
import type { ScheduleWarning } from './schedule-warning.js';

/** Both networks count their days in Moscow, whatever the client's zone. */
const ZONE = 'Europe/Moscow';

/** The network's day around an instant. */
export function networkDay(at: Date): { name: string; from: Date; to: Date } {
  const name = wallTimeOf(at, ZONE).slice(0, 10);
  return { name, from: startOfDay(name, ZONE), to: endOfDay(name, ZONE) };
}

/** @param planned publications of the page on that day, this one included */
export function fullDay(
  page: { id: string; network: string },
  day: string,
  { planned, most }: { planned: number; most: number },
): ScheduleWarning | undefined {
  if (planned <= most) return undefined;
  const message =
    `${page.network} принимает не больше ${most} записей в сутки на одну страницу, а на ${russianDay(day)} ` +
    `(по Москве) запланировано ${planned}. Лишние в этот день не выйдут: перенесите часть на другой день.`;
  return { code: 'day-is-full', pageId: page.id, message };
}
