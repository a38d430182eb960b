import { everyDay } from '../../../platform/clock/days.js';
import { shortDay, shortDays, spansOf } from '../document/days.js';
import type { ReportDocument } from '../document/report-document.js';
import { type ByDays, byDays, bySpans, type SpanRow } from './by-days.js';
import { barChart } from './charts/bar-chart.js';
import { lineChart } from './charts/line-chart.js';
import { change, mean, networkName } from './wording.js';

/** Charts of a report as SVG; null: there is nothing that it could show. */
export interface ViewCharts {
  readonly posts: string;
  readonly reach: string | null;
  readonly engagement: string | null;
}

/** The numbers behind the charts of reach and engagement, in words, and of whom they are. */
export interface Dynamics {
  readonly rows: readonly (readonly string[])[];
  readonly note: string;
}

const NOW = 'Отчётный период';
const BEFORE = 'Период до этого';

export function chartsOf(report: ReportDocument): ViewCharts {
  return { posts: postsChart(report), reach: reachChart(report), engagement: engagementChart(report) };
}

/** Null: no page tells of its days. */
export function dynamicsOf(report: ReportDocument): Dynamics | null {
  const [reach, engagement] = [byDays(report, 'reach'), byDays(report, 'engagement')];
  if (reach.pages + engagement.pages === 0) return null;
  const [reached, engaged] = [bySpans(report, reach), bySpans(report, engagement)];
  const rows = reached.map((row, i) => [
    i === reached.length - 1 ? 'Весь период' : shortDays(row),
    ...[...compared(row), ...compared(engaged[i]!)],
    `${Math.max(row.known, engaged[i]!.known)} из ${row.days}`,
  ]);
  return { rows, note: noteOf(reach) };
}

function compared({ now, before }: SpanRow): string[] {
  return [mean(now), mean(before), now === null || before === null ? '—' : change(...asExact(now, before))];
}

/** A difference is not told more exactly than its greater number. */
function asExact(now: number, before: number): [number, number] {
  return Math.max(now, before) < 100 ? [now, before] : [Math.round(now), Math.round(before)];
}

function noteOf({ pages, silent }: ByDays): string {
  const missing = silent > 0 ? ` Страниц без сведений: ${silent}.` : '';
  return [
    `В среднем за день; сложены страницы, которые сообщают сведения (${pages}).${missing}`,
    'Человек, которого охватили две страницы, учтён дважды. Вовлечённость — отметки «Нравится», комментарии и репосты за день.',
    'День, о котором хотя бы одна из этих страниц не сообщила, считается неизвестным.',
  ].join(' ');
}

function postsChart(report: ReportDocument): string {
  const networks = [...new Set(report.pages.map(({ network }) => network))];
  const standing = report.posts.filter(({ standing: is }) => is === 'stands');
  const spans = spansOf(report.period);
  return barChart({
    ...{ title: 'Публикации по неделям', unit: '', accent: report.look.accent, labels: spans.map(shortDays) },
    series: networks.map((network) => ({
      name: networkName(network),
      values: spans.map(
        ({ startsOn, endsOn }) =>
          standing.filter(
            (post) => post.network === network && startsOn <= post.local.slice(0, 10) && post.local.slice(0, 10) <= endsOn,
          ).length,
      ),
    })),
  });
}

function reachChart(report: ReportDocument): string | null {
  const { period, before, look } = report;
  const days = byDays(report, 'reach');
  if (days.pages === 0) return null;
  return lineChart({
    ...{ title: 'Охват по дням', unit: 'человек', accent: look.accent },
    labels: everyDay(period.startsOn, period.endsOn).map(shortDay),
    now: { name: `${NOW} (${shortDays(period)})`, values: days.now },
    before: { name: `${BEFORE} (${shortDays(before)})`, values: days.before },
  });
}

function engagementChart(report: ReportDocument): string | null {
  const days = byDays(report, 'engagement');
  if (days.pages === 0) return null;
  const rows = bySpans(report, days).slice(0, -1);
  return barChart({
    ...{
      title: 'Вовлечённость в среднем за день',
      unit: 'действий в день',
      accent: report.look.accent,
      labels: rows.map(shortDays),
    },
    series: [
      { name: NOW, values: rows.map(({ now }) => now) },
      { name: BEFORE, values: rows.map(({ before }) => before) },
    ],
  });
}
