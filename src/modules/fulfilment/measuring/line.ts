import type { NetworkName } from '../../../networks/network.js';
import { endOfDay, startOfDay } from '../../../platform/clock/zones.js';
import type { CountingRules, Requirement } from '../../contracts/requirement.js';
import type { WorkingDays } from '../../contracts/working-days.js';
import type { Evidence, Facts, FactSource } from './facts.js';
import type { Period } from './periods.js';

export interface LinePage {
  readonly id: string;
  readonly network: NetworkName;
}

/** A span of days on which the contractor is not to blame for what is missing. */
export interface ExcusedDays {
  /** Null: all lines. */
  readonly requirement: string | null;
  readonly from: string;
  readonly until: string;
}

/** A requirement in one of its periods, with all that measuring it needs to know beside facts. */
export interface Line {
  readonly requirement: Requirement;
  readonly counting: CountingRules;
  readonly period: Period;
  readonly pages: readonly LinePage[];
  readonly timeZone: string;
  readonly workingDays: WorkingDays;
  readonly excuses: readonly ExcusedDays[];
}

/** So many of one network, one page, or all together. */
export interface UnitFigure {
  /** A network's name, a page's id, or `together`. */
  readonly unit: string;
  readonly planned: number;
  readonly done: number;
}

/** What a line owes in a period and what came of it: numbers of deliverables, never shares. */
export interface Figures {
  /** Null: only its source could say. */
  readonly planned: number | null;
  /** Null: no source. */
  readonly done: number | null;
  /** Ahead in the period, and on its way. */
  readonly scheduled: number;
  /** What will be missing at the present pace. */
  readonly atRisk: number;
  /** From this day on it can't be made up any more, at the best pace so far; null without a risk. */
  readonly impossibleOn: string | null;
  readonly missed: number;
  readonly excused: number;
}

/** What does not count, and why, in words for the client. */
export interface NotCounted extends Evidence {
  readonly reason: string;
}

export interface Result extends Figures {
  readonly state: LineState;
  readonly source: FactSource;
  /** The last day on which it can be fulfilled. */
  readonly dueOn: string;
  /** The production calendar of its term is not official yet. */
  readonly provisional: boolean;
  /** In percent, of a share. */
  readonly measured: number | null;
  readonly units: readonly UnitFigure[];
  readonly counted: readonly Evidence[];
  readonly notCounted: readonly NotCounted[];
  /** From this instant on only late facts change it. */
  readonly decidedAt: Date;
  /** The soonest term of what is still open inside the period; null: none of its own. */
  readonly nextDueAt: Date | null;
}

/**
 * `ahead`: its period has not begun · `open` · `atRisk` · `done` · `missed` · `excused`: what is missing is not the contractor's
 * fault · `noSource`: nobody tells the facts yet · `untold`: it is over, and whoever tells the facts has not told enough of them yet.
 */
export const LINE_STATES = ['ahead', 'open', 'atRisk', 'done', 'missed', 'excused', 'noSource', 'untold'] as const;
export type LineState = (typeof LINE_STATES)[number];

/** How a kind of requirement is measured. */
export interface Measure {
  readonly source: FactSource;
  /** In how many deliverables the contract counts the period; null: in as many as its source tells. */
  planned(line: Line): number | null;
  /** How it is counted, for people. */
  says(line: Line): string;
  judge(line: Line, facts: Facts, now: Date): Result;
}

/** What is judged beside the state, which follows from it. */
export type Judged = Omit<
  Result,
  'state' | 'source' | 'provisional' | 'units' | 'measured' | 'scheduled' | 'atRisk' | 'impossibleOn' | 'nextDueAt'
> &
  Partial<Result>;

export function result(line: Line, source: FactSource, now: Date, judged: Judged): Result {
  const whole = {
    ...{ source, provisional: false, units: [], measured: null, scheduled: 0, atRisk: 0, impossibleOn: null, nextDueAt: null },
    ...judged,
  };
  return { ...whole, state: stateOf(line, whole, now) };
}

/** Nobody tells the facts: that is not zero. */
export function withoutSource(line: Line, source: FactSource, planned: number | null): Result {
  const none = { scheduled: 0, atRisk: 0, impossibleOn: null, missed: 0, excused: 0 };
  return {
    ...{ ...none, planned, done: null, state: 'noSource', source, dueOn: line.period.endsOn, provisional: false },
    ...{
      measured: null,
      units: [],
      counted: [],
      notCounted: [],
      decidedAt: endOfDay(line.period.endsOn, line.timeZone),
      nextDueAt: null,
    },
  };
}

/** It is over, and not known: neither met nor missed until its facts come. */
export function untold(line: Line, source: FactSource, planned: number): Result {
  return { ...withoutSource(line, source, planned), state: 'untold' };
}

function stateOf(line: Line, figures: Omit<Result, 'state'>, now: Date): LineState {
  const { planned, done, missed, excused, atRisk, decidedAt } = figures;
  if (now < startOfDay(line.period.startsOn, line.timeZone)) return 'ahead';
  if (missed > 0) return 'missed';
  if (atRisk > 0) return 'atRisk';
  const rest = (planned ?? 0) - (done ?? 0) - excused;
  if (rest > 0 || (planned === 0 && now < decidedAt)) return 'open';
  return excused > 0 ? 'excused' : 'done';
}
