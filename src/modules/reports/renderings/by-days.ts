import { everyDay } from '../../../platform/clock/days.js';
import { type Days, spansOf } from '../document/days.js';
import type { ReportDocument } from '../document/report-document.js';
import type { PageDay, PageNumbers } from '../document/report-numbers.js';

/** What is added up over pages. Engagement: likes, comments and reposts of that day. */
export type Daily = 'reach' | 'engagement';

/** A number of each day of the period, and of each day of the one before; null: not known. */
export interface ByDays {
  readonly now: readonly (number | null)[];
  readonly before: readonly (number | null)[];
  /** Whose numbers are added up, and how many pages told nothing in the whole period. */
  readonly pages: number;
  readonly silent: number;
}

/** A part of the period beside the same part of the one before: a usual day of each. */
export interface SpanRow extends Days {
  readonly now: number | null;
  readonly before: number | null;
  /** Days of which something is known, of so many. */
  readonly known: number;
  readonly days: number;
}

/**
 * Adds up the pages that tell anything in the period. A day of which one of them is silent is not known: a sum of fewer pages would
 * look like a fall.
 */
export function byDays({ numbers, period, before }: ReportDocument, measured: Daily): ByDays {
  const pages = numbers.told ? numbers.pages : [];
  const telling = pages.filter(({ days }) => days.some((day) => valueOf(day, measured) !== null));
  const sums = (of: Days, daysOf: (page: PageNumbers) => readonly PageDay[]): (number | null)[] => {
    const known = telling.map((page) => new Map(daysOf(page).map((day) => [day.day, valueOf(day, measured)])));
    return everyDay(of.startsOn, of.endsOn).map((day) => added(known.map((one) => one.get(day) ?? null)));
  };
  return {
    ...{ now: sums(period, ({ days }) => days), before: sums(before, ({ daysBefore }) => daysBefore) },
    ...{ pages: telling.length, silent: pages.length - telling.length },
  };
}

/** Means of days, so that months of 30 and 31 days, and gaps, compare. The last row is the whole period. */
export function bySpans({ period, before }: ReportDocument, { now, before: then }: ByDays): SpanRow[] {
  const [spans, spansBefore] = [spansOf(period), spansOf(before)];
  const dayNow = new Map(everyDay(period.startsOn, period.endsOn).map((day, i) => [day, now[i] ?? null]));
  const dayThen = new Map(everyDay(before.startsOn, before.endsOn).map((day, i) => [day, then[i] ?? null]));
  const row = (span: Days, spanBefore: Days | undefined): SpanRow => {
    const days = valuesIn(dayNow, span);
    return {
      ...{ startsOn: span.startsOn, endsOn: span.endsOn, now: meanOf(days), days: days.length },
      ...{ before: spanBefore ? meanOf(valuesIn(dayThen, spanBefore)) : null, known: days.filter((day) => day !== null).length },
    };
  };
  return [...spans.map((span, i) => row(span, spansBefore[i])), row(period, before)];
}

function valueOf({ reach, likes, comments, reposts }: PageDay, measured: Daily): number | null {
  if (measured === 'reach') return reach;
  const told = [likes, comments, reposts].filter((one) => one !== null);
  return told.length > 0 ? told.reduce((sum, one) => sum + one, 0) : null;
}

function added(values: readonly (number | null)[]): number | null {
  return values.reduce<number | null>(
    (sum, one) => (sum === null || one === null ? null : sum + one),
    values.length > 0 ? 0 : null,
  );
}

function valuesIn(days: ReadonlyMap<string, number | null>, { startsOn, endsOn }: Days): (number | null)[] {
  return everyDay(startsOn, endsOn).map((day) => days.get(day) ?? null);
}

/** As exact as a reader can use: small ones with one digit after the comma. */
function meanOf(values: readonly (number | null)[]): number | null {
  const known = values.filter((one) => one !== null);
  if (known.length === 0) return null;
  const mean = known.reduce((sum, one) => sum + one, 0) / known.length;
  return mean < 100 ? Math.round(mean * 10) / 10 : Math.round(mean);
}
