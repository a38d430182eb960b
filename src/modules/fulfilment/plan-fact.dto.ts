import { Matches } from 'class-validator';
import type { NetworkName } from '../../networks/network.js';
import { IsOmittable } from '../../platform/http/omittable.decorator.js';
import { IsDay } from '../../platform/http/text.decorators.js';
import type { PostFormat, RequirementEach, RequirementKind, RequirementPeriod as PeriodName } from '../contracts/requirement.js';
import type { StageState } from '../contracts/stage.js';
import type { Evidence, FactSource } from './measuring/facts.js';
import type { LineState, NotCounted } from './measuring/line.js';
import type { Totals } from './measuring/totals.js';
import type { Explained, PlanFact, RequirementTotals, StageTotals } from './plan-fact.service.js';
import type { RequirementPeriod } from './requirement-period.js';

/** Without any of them: the periods in which today lies. */
export class RequirementPeriodsQuery {
  /** All periods of the requirement with this code. @example posts-vk */
  @IsOmittable()
  @Matches(/^[a-z0-9]+(?:-[a-z0-9]+)*$/, { message: '$property must be the code of a requirement' })
  requirement?: string;
  /** Periods in which this day lies. @example 2026-12-15 */
  @IsOmittable() @IsDay() on?: string;
}

export class TotalsResponse {
  /** Deliverables, in periods whose facts have a source. @example 52 */
  planned: number;
  /** @example 40 */
  done: number;
  /** On their way, and not yet done. @example 2 */
  scheduled: number;
  /** What will be missing at the present pace. @example 1 */
  atRisk: number;
  /** The soonest day from which on something can't be made up any more. @example 2026-12-27 */
  impossibleOn: string | null;
  /** @example 1 */
  missed: number;
  /** Missing, and not the contractor's fault. @example 0 */
  excused: number;
  /** So many periods have no source of facts: they are in none of the other numbers. @example 0 */
  periodsWithoutSource: number;

  static of(totals: Totals): TotalsResponse {
    return { ...totals };
  }
}

export class RequirementPeriodResponse {
  /** @example 019b76da-a800-7000-8000-000000000031 */
  id: string;
  /** @example 019b76da-a800-7000-8000-000000000008 */
  contractId: string;
  /** The code of the requirement. @example posts-vk */
  requirement: string;
  /** The version of the contract that says so. @example 1 */
  contractVersion: number;
  /** First and last day, in the contract's zone. @example 2026-12-14 */
  startsOn: string;
  /** @example 2026-12-20 */
  endsOn: string;
  /** The last day on which it can be fulfilled. @example 2026-12-20 */
  dueOn: string;
  /** A production calendar of its term is not official yet: the day may move. @example false */
  provisional: boolean;
  /** `noSource`: nobody tells the facts yet, which is not zero; `untold`: it is over and its facts have not come yet. @example open */
  state: LineState;
  /** Deliverables; null: only its source could say. @example 3 */
  planned: number | null;
  /** Null: no source. @example 2 */
  done: number | null;
  /** @example 1 */
  scheduled: number;
  /** @example 0 */
  atRisk: number;
  /** @example null */
  impossibleOn: string | null;
  /** @example 0 */
  missed: number;
  /** @example 0 */
  excused: number;
  /** Null: not computed yet. @example 2026-12-15T06:00:00.000Z */
  computedAt: Date | null;

  static of(row: RequirementPeriod): RequirementPeriodResponse {
    const { id, contractId, requirement, contractVersion, startsOn, endsOn, dueOn, state, planned, done, scheduled } = row;
    const { atRisk, impossibleOn, missed, excused, provisional, computedAt } = row;
    return {
      ...{ id, contractId, requirement, contractVersion, startsOn, endsOn, dueOn, state, planned, done, scheduled },
      ...{ atRisk, impossibleOn, missed, excused, provisional, computedAt },
    };
  }
}

export class RequirementPeriodList {
  data: RequirementPeriodResponse[];
}

export class RequirementTotalsResponse {
  /** @example posts-vk */
  requirement: string;
  /** @example "Не менее 3 публикаций в неделю ВКонтакте" */
  title: string;
  /** @example posts */
  kind: RequirementKind;
  totals: TotalsResponse;
  /** The period that runs, or the next one; null when none is left. */
  current: RequirementPeriodResponse | null;

  static of({ requirement, totals, current }: RequirementTotals): RequirementTotalsResponse {
    const { code, title, kind } = requirement;
    return {
      ...{ requirement: code, title, kind, totals: TotalsResponse.of(totals) },
      current: current && RequirementPeriodResponse.of(current),
    };
  }
}

export class StageTotalsResponse {
  /** @example 019b76da-a800-7000-8000-00000000001d */
  stageId: string;
  /** @example 1 */
  ordinal: number;
  /** @example "Этап 1" */
  title: string;
  /** @example 2026-12-01 */
  startsOn: string;
  /** @example 2026-12-31 */
  endsOn: string;
  /** @example open */
  state: StageState;
  /** Of the periods that end in the stage. */
  totals: TotalsResponse;

  static of({ stage, totals }: StageTotals): StageTotalsResponse {
    const { id: stageId, ordinal, title, startsOn, endsOn, state } = stage;
    return { stageId, ordinal, title, startsOn, endsOn, state, totals: TotalsResponse.of(totals) };
  }
}

export class PlanFactResponse {
  /** @example 019b76da-a800-7000-8000-000000000008 */
  contractId: string;
  totals: TotalsResponse;
  /** In the order of the specification. */
  requirements: RequirementTotalsResponse[];
  /** In order. */
  stages: StageTotalsResponse[];
  /** When the oldest of the numbers was computed; null while some were not. @example 2026-12-15T06:00:00.000Z */
  computedAt: Date | null;

  static of({ contractId, totals, requirements, stages, computedAt }: PlanFact): PlanFactResponse {
    return {
      ...{ contractId, totals: TotalsResponse.of(totals), computedAt },
      requirements: requirements.map(RequirementTotalsResponse.of),
      stages: stages.map(StageTotalsResponse.of),
    };
  }
}

export class EvidenceResponse {
  /** Of the publication, the outside post, or what its source calls it. @example 019b76da-a800-7000-8000-00000000000e */
  id: string;
  /** @example publication */
  kind: 'publication' | 'outsidePost' | 'other';
  /** @example "День посёлка" */
  title: string | null;
  /** Where it stands. @example "https://vk.com/wall-1_2" */
  url: string | null;
  /** @example 2026-12-15T06:00:00.000Z */
  at: Date;

  static of({ id, kind, title, url, at }: Evidence): EvidenceResponse {
    return { id, kind, title, url, at };
  }
}

export class NotCountedResponse extends EvidenceResponse {
  /** Why it does not count, for the client. @example "Публикация удалена" */
  reason: string;

  static override of(one: NotCounted): NotCountedResponse {
    return { ...EvidenceResponse.of(one), reason: one.reason };
  }
}

export class UnitResponse {
  /** A network, the id of a page, or `together`. @example vk */
  unit: string;
  /** @example 3 */
  planned: number;
  /** All that count, also beyond the plan. @example 2 */
  done: number;
}

export class ExplainedPeriodResponse extends RequirementPeriodResponse {
  /** @example "Не менее 3 публикаций в неделю ВКонтакте" */
  title: string;
  /** @example posts */
  kind: RequirementKind;
  /** @example week */
  period: PeriodName;
  /** @example vk */
  network: NetworkName | null;
  /** @example together */
  each: RequirementEach;
  /** @example null */
  format: PostFormat | null;
  /** How it is counted, for the client. @example "Не меньше 3 публикаций в неделю: ВКонтакте" */
  rule: string;
  /** Who tells the facts. @example publications */
  source: FactSource;
  /** Of a share, in percent. @example null */
  measured: number | null;
  units: UnitResponse[];
  /** What counts, in order of time. */
  counted: EvidenceResponse[];
  /** What was looked at and does not count. */
  notCounted: NotCountedResponse[];

  static explained({ period: row, requirement, rule, result }: Explained): ExplainedPeriodResponse {
    const { title, kind, period, network, each, format } = requirement;
    const { planned, done, scheduled, atRisk, impossibleOn, missed, excused, state, dueOn } = result;
    const { source, provisional, measured, units, counted, notCounted } = result;
    return {
      ...RequirementPeriodResponse.of(row),
      ...{ planned, done, scheduled, atRisk, impossibleOn, missed, excused, state, dueOn },
      ...{ title, kind, period, network, each, format, rule, source, provisional, measured },
      units: units.map((unit) => ({ ...unit })),
      counted: counted.map(EvidenceResponse.of),
      notCounted: notCounted.map(NotCountedResponse.of),
    };
  }
}
