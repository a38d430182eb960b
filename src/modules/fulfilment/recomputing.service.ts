import { Injectable } from '@nestjs/common';
import { endOfDay, startOfDay } from '../../platform/clock/zones.js';
import { wholeContractor } from '../../platform/database/scope.js';
import { type Tx, UnitOfWork } from '../../platform/database/work.js';
import { Ids } from '../../platform/ids/ids.js';
import { Outbox } from '../../platform/queue/outbox.js';
import type { RequirementKind } from '../contracts/requirement.js';
import { ContractLines } from './contract-lines.service.js';
import { FactReader } from './fact-reader.service.js';
import { handingsJudged } from './fulfilment.events.js';
import { keyOf, type PlannedLine } from './measuring/lines.js';
import { MEASURES } from './measuring/measures.js';
import { nextLook } from './measuring/next-look.js';
import type { RequirementPeriodEntity } from './requirement-period.entity.js';
import { type Computed, type ContractId, type PlannedPeriod, RequirementPeriodStore } from './requirement-period.store.js';

/** What is handed over by a day, so that others wait for it. */
const HANDED: readonly RequirementKind[] = ['report', 'contentPlan'];

/** What recomputing gives to what it writes: names for rows, and word to others. */
@Injectable()
export class RecomputingTools {
  constructor(
    readonly ids: Ids,
    readonly outbox: Outbox,
  ) {}
}

/**
 * Keeps plan and fact true. Nothing is added up bit by bit: what is due is computed anew from all facts of its period, so that neither
 * the order in which facts come nor how often they are told makes a difference.
 */
@Injectable()
export class Recomputing {
  constructor(
    private readonly work: UnitOfWork,
    private readonly lines: ContractLines,
    private readonly facts: FactReader,
    private readonly periods: RequirementPeriodStore,
    private readonly tools: RecomputingTools,
  ) {}

  /** The contract says something else, or ends: its periods follow. Those that stay as they are keep their ids. */
  async replan(key: ContractId): Promise<void> {
    await this.work.forTenant(wholeContractor(key.contractorId), async (tx) => {
      const { contract, lines } = await this.lines.lock(tx, key);
      const before = new Map((await this.periods.list(tx, key)).map((row) => [rowKey(row), row]));
      const wanted = lines.map((line) => this.planned(line, before.get(keyOf(line))));
      const kept = new Set(wanted.map(({ id }) => id));
      await this.periods.remove(
        tx,
        key.contractorId,
        [...before.values()].filter(({ id }) => !kept.has(id)).map(({ id }) => id),
      );
      await this.periods.plan(tx, { ...key, clientId: contract.clientId }, wanted);
    });
  }

  /** Everything of a contract that is due. */
  async recompute(key: ContractId): Promise<void> {
    await this.work.forTenant(wholeContractor(key.contractorId), async (tx) => {
      const due = await this.periods.lockDue(tx, key);
      const { contract, lines } = await this.lines.read(tx, key);
      const byKey = new Map(lines.map((line) => [keyOf(line), line]));
      const [found, stray] = [due.filter((row) => byKey.has(rowKey(row))), due.filter((row) => !byKey.has(rowKey(row)))];
      // The event that the contract has changed is on its way.
      await this.periods.remove(
        tx,
        key.contractorId,
        stray.map(({ id }) => id),
      );
      if (found.length === 0) return;
      const judged = found.map((row) => ({ ...row, line: byKey.get(rowKey(row))! }));
      const facts = await this.facts.read(
        tx,
        { ...key, clientId: contract.clientId },
        judged.map(({ line }) => line),
      );
      const now = await this.lines.terms.now(tx);
      const results = judged.map(({ id, line }) => computed(id, line, facts, now));
      await this.periods.write(tx, key.contractorId, results);
      const isTold = judged.some(({ line, state }, i) => HANDED.includes(line.requirement.kind) && results[i]!.state !== state);
      if (isTold) await this.tools.outbox.publish(tx, handingsJudged, { ...key, clientId: contract.clientId });
    });
  }

  /** Across tenants: whose periods are due. */
  due(limit: number): Promise<ContractId[]> {
    return this.work.acrossTenants('requirements to be recomputed', (tx: Tx) => this.periods.pickDue(tx, limit));
  }

  private planned(line: PlannedLine, before: RequirementPeriodEntity | undefined): PlannedPeriod {
    const { period, requirement, version, pages, timeZone } = line;
    const { startsOn, endsOn } = period;
    return {
      ...{ id: before?.id ?? this.tools.ids.next(), requirement: requirement.code, contractVersion: version, startsOn, endsOn },
      ...{ startsAt: startOfDay(startsOn, timeZone), endsAt: endOfDay(endsOn, timeZone), pageIds: pages.map(({ id }) => id) },
      dueOn: endsOn,
    };
  }
}

function rowKey({ startsOn, requirement }: { startsOn: string; requirement: string }): string {
  return `${startsOn} ${requirement}`;
}

function computed(id: string, line: PlannedLine, facts: Parameters<(typeof MEASURES)['posts']['judge']>[1], now: Date): Computed {
  const judged = MEASURES[line.requirement.kind].judge(line, facts, now);
  const { planned, done, scheduled, atRisk, impossibleOn, missed, excused, state, dueOn, provisional } = judged;
  const figures = { planned, done, scheduled, atRisk, impossibleOn, missed, excused, state, dueOn, provisional };
  return { id, ...figures, recomputeAt: nextLook(line, judged, now) };
}
