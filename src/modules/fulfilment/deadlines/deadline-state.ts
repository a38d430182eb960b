import type { DeadlineState, PlannedDeadline, WaitingFor } from './deadline.js';

/** What is of a date at an instant. */
export function stateOf({ outcome, passesAt }: Pick<PlannedDeadline, 'outcome' | 'passesAt'>, now: Date): DeadlineState {
  if (outcome === 'met' || outcome === 'missed') return outcome;
  if (outcome === 'untold' || now < passesAt) return 'open';
  return outcome === 'comes' ? 'met' : 'missed';
}

/** Nobody waits for what has come. */
export function waitingFor({ waitingFor: whom }: Pick<PlannedDeadline, 'waitingFor'>, state: DeadlineState): WaitingFor {
  return state === 'open' || state === 'missed' ? whom : 'nobody';
}

/** When time alone changes one of them next; null: only an event would. */
export function nextLook(deadlines: readonly Pick<PlannedDeadline, 'outcome' | 'passesAt'>[], now: Date): Date | null {
  const ahead = deadlines.filter(({ outcome, passesAt }) => (outcome === 'comes' || outcome === 'owed') && passesAt > now);
  return ahead.length === 0 ? null : new Date(Math.min(...ahead.map(({ passesAt }) => passesAt.getTime())));
}
