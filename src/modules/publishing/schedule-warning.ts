import { russianDay } from '../../platform/text/russian-day.js';

/** What was written down although it may not come as planned, or may not be what was meant. */
export interface ScheduleWarning {
  readonly code: 'day-is-full' | 'same-text';
  readonly pageId: string;
  /** Russian: what will happen and what to do. */
  readonly message: string;
}

/** @param plannedLocal when the other post goes out or went out, on the client's wall clock */
export function sameText(pageId: string, plannedLocal: string): ScheduleWarning {
  const [day = '', time = ''] = plannedLocal.split('T');
  const message =
    `На этой странице уже есть запись с тем же текстом: ${russianDay(day)} в ${time.slice(0, 5)}. ` +
    'Если это не намеренный повтор, отзовите одну из них.';
  return { code: 'same-text', pageId, message };
}
