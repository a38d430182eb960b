import type { Deadline, DeadlineState, PlannedDeadline, WaitingFor } from './deadline.js';
import { stateOf, waitingFor } from './deadline-state.js';

/** What a row says from now on. */
export interface Settled extends Omit<PlannedDeadline, 'outcome'> {
  readonly id: string;
  readonly state: DeadlineState;
  readonly waitingFor: WaitingFor;
  readonly untold: boolean;
  /** It has another date than before, or none before. */
  readonly isDated: boolean;
}

/** A date is another one, or is provisional no more. */
export interface Move {
  readonly id: string;
  readonly kind: Deadline['kind'];
  readonly from: string;
  readonly to: string;
  readonly provisionalYear: number | null;
  readonly wasProvisional: boolean;
}

export interface Changes {
  /** New rows, and those of which something is others: the rest is left alone. */
  readonly settled: readonly Settled[];
  /** Ids of those that their source does not say any more. */
  readonly cancelled: readonly string[];
  readonly moves: readonly Move[];
}

/**
 * Lays what a source says over what stood there. A date that stays the same to people keeps its id.
 * @param newId names a row that was not there
 */
export function changesOf(
  before: readonly Deadline[],
  planned: readonly PlannedDeadline[],
  now: Date,
  newId: () => string,
): Changes {
  const byKey = new Map(before.map((row) => [keyOf(row), row]));
  const settled: Settled[] = [];
  const moves: Move[] = [];
  for (const one of planned) {
    const row = byKey.get(keyOf(one));
    byKey.delete(keyOf(one));
    const next = settle(one, row, now, newId);
    if (row && isSame(row, next)) continue;
    settled.push(next);
    if (row && isMove(row, next)) moves.push(moveOf(row, next));
  }
  const cancelled = [...byKey.values()].filter(({ state }) => state !== 'cancelled').map(({ id }) => id);
  return { settled, cancelled, moves };
}

function settle({ outcome, ...one }: PlannedDeadline, row: Deadline | undefined, now: Date, newId: () => string): Settled {
  const state = stateOf({ outcome, passesAt: one.passesAt }, now);
  const isDated = !row || row.state === 'cancelled' || row.dueOn !== one.dueOn;
  return { ...one, id: row?.id ?? newId(), state, waitingFor: waitingFor(one, state), untold: outcome === 'untold', isDated };
}

function isSame(row: Deadline, next: Settled): boolean {
  return said(row) === said(next);
}

function said(one: Deadline | Settled): string {
  const { title, stageId, dueOn, dueAt, passesAt, provisionalYear, state, waitingFor: whom, untold } = one;
  return JSON.stringify([title, stageId, dueOn, dueAt, passesAt, provisionalYear, state, whom, untold]);
}

/** Somebody who had noted the date would have to note another, or could believe it now. */
function isMove(row: Deadline, next: Settled): boolean {
  if (row.state === 'cancelled') return false;
  return row.dueOn !== next.dueOn || (row.provisionalYear === null) !== (next.provisionalYear === null);
}

function moveOf(row: Deadline, { id, kind, dueOn, provisionalYear }: Settled): Move {
  return { id, kind, from: row.dueOn, to: dueOn, provisionalYear, wasProvisional: row.provisionalYear !== null };
}

function keyOf({ kind, subject }: Pick<PlannedDeadline, 'kind' | 'subject'>): string {
  return `${kind} ${subject}`;
}
