import { endOfDay } from '../../../platform/clock/zones.js';
import type { Deadline } from '../../contracts/working-days.js';
import { addDays, dayOf } from '../../../platform/clock/days.js';
import { isExcused } from './excused.js';
import type { Evidence, FactSource, HandedFact } from './facts.js';
import { type Line, type Result, result, withoutSource } from './line.js';

export interface Handed {
  readonly source: FactSource;
  /** Undefined: nobody tells. */
  readonly facts: readonly HandedFact[] | undefined;
  readonly term: Deadline;
  /** What is handed over before this instant belongs to an earlier period. */
  readonly since: Date;
}

const LONG_AFTER_DAYS = 366;

/** One thing is handed over in each period, by a day. */
export function judgeHanded(line: Line, now: Date, { source, facts, term, since }: Handed): Result {
  // Whether it came is not known; until when it was due is.
  if (!facts) return { ...withoutSource(line, source, 1), dueOn: term.day, provisional: term.provisional };
  const { timeZone } = line;
  const dueAt = endOfDay(term.day, timeZone);
  const longAfter = endOfDay(addDays(term.day, LONG_AFTER_DAYS), timeZone);
  const handed = facts
    .filter(({ at }) => at >= since && at < longAfter)
    .sort((a, b) => a.at.getTime() - b.at.getTime() || (a.id < b.id ? -1 : 1));
  const inTime = handed.filter(({ at }) => at < dueAt).slice(0, 1);
  const late = inTime.length > 0 ? [] : handed.slice(0, 1);
  const isLate = inTime.length === 0 && now >= dueAt;
  const isForgiven = isLate && isExcused(line, term.day);
  return result(line, source, now, {
    ...{ planned: 1, done: inTime.length, missed: isLate && !isForgiven ? 1 : 0, excused: isForgiven ? 1 : 0 },
    ...{ counted: inTime.map(asEvidence), dueOn: term.day, provisional: term.provisional, decidedAt: dueAt },
    notCounted: late.map((fact) => ({
      ...asEvidence(fact),
      reason: `Передано ${dayOf(fact.at, timeZone)}, последний день срока — ${term.day}`,
    })),
  });
}

function asEvidence({ id, title, url, at }: HandedFact): Evidence {
  return { id, kind: 'other', title, url, at };
}
