import type { ReportDocument, ReportPage, ReportPost } from '../document/report-document.js';
import type { PostNumbers } from '../document/report-numbers.js';

/** What is added up by weeks: posts themselves, or one of their counters. */
export type Measured = 'posts' | 'views' | 'reposts' | 'comments' | 'likes';

/** A page's row in a sheet of practice: weeks, the whole ones together and on average, and everything. */
export interface WeeksRow {
  readonly page: ReportPage;
  /** Null: not told of any post of that week. */
  readonly weeks: readonly (number | null)[];
  readonly wholeWeeks: number | null;
  readonly average: number | null;
  readonly total: number | null;
}

/** Adds up posts by the weeks in which they were published; what was deleted is not counted. Null: nobody tells. */
export function byWeeks(report: ReportDocument, measured: Measured): WeeksRow[] {
  const numbers = new Map(report.numbers.told ? report.numbers.posts.map((one) => [one.id, one]) : []);
  const standing = report.posts.filter((post) => post.standing === 'stands');
  return report.pages.map((page) => {
    const mine = standing.filter(({ pageId }) => pageId === page.id);
    const of = (posts: readonly ReportPost[]): number | null => added(posts, measured, numbers);
    const inDays = ({ startsOn, endsOn }: { startsOn: string; endsOn: string }): ReportPost[] =>
      mine.filter(({ local }) => startsOn <= local.slice(0, 10) && local.slice(0, 10) <= endsOn);
    const whole = report.period.weeks.filter(({ isWhole }) => isWhole);
    const wholeWeeks = whole.length > 0 ? of(whole.flatMap(inDays)) : null;
    const average = wholeWeeks === null ? null : Math.round((wholeWeeks / whole.length) * 10) / 10;
    return { page, weeks: report.period.weeks.map((week) => of(inDays(week))), wholeWeeks, average, total: of(mine) };
  });
}

function added(posts: readonly ReportPost[], measured: Measured, numbers: ReadonlyMap<string, PostNumbers>): number | null {
  if (measured === 'posts') return posts.length;
  const told = posts.flatMap(({ id }) => numbers.get(id)?.[measured] ?? []);
  return told.length > 0 ? told.reduce((sum, one) => sum + one, 0) : null;
}
