import { Injectable } from '@nestjs/common';
import { startOfDay } from '../../../platform/clock/zones.js';
import { type Tx, UnitOfWork } from '../../../platform/database/work.js';
import type { Principal } from '../../../platform/http/access.js';
import { VersionStale } from '../../../platform/http/http.errors.js';
import { type Page, type PageQuery, pageStart, toPage } from '../../../platform/http/pagination.js';
import { Ids } from '../../../platform/ids/ids.js';
import { AuditService } from '../../audit/audit.service.js';
import { AgreedTerms } from '../../contracts/agreed-terms.service.js';
import { ContractNotFound } from '../../contracts/contracts.errors.js';
import { dayOf } from '../../../platform/clock/days.js';
import { ReportScheduleExists, ReportScheduleNotFound } from '../reports.errors.js';
import { dueDay, periodAround, type ReportSchedule, type ScheduleChanges } from './schedule.js';
import type { ReportScheduleEntity } from './schedule.entity.js';
import { ReportScheduleStore } from './schedule.store.js';
import { ClientDays } from './schedule-turns.service.js';

export type ScheduleDraft = Pick<ReportSchedule, 'clientId' | 'contractId' | 'rhythm' | 'workingDay' | 'recipients'>;

/** The rows of schedules, and what their records need. */
@Injectable()
export class ScheduleParts {
  constructor(
    readonly schedules: ReportScheduleStore,
    readonly audit: AuditService,
    readonly ids: Ids,
  ) {}
}

/** Schedules as people keep them. */
@Injectable()
export class ReportSchedulesService {
  constructor(
    private readonly work: UnitOfWork,
    private readonly parts: ScheduleParts,
    private readonly terms: AgreedTerms,
    private readonly days: ClientDays,
  ) {}

  /** Its first period is the one that runs now. @throws ClientNotFound, ContractNotFound, ReportScheduleExists */
  create(who: Principal, draft: ScheduleDraft): Promise<ReportSchedule> {
    const { contractorId } = who;
    return this.work.forTenant(who.scope, async (tx) => {
      const { timeZone, calendar } = await this.days.of(tx, contractorId, draft.clientId);
      await this.checkContract(tx, contractorId, draft);
      const id = this.parts.ids.next();
      const first = draft.rhythm === 'stage' ? null : periodAround(draft.rhythm, dayOf(await this.terms.now(tx), timeZone));
      const dueAt = first && startOfDay(dueDay(first, draft.workingDay, calendar), timeZone);
      const row = { ...draft, id, nextStartsOn: first && first.startsOn, dueAt };
      if (!(await this.parts.schedules.insert(tx, contractorId, row))) throw new ReportScheduleExists();
      return this.noted(tx, who, id, 'reportSchedule.created');
    });
  }

  /** Newest first. */
  list(who: Principal, clientId: string | undefined, query: PageQuery): Promise<Page<ReportSchedule>> {
    const start = pageStart(query);
    return this.work.reading(who.scope, async (tx) =>
      toPage(await this.parts.schedules.list(tx, who.contractorId, clientId, start), start, view),
    );
  }

  /** @throws ReportScheduleNotFound */
  get(who: Principal, id: string): Promise<ReportSchedule> {
    return this.work.reading(who.scope, (tx) => this.require(tx, who.contractorId, id));
  }

  /**
   * From the next report on, which may be that of the period that runs. On a working day that has gone by already it is made at once.
   * @throws ReportScheduleNotFound, VersionStale
   */
  change(who: Principal, id: string, changes: ScheduleChanges, version?: number): Promise<ReportSchedule> {
    const { contractorId } = who;
    return this.work.forTenant(who.scope, async (tx) => {
      // A turn of it waits, so that no period is made by half of the change.
      await this.parts.schedules.lock(tx, { contractorId, id });
      const before = await this.require(tx, contractorId, id);
      const { workingDay = before.workingDay, recipients = before.recipients } = changes;
      const dueAt = await this.dueAt(tx, contractorId, { ...before, workingDay });
      const changed = { workingDay, recipients, dueAt };
      if (!(await this.parts.schedules.change(tx, { contractorId, id }, changed, version ?? before.version)))
        throw new VersionStale();
      return this.noted(tx, who, id, 'reportSchedule.changed');
    });
  }

  /** Nothing is made by it any more; what was made stays. @throws ReportScheduleNotFound */
  remove(who: Principal, id: string): Promise<void> {
    return this.work.forTenant(who.scope, async (tx) => {
      await this.noted(tx, who, id, 'reportSchedule.removed');
      await this.parts.schedules.remove(tx, { contractorId: who.contractorId, id });
    });
  }

  private async dueAt(tx: Tx, contractorId: string, schedule: ReportSchedule): Promise<Date | null> {
    const { rhythm, nextStartsOn, workingDay, clientId } = schedule;
    if (rhythm === 'stage' || nextStartsOn === null) return null;
    const { timeZone, calendar } = await this.days.of(tx, contractorId, clientId);
    return startOfDay(dueDay(periodAround(rhythm, nextStartsOn), workingDay, calendar), timeZone);
  }

  private async checkContract(tx: Tx, contractorId: string, { contractId, clientId }: ScheduleDraft): Promise<void> {
    if (contractId === null) return;
    const { contract } = await this.terms.read(tx, { contractorId, id: contractId });
    if (contract.clientId !== clientId) throw new ContractNotFound();
  }

  private async noted(tx: Tx, who: Principal, id: string, action: string): Promise<ReportSchedule> {
    const schedule = await this.require(tx, who.contractorId, id);
    const { clientId, contractId, rhythm } = schedule;
    const fact = { action, objectType: 'reportSchedule', objectId: id, clientId, details: { contractId, rhythm } };
    await this.parts.audit.record(tx, who, fact);
    return schedule;
  }

  private async require(tx: Tx, contractorId: string, id: string): Promise<ReportSchedule> {
    const schedule = await this.parts.schedules.find(tx, { contractorId, id });
    if (!schedule) throw new ReportScheduleNotFound();
    return view(schedule);
  }
}

function view({ stepAt, ...schedule }: ReportScheduleEntity): ReportSchedule {
  return { ...schedule, dueAt: schedule.rhythm === 'stage' ? null : stepAt };
}
