import { Injectable } from '@nestjs/common';
import { UnitOfWork } from '../../platform/database/work.js';
import type { Principal } from '../../platform/http/access.js';
import type { Requirement } from '../contracts/requirement.js';
import type { Stage } from '../contracts/stage.js';
import { type ContractWithLines, ContractLines } from './contract-lines.service.js';
import { FactReader } from './fact-reader.service.js';
import { RequirementPeriodNotFound } from './fulfilment.errors.js';
import { dayOf } from '../../platform/clock/days.js';
import type { Result } from './measuring/line.js';
import { keyOf, type PlannedLine } from './measuring/lines.js';
import { MEASURES } from './measuring/measures.js';
import { type Totals, totalsOf } from './measuring/totals.js';
import type { RequirementPeriod } from './requirement-period.js';
import { RequirementPeriodStore } from './requirement-period.store.js';

export interface RequirementTotals {
  /** As its newest version says it. */
  readonly requirement: Requirement;
  readonly totals: Totals;
  /** The period that runs, or the next; null when none is left. */
  readonly current: RequirementPeriod | null;
}

export interface StageTotals {
  readonly stage: Stage;
  readonly totals: Totals;
}

/** What a contract owes and what came of it. */
export interface PlanFact {
  readonly contractId: string;
  readonly totals: Totals;
  readonly requirements: readonly RequirementTotals[];
  readonly stages: readonly StageTotals[];
  /** When the oldest of the numbers was computed; null before the first time. */
  readonly computedAt: Date | null;
}

/** A line in one period, with what counts and what does not. */
export interface Explained {
  readonly period: RequirementPeriod;
  readonly requirement: Requirement;
  readonly rule: string;
  readonly result: Result;
}

/** Reads plan and fact: sums from the aggregates, evidence from the facts themselves. */
@Injectable()
export class PlanFactService {
  constructor(
    private readonly work: UnitOfWork,
    private readonly lines: ContractLines,
    private readonly facts: FactReader,
    private readonly periods: RequirementPeriodStore,
  ) {}

  /** @throws ContractNotFound */
  read(who: Principal, contractId: string): Promise<PlanFact> {
    const key = { contractorId: who.contractorId, contractId };
    return this.work.reading(who.scope, async (tx) => {
      const { contract, requirements } = await this.lines.read(tx, key);
      const today = dayOf(await this.lines.terms.now(tx), contract.timeZone);
      const periods = await this.periods.list(tx, key);
      const stages = await this.lines.terms.stages(tx, { contractorId: key.contractorId, id: contractId });
      const computed = periods.map(({ computedAt }) => computedAt?.getTime() ?? 0);
      return {
        ...{ contractId, totals: totalsOf(periods), requirements: byRequirement(requirements, periods, today) },
        stages: stages.map((stage) => ({ stage, totals: totalsOf(periods.filter((one) => belongs(one, stage))) })),
        computedAt: computed.length > 0 && !computed.includes(0) ? new Date(Math.min(...computed)) : null,
      };
    });
  }

  /** Periods of one line, or those in which a day lies: today, if nothing is named. @throws ContractNotFound */
  list(who: Principal, contractId: string, of: { requirement?: string; on?: string }): Promise<RequirementPeriod[]> {
    const key = { contractorId: who.contractorId, contractId };
    return this.work.reading(who.scope, async (tx) => {
      const { contract } = await this.lines.terms.read(tx, { contractorId: key.contractorId, id: contractId });
      const today = dayOf(await this.lines.terms.now(tx), contract.timeZone);
      const isAnything = of.requirement === undefined && of.on === undefined;
      return this.periods.list(tx, key, isAnything ? { on: today } : of);
    });
  }

  /** @throws RequirementPeriodNotFound */
  explain(who: Principal, id: string): Promise<Explained> {
    const { contractorId } = who;
    return this.work.reading(who.scope, async (tx) => {
      const period = await this.periods.find(tx, contractorId, id);
      if (!period) throw new RequirementPeriodNotFound();
      const { clientId, contractId } = period;
      const line = lineOf(await this.lines.read(tx, { contractorId, contractId }), period);
      const facts = await this.facts.read(tx, { contractorId, clientId }, [line]);
      const measure = MEASURES[line.requirement.kind];
      const result = measure.judge(line, facts, await this.lines.terms.now(tx));
      return { period, requirement: line.requirement, rule: measure.says(line), result };
    });
  }
}

function lineOf({ lines }: ContractWithLines, { startsOn, requirement }: RequirementPeriod): PlannedLine {
  const line = lines.find((one) => keyOf(one) === `${startsOn} ${requirement}`);
  // The event that the contract has changed is on its way.
  if (!line) throw new RequirementPeriodNotFound();
  return line;
}

function byRequirement(
  requirements: readonly Requirement[],
  periods: readonly RequirementPeriod[],
  today: string,
): RequirementTotals[] {
  return requirements.map((requirement) => {
    const mine = periods.filter((one) => one.requirement === requirement.code);
    return { requirement, totals: totalsOf(mine), current: mine.find(({ endsOn }) => endsOn >= today) ?? null };
  });
}

/** A week that lies in two stages belongs to the one in which it ends. */
function belongs({ endsOn }: RequirementPeriod, stage: Stage): boolean {
  return stage.startsOn <= endsOn && endsOn <= stage.endsOn;
}
