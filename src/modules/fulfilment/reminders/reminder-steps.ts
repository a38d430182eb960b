import { instantOf } from '../../../platform/clock/zones.js';
import type { Deadline } from '../deadlines/deadline.js';
import { addDays } from '../../../platform/clock/days.js';

/** Days after the date on which people are told; below zero: before it. */
export const STEPS = [-30, -14, -7, -1, 0, 1, 3] as const;
export type Step = (typeof STEPS)[number];

/** On the reader's wall. */
const HOUR = '09:00';
const DAY_MS = 86_400_000;
const HOUR_MS = 3_600_000;

export type RemindedOf = Pick<Deadline, 'dueOn' | 'passesAt' | 'datedAt' | 'state' | 'untold'>;

/** A person, as far as reminding goes. */
export interface Reader {
  readonly timeZone: string;
  /** He was nobody before. */
  readonly since: Date;
  /** Whether he is told before the date, and whether when it was missed. */
  readonly before: boolean;
  readonly overdue: boolean;
}

export interface Decision {
  readonly send: Step | null;
  /** A later step has come before anybody could be told of these. */
  readonly skip: readonly Step[];
  /** When he is to be told in the hours in which a step goes round the world; null: not in these. */
  readonly next: Date | null;
}

const NOTHING: Decision = { send: null, skip: [], next: null };

/**
 * What a reader is told of a deadline now. Of the steps that have come the last is sent; the others have had their time.
 * @param recorded steps of this date that were sent or skipped
 */
export function decide(deadline: RemindedOf, reader: Reader, recorded: ReadonlySet<Step>, now: Date): Decision {
  const { state, untold, passesAt } = deadline;
  if (state !== 'open' && state !== 'missed') return NOTHING;
  // It is over, and what came of it will be said in a moment: "today is the last day" would be wrong.
  if (state === 'open' && !untold && now >= passesAt) return NOTHING;
  const mine = stepsFor(deadline, reader, now).filter(({ step }) => !recorded.has(step));
  const due = mine.filter(({ at }) => at <= now).map(({ step }) => step);
  const sayable = due.filter((step) => step > 0 === (state === 'missed'));
  const send = sayable.at(-1) ?? null;
  const next = mine.find(({ at }) => at > now)?.at ?? null;
  return { send, skip: due.filter((step) => step !== send), next };
}

/**
 * The steps of this date that a reader could be told by now, or in these hours, in order of time: none from before the date was set or
 * he came. Of most deadlines there is none, so that zones are asked for few.
 */
function stepsFor(deadline: RemindedOf, reader: Reader, now: Date): { step: Step; at: Date }[] {
  const since = Math.max(deadline.datedAt.getTime(), reader.since.getTime());
  return STEPS.filter((step) => (step > 0 ? reader.overdue && deadline.state === 'missed' : reader.before))
    .filter((step) => {
      const { first, last } = windowOf(deadline, step);
      return first <= now.getTime() && last >= since;
    })
    .map((step) => ({ step, at: instantOfStep(deadline, step, reader.timeZone) }))
    .filter(({ at }) => at.getTime() >= since);
}

/** Nine in the morning where the reader is. Nothing is overdue there before it is over where the client is. */
export function instantOfStep({ dueOn, passesAt }: Pick<Deadline, 'dueOn' | 'passesAt'>, step: Step, timeZone: string): Date {
  const soonest = step > 0 ? passesAt.getTime() + (step - 1) * DAY_MS : 0;
  for (let day = addDays(dueOn, step); ; day = addDays(day, 1)) {
    const at = instantOf(`${day}T${HOUR}`, timeZone);
    if (at.getTime() >= soonest) return at;
  }
}

/** Nine in the morning comes first to UTC+14 and last to UTC−12. */
const [FIRST_MS, LAST_MS] = [(9 - 14) * HOUR_MS, (9 + 12) * HOUR_MS];

/** From when until when a step comes to one zone after the other. */
function windowOf({ dueOn, passesAt }: Pick<Deadline, 'dueOn' | 'passesAt'>, step: Step): { first: number; last: number } {
  const day = Date.parse(dueOn) + step * DAY_MS;
  // Where it would be too soon by then it comes a day later.
  const latest = step > 0 ? passesAt.getTime() + step * DAY_MS : 0;
  return { first: day + FIRST_MS, last: Math.max(day + LAST_MS, latest) };
}

/**
 * When a deadline is worth a look again. While a step comes to one zone after the other it is looked at every hour, whoever reads
 * where: so nobody is forgotten who came, moved or got a client in between.
 * @param known when the next of the present readers is to be told
 */
export function nextLook(deadline: RemindedOf, known: Date | null, now: Date): Date | null {
  if (deadline.state !== 'open' && deadline.state !== 'missed') return null;
  const windows = STEPS.filter((step) => step <= 0 || deadline.state === 'missed').map((step) => windowOf(deadline, step));
  const ahead = windows.find(({ last }) => now.getTime() <= last + HOUR_MS);
  if (!ahead) return known;
  const hour = Math.floor(now.getTime() / HOUR_MS + 1) * HOUR_MS;
  const look = Math.max(ahead.first, hour);
  return new Date(known ? Math.min(known.getTime(), look) : look);
}
