import { endOfDay, startOfDay } from '../../../platform/clock/zones.js';
import { dayOf } from '../../../platform/clock/days.js';
import { isExcused } from './excused.js';
import type { Evidence, FactSource, TimedFact } from './facts.js';
import { type Line, type NotCounted, type Result, result, withoutSource } from './line.js';

export interface Timed {
  readonly source: FactSource;
  /** Undefined: nobody tells. */
  readonly facts: readonly TimedFact[] | undefined;
  /** By when it must have followed. */
  readonly dueAt: (fact: TimedFact) => Date;
  /** Why it is not counted, in words for the client. */
  readonly late: (fact: TimedFact, dueAt: Date) => string;
}

/** Each thing that began in the period must be followed in time; there are as many deliverables as things. */
export function judgeTimed(line: Line, now: Date, { source, facts, ...term }: Timed): Result {
  if (!facts) return withoutSource(line, source, null);
  const { period, timeZone } = line;
  const [from, until] = [startOfDay(period.startsOn, timeZone), endOfDay(period.endsOn, timeZone)];
  const counted: Evidence[] = [];
  const notCounted: NotCounted[] = [];
  const open: number[] = [];
  let [planned, missed, excused, lastDue] = [0, 0, 0, until];
  for (const fact of facts.filter(({ since }) => since >= from && since < until).sort(bySince)) {
    const dueAt = term.dueAt(fact);
    const evidence = { id: fact.id, kind: 'other' as const, title: fact.title, url: fact.url, at: fact.doneAt ?? fact.since };
    planned += 1;
    if (dueAt > lastDue) lastDue = dueAt;
    if (fact.doneAt && fact.doneAt <= dueAt) counted.push(evidence);
    else if (now > dueAt || fact.doneAt) {
      const isForgiven = isExcused(line, dayOf(fact.since, timeZone)) || isExcused(line, dayOf(dueAt, timeZone));
      if (isForgiven) excused += 1;
      else missed += 1;
      notCounted.push({ ...evidence, reason: term.late(fact, dueAt) });
    } else open.push(dueAt.getTime());
  }
  return result(line, source, now, {
    ...{ planned, done: counted.length, missed, excused, counted, notCounted },
    ...{ dueOn: dayOf(new Date(lastDue.getTime() - 1), timeZone), decidedAt: lastDue },
    nextDueAt: open.length > 0 ? new Date(Math.min(...open)) : null,
  });
}

function bySince(a: TimedFact, b: TimedFact): number {
  return a.since.getTime() - b.since.getTime() || (a.id < b.id ? -1 : 1);
}
