import { addDays } from '../../../platform/clock/days.js';
import type { Line } from './line.js';

/** Whether a day of a line is excused. */
export function isExcused({ requirement, excuses }: Pick<Line, 'requirement' | 'excuses'>, day: string): boolean {
  return excuses.some(
    (one) => (one.requirement === null || one.requirement === requirement.code) && one.from <= day && day <= one.until,
  );
}

/** How many days of its period are excused, of how many. Days that several excuses name count once. */
export function excusedDays(line: Line): { excused: number; days: number } {
  let [excused, days] = [0, 0];
  for (let day = line.period.startsOn; day <= line.period.endsOn; day = addDays(day, 1)) {
    days += 1;
    if (isExcused(line, day)) excused += 1;
  }
  return { excused, days };
}

/** So much of a number of deliverables falls on excused days, rounded half up. */
export function excusedShare(line: Line, planned: number): number {
  const { excused, days } = excusedDays(line);
  return Math.floor((2 * planned * excused + days) / (2 * days));
}
