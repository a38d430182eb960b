import { Temporal } from 'temporal-polyfill';
import { russianDay } from '../../../platform/text/russian-day.js';

/** First and last day, both included, `YYYY-MM-DD`. */
export interface Days {
  readonly startsOn: string;
  readonly endsOn: string;
}

/** Some days in a row of a report's period. */
export interface Week extends Days {
  /** False of the days that are left at the end. */
  readonly isWhole: boolean;
}

const MONTHS = [
  ...['январь', 'февраль', 'март', 'апрель', 'май', 'июнь'],
  ...['июль', 'август', 'сентябрь', 'октябрь', 'ноябрь', 'декабрь'],
];

/** The days with which a period is compared: the month before a whole month, else as many days just before. */
export function daysBefore({ startsOn, endsOn }: Days): Days {
  const [first, last] = [Temporal.PlainDate.from(startsOn), Temporal.PlainDate.from(endsOn)];
  const length = first.until(last).days + 1;
  const start = isMonth({ startsOn, endsOn }) ? first.subtract({ months: 1 }) : first.subtract({ days: length });
  return { startsOn: start.toString(), endsOn: first.subtract({ days: 1 }).toString() };
}

/** Sevens of days from the first one on, and what is left, as workbooks of practice have it. */
export function weeksOf({ startsOn, endsOn }: Days): Week[] {
  const weeks: Week[] = [];
  for (let from = Temporal.PlainDate.from(startsOn); from.toString() <= endsOn; from = from.add({ days: 7 })) {
    const until = from.add({ days: 6 }).toString();
    weeks.push({ startsOn: from.toString(), endsOn: until < endsOn ? until : endsOn, isWhole: until <= endsOn });
  }
  return weeks;
}

/** More weeks are too many to be read beside each other. */
const MOST_WEEKS = 10;

/** Parts of a period that a person compares: its weeks, or the months of a long one. */
export function spansOf(days: Days): Days[] {
  const weeks = weeksOf(days);
  return weeks.length > MOST_WEEKS ? monthsOf(days) : weeks.map(({ startsOn, endsOn }) => ({ startsOn, endsOn }));
}

/** Calendar months as far as they lie in the days. */
function monthsOf({ startsOn, endsOn }: Days): Days[] {
  const months: Days[] = [];
  for (let from = startsOn; from <= endsOn;) {
    const next = Temporal.PlainDate.from(from).with({ day: 1 }).add({ months: 1 });
    const until = next.subtract({ days: 1 }).toString();
    months.push({ startsOn: from, endsOn: until < endsOn ? until : endsOn });
    from = next.toString();
  }
  return months;
}

export function isMonth({ startsOn, endsOn }: Days): boolean {
  const first = Temporal.PlainDate.from(startsOn);
  return first.day === 1 && first.add({ months: 1 }).subtract({ days: 1 }).toString() === endsOn;
}

/** For people: `декабрь 2026 года`, or `с 01.12.2026 по 07.12.2026`. */
export function daysInWords(days: Days): string {
  const [year, month] = days.startsOn.split('-');
  return isMonth(days)
    ? `${MONTHS[Number(month) - 1]} ${year} года`
    : `с ${russianDay(days.startsOn)} по ${russianDay(days.endsOn)}`;
}

/** For the axis of a chart: `01.12–07.12`. */
export function shortDays({ startsOn, endsOn }: Days): string {
  return startsOn === endsOn ? shortDay(startsOn) : `${shortDay(startsOn)}–${shortDay(endsOn)}`;
}

export function shortDay(day: string): string {
  return russianDay(day).slice(0, 5);
}
