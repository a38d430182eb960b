import type { QuietFact, TroubleFact } from '../../publishing/publication-fact.js';
import type { ReportIncident } from './report-document.js';
import type { ReportFacts } from './report-facts.js';

const WITHOUT_REASON: Record<TroubleFact['state'], string> = {
  held: 'Публикация остановлена до решения человека',
  refused: 'Сеть не приняла публикацию',
  unclear: 'Сеть не подтвердила публикацию, идёт проверка страницы',
  abandoned: 'От публикации отказались',
  late: 'Публикация вышла позже назначенного времени',
};

/** What did not go as planned, and why, in order of time. */
export function incidentsOf({ troubles, quiet }: Pick<ReportFacts, 'troubles' | 'quiet'>): ReportIncident[] {
  return [...troubles.map(troubled), ...quiet.map(quieted)].sort((a, b) => (`${a.at} ${a.id}` < `${b.at} ${b.id}` ? -1 : 1));
}

function troubled({ id, pageId, dueAt, state, publishedAt, reason }: TroubleFact): ReportIncident {
  const endedAt = publishedAt?.toISOString() ?? null;
  const cause = state === 'late' ? WITHOUT_REASON.late : (reason?.message ?? WITHOUT_REASON[state]);
  return {
    kind: state,
    id,
    pageId,
    at: dueAt.toISOString(),
    endedAt,
    code: state === 'late' ? null : (reason?.code ?? null),
    cause,
  };
}

function quieted({ id, kind, title, startsAt, endsAt }: QuietFact): ReportIncident {
  const instants = { at: startsAt.toISOString(), endedAt: endsAt?.toISOString() ?? null };
  return { kind: 'quietPeriod', id, pageId: null, ...instants, code: kind, cause: `Тихий период: ${title}` };
}
