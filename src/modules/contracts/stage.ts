import { endOfDay, startOfDay } from '../../platform/clock/zones.js';
import type { PlannedStage } from './stage-plan.js';

/**
 * `planned` · `open`: its days run · `closing`: they are over, late numbers still come in · `reportReady`: frozen, to be submitted ·
 * `dropped`: the contract ended before it began.
 */
export const STAGE_STATES = ['planned', 'open', 'closing', 'reportReady', 'dropped'] as const;
export type StageState = (typeof STAGE_STATES)[number];

/** A stage that has begun to live: its instants follow from days and zone when it is planned. */
export interface Stage extends PlannedStage {
  readonly id: string;
  readonly contractId: string;
  readonly clientId: string;
  /** From 1. */
  readonly ordinal: number;
  readonly state: StageState;
  readonly opensAt: Date;
  /** The midnight at which its last day ends; the instant of termination, when that comes first. */
  readonly closesAt: Date;
  readonly freezesAt: Date;
  readonly version: number;
}

/** Networks correct their numbers for a while: so long after its end a period is frozen. */
export const GRACE_HOURS = 48;

/** @param timeZone IANA zone of the contract: a stage begins and ends at its midnights */
export function stageTimes(
  { startsOn, endsOn }: PlannedStage,
  timeZone: string,
): Pick<Stage, 'opensAt' | 'closesAt' | 'freezesAt'> {
  const closesAt = endOfDay(endsOn, timeZone);
  return { opensAt: startOfDay(startsOn, timeZone), closesAt, freezesAt: afterGrace(closesAt) };
}

export function afterGrace(closesAt: Date): Date {
  return new Date(closesAt.getTime() + GRACE_HOURS * 3_600_000);
}

/** The next thing that time does to a stage, and when; null when it waits for people. */
export function nextStageStep(
  stage: Pick<Stage, 'state' | 'opensAt' | 'closesAt' | 'freezesAt'>,
): { to: StageState; at: Date } | null {
  if (stage.state === 'planned') return { to: 'open', at: stage.opensAt };
  if (stage.state === 'open') return { to: 'closing', at: stage.closesAt };
  return stage.state === 'closing' ? { to: 'reportReady', at: stage.freezesAt } : null;
}

/** Over: an addendum does not change it any more. */
export function isOver(state: StageState): boolean {
  return state !== 'planned' && state !== 'open';
}
