import { Injectable } from '@nestjs/common';
import { LessThan } from 'typeorm';
import type { Tx } from '../../../platform/database/work.js';
import type { PageStart } from '../../../platform/http/pagination.js';
import type { ReportSchedule, ScheduleChanges } from './schedule.js';
import { ReportScheduleEntity } from './schedule.entity.js';

export interface ScheduleKey {
  readonly contractorId: string;
  readonly id: string;
}

/** Events tell of stages; how often one is looked for that got lost. */
const LOOK_AGAIN = `app_now() + interval '1 hour'`;

@Injectable()
export class ReportScheduleStore {
  /** @returns false when there is one of this rhythm for the same contracts */
  async insert(tx: Tx, contractorId: string, one: Omit<ReportSchedule, 'createdAt' | 'version'>): Promise<boolean> {
    const rows = await tx.query<unknown[]>(
      `insert into report_schedules (contractor_id, id, client_id, contract_id, rhythm, working_day, recipients, next_starts_on, step_at)
       values ($1, $2, $3, $4, $5, $6, $7, $8, coalesce($9, ${LOOK_AGAIN}))
       on conflict (contractor_id, client_id, contract_id, rhythm) do nothing returning 1`,
      [
        contractorId,
        one.id,
        one.clientId,
        one.contractId,
        one.rhythm,
        one.workingDay,
        one.recipients,
        one.nextStartsOn,
        one.dueAt,
      ],
    );
    return rows.length > 0;
  }

  find(tx: Tx, { contractorId, id }: ScheduleKey): Promise<ReportScheduleEntity | null> {
    return tx.findOneBy(ReportScheduleEntity, { contractorId, id });
  }

  /** Nobody else takes its turn until this transaction is over. */
  lock(tx: Tx, { contractorId, id }: ScheduleKey): Promise<ReportScheduleEntity | null> {
    return tx.findOne(ReportScheduleEntity, { where: { contractorId, id }, lock: { mode: 'pessimistic_write' } });
  }

  list(tx: Tx, contractorId: string, clientId: string | undefined, start: PageStart): Promise<ReportScheduleEntity[]> {
    const where = { contractorId, id: LessThan(start.beforeId), ...(clientId && { clientId }) };
    return tx.find(ReportScheduleEntity, { where, order: { id: 'DESC' }, take: start.limit + 1 });
  }

  /** Those that want the stages of a contract. */
  ofStages(
    tx: Tx,
    contractorId: string,
    { clientId, contractId }: { clientId: string; contractId: string },
  ): Promise<ReportScheduleEntity[]> {
    const shared = { contractorId, clientId, rhythm: 'stage' as const };
    return tx
      .createQueryBuilder(ReportScheduleEntity, 's')
      .where(shared)
      .andWhere('(s.contract_id is null or s.contract_id = :contractId)', { contractId })
      .orderBy('s.id')
      .getMany();
  }

  async next(tx: Tx, { contractorId, id }: ScheduleKey, { startsOn, dueAt }: { startsOn: string; dueAt: Date }): Promise<void> {
    await tx.query('update report_schedules set next_starts_on = $3, step_at = $4 where contractor_id = $1 and id = $2', [
      ...[contractorId, id, startsOn, dueAt],
    ]);
  }

  /** @param dueAt of the next period; null of stages @returns false when it is another version by now */
  async change(
    tx: Tx,
    { contractorId, id }: ScheduleKey,
    { workingDay, recipients, dueAt }: Required<ScheduleChanges> & { readonly dueAt: Date | null },
    version: number,
  ): Promise<boolean> {
    const [, count] = await tx.query<[unknown[], number]>(
      `update report_schedules set working_day = $3, recipients = $4, step_at = coalesce($5, step_at), version = version + 1
       where contractor_id = $1 and id = $2 and version = $6`,
      [contractorId, id, workingDay, recipients, dueAt, version],
    );
    return count === 1;
  }

  async lookAgain(tx: Tx, { contractorId, id }: ScheduleKey): Promise<void> {
    await tx.query(`update report_schedules set step_at = ${LOOK_AGAIN} where contractor_id = $1 and id = $2`, [
      contractorId,
      id,
    ]);
  }

  async remove(tx: Tx, { contractorId, id }: ScheduleKey): Promise<void> {
    await tx.delete(ReportScheduleEntity, { contractorId, id });
  }

  /** Across tenants: whose period is to be reported. */
  pickDue(tx: Tx, limit: number): Promise<ScheduleKey[]> {
    return tx.query(
      `select contractor_id as "contractorId", id from report_schedules where step_at <= app_now() order by step_at, id limit $1`,
      [limit],
    );
  }
}
