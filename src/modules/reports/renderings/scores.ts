import { everyDay } from '../../../platform/clock/days.js';
import { type Days, shortDay, shortDays, spansOf } from '../document/days.js';
import type { ReportDocument } from '../document/report-document.js';
import type { DayScore } from '../document/report-numbers.js';
import { count, networkName } from './wording.js';

/** A row of days for each page, each cell with its points; the fewer, the darker. */
export interface ScoreGrid {
  readonly heads: readonly string[];
  readonly rows: readonly { readonly network: string; readonly page: string; readonly cells: readonly ScoreCell[] }[];
}

export interface ScoreCell {
  readonly points: string;
  /** 0: all points · 4: hardly any · null: nobody scored. */
  readonly shade: number | null;
}

/** More days are too narrow for their points. */
const MOST_DAYS = 35;

/** Scores by day; of a long period the means of its weeks or months. Null: nothing was scored. */
export function scoreGrid({ compliance, pages, period }: ReportDocument): ScoreGrid | null {
  if (!compliance.told) return null;
  const days = everyDay(period.startsOn, period.endsOn);
  const spans: Days[] = days.length > MOST_DAYS ? spansOf(period) : days.map((day) => ({ startsOn: day, endsOn: day }));
  return {
    heads: spans.map((span) => (days.length > MOST_DAYS ? shortDays(span) : shortDay(span.startsOn).slice(0, 2))),
    rows: pages.map(({ id, network, name, url }) => {
      const mine = compliance.days.filter(({ pageId }) => pageId === id);
      const cells = spans.map(({ startsOn, endsOn }) => cellOf(mine.filter(({ day }) => startsOn <= day && day <= endsOn)));
      return { network: networkName(network), page: shortened(name ?? url ?? '—'), cells };
    }),
  };
}

/** Its row is as high as its points. */
const LONGEST_NAME = 60;

function shortened(name: string): string {
  const letters = [...name];
  return letters.length > LONGEST_NAME
    ? `${letters
        .slice(0, LONGEST_NAME - 1)
        .join('')
        .trimEnd()}…`
    : name;
}

function cellOf(scores: readonly DayScore[]): ScoreCell {
  if (scores.length === 0) return { points: '—', shade: null };
  const share = scores.reduce((sum, { points, outOf }) => sum + points / outOf, 0) / scores.length;
  const points = Math.round(scores.reduce((sum, one) => sum + one.points, 0) / scores.length);
  return { points: count(points), shade: Math.min(4, Math.floor((1 - share) * 5 + 1e-9)) };
}
