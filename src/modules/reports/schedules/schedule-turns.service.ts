import { Injectable } from '@nestjs/common';
import { startOfDay } from '../../../platform/clock/zones.js';
import { wholeContractor } from '../../../platform/database/scope.js';
import { type Tx, UnitOfWork } from '../../../platform/database/work.js';
import { AgreedTerms } from '../../contracts/agreed-terms.service.js';
import type { Contract } from '../../contracts/contract.js';
import type { Stage } from '../../contracts/stage.js';
import { ProductionCalendarsService } from '../../contracts/production-calendars.service.js';
import type { WorkingDays } from '../../contracts/working-days.js';
import { dayOf } from '../../../platform/clock/days.js';
import { ClientsService } from '../../tenancy/clients.service.js';
import type { Days } from '../document/days.js';
import { dueDay, periodAfter, periodAround, type ReportSchedule } from './schedule.js';
import { ReportScheduleStore, type ScheduleKey } from './schedule.store.js';
import { ScheduledOrders } from './scheduled-orders.service.js';

/** What a turn needs of a schedule. */
type ScheduleOfTurn = Omit<ReportSchedule, 'dueAt'>;

interface StageOrder {
  readonly contract: Contract;
  readonly schedule: ScheduleOfTurn;
  readonly stage: Stage;
  /** Only if nobody ordered it before. */
  readonly isMissing?: boolean;
}

/** Days of a client, and which of them are worked. */
@Injectable()
export class ClientDays {
  constructor(
    private readonly clients: ClientsService,
    private readonly calendars: ProductionCalendarsService,
  ) {}

  async of(tx: Tx, contractorId: string, clientId: string): Promise<{ timeZone: string; calendar: WorkingDays }> {
    const { timeZone, regionCode } = await this.clients.require(tx, contractorId, clientId);
    return { timeZone, calendar: await this.calendars.workingDays(tx, contractorId, regionCode) };
  }
}

/** Does what time does to schedules: every period once, also those that went by while no worker ran. */
@Injectable()
export class ScheduleTurns {
  constructor(
    private readonly work: UnitOfWork,
    private readonly schedules: ReportScheduleStore,
    private readonly orders: ScheduledOrders,
    private readonly terms: AgreedTerms,
    private readonly days: ClientDays,
  ) {}

  /** Across tenants: whose period is to be reported. */
  due(limit: number): Promise<ScheduleKey[]> {
    return this.work.acrossTenants('report schedules whose day has come', (tx) => this.schedules.pickDue(tx, limit));
  }

  async turn(key: ScheduleKey): Promise<void> {
    const { contractorId } = key;
    await this.work.forTenant(wholeContractor(contractorId), async (tx) => {
      const schedule = await this.schedules.lock(tx, key);
      if (!schedule) return;
      if (schedule.rhythm === 'stage' || schedule.nextStartsOn === null) return this.catchUp(tx, key, schedule);
      const { rhythm, workingDay, clientId } = schedule;
      const { timeZone, calendar } = await this.days.of(tx, contractorId, clientId);
      const [now, contracts] = [await this.terms.now(tx), await this.contractsOf(tx, contractorId, schedule)];
      const dueAt = (days: Days): Date => startOfDay(dueDay(days, workingDay, calendar), timeZone);
      let days = periodAround(rhythm, schedule.nextStartsOn);
      for (; dueAt(days) <= now; days = periodAfter(rhythm, days))
        for (const contract of contracts.filter((one) => isServed(one, days)))
          await this.orders.order(tx, contractorId, { contract, schedule, days });
      await this.schedules.next(tx, key, { startsOn: days.startsOn, dueAt: dueAt(days) });
    });
  }

  /** A stage is frozen. */
  async stageReady({
    contractorId,
    contractId,
    stageId,
  }: {
    contractorId: string;
    contractId: string;
    stageId: string;
  }): Promise<void> {
    await this.work.forTenant(wholeContractor(contractorId), async (tx) => {
      const { contract } = await this.terms.read(tx, { contractorId, id: contractId });
      const stage = (await this.terms.stages(tx, { contractorId, id: contractId })).find(({ id }) => id === stageId);
      if (!stage) return;
      for (const schedule of await this.schedules.ofStages(tx, contractorId, { clientId: contract.clientId, contractId }))
        await this.orderStage(tx, contractorId, { contract, schedule, stage });
    });
  }

  /** The job that an event rang for may be lost: stages that were frozen since the schedule is there, and have no report. */
  private async catchUp(tx: Tx, key: ScheduleKey, schedule: ScheduleOfTurn): Promise<void> {
    const { contractorId } = key;
    const contracts = await this.contractsOf(tx, contractorId, schedule);
    const stages = await this.terms.stagesOf(
      tx,
      contractorId,
      contracts.map(({ id }) => id),
    );
    for (const stage of stages.filter((one) => one.state === 'reportReady' && one.freezesAt >= schedule.createdAt)) {
      const contract = contracts.find(({ id }) => id === stage.contractId)!;
      await this.orderStage(tx, contractorId, { contract, schedule, stage, isMissing: true });
    }
    await this.schedules.lookAgain(tx, key);
  }

  private async orderStage(
    tx: Tx,
    contractorId: string,
    { contract, schedule, stage, isMissing = false }: StageOrder,
  ): Promise<void> {
    // Earlier than planned, when the contract ended before.
    const endsOn = dayOf(new Date(stage.closesAt.getTime() - 1), contract.timeZone);
    if (endsOn < stage.startsOn) return;
    const days = { startsOn: stage.startsOn, endsOn };
    if (isMissing && (await this.orders.isOrdered(tx, contractorId, contract.id, days))) return;
    await this.orders.order(tx, contractorId, { contract, schedule, days });
  }

  private async contractsOf(tx: Tx, contractorId: string, { clientId, contractId }: ScheduleOfTurn): Promise<Contract[]> {
    const contracts = await this.terms.signed(tx, contractorId, { clientId });
    return contracts.filter(({ id }) => contractId === null || id === contractId);
  }
}

/** Some of its services fall into the days. */
function isServed({ startsOn, endsOn, terminatedAt, timeZone }: Contract, days: Days): boolean {
  const lastDay = terminatedAt ? dayOf(new Date(terminatedAt.getTime() - 1), timeZone) : endsOn;
  return startsOn <= days.endsOn && days.startsOn <= lastDay;
}
