import { Injectable } from '@nestjs/common';
import type { Tx } from '../../../platform/database/work.js';
import type { InboxPosition } from './inbox-cursor.js';
import type { Reminder } from './reminder.js';
import { ReminderEntity } from './reminder.entity.js';
import type { Step } from './reminder-steps.js';

export interface NewReminder {
  readonly id: string;
  readonly clientId: string;
  readonly deadlineId: string;
  readonly memberId: string;
  readonly step: Step;
  readonly dueOn: string;
  readonly state: 'sent' | 'skipped';
  readonly message: string;
}

export type Recorded = Pick<NewReminder, 'deadlineId' | 'memberId' | 'step'>;

@Injectable()
export class ReminderStore {
  /** Of each of these deadlines, the steps of the date that it has now. */
  recorded(tx: Tx, contractorId: string, deadlineIds: readonly string[]): Promise<Recorded[]> {
    return tx.query(
      `select r.deadline_id as "deadlineId", r.member_id as "memberId", r.step from reminders r
         join deadlines d on d.contractor_id = r.contractor_id and d.id = r.deadline_id and d.due_on = r.due_on
       where r.contractor_id = $1 and r.deadline_id = any ($2)`,
      [contractorId, deadlineIds],
    );
  }

  /** Each step of a date once, whoever else is at it. @returns ids of those that were not there */
  async insert(tx: Tx, contractorId: string, reminders: readonly NewReminder[]): Promise<ReadonlySet<string>> {
    if (reminders.length === 0) return new Set();
    const rows = await tx.query<{ id: string }[]>(
      `insert into reminders (contractor_id, id, client_id, deadline_id, member_id, step, due_on, state, message)
       select $1, id, "clientId", "deadlineId", "memberId", step, "dueOn", state, message
       from jsonb_to_recordset($2::jsonb) as r (id uuid, "clientId" uuid, "deadlineId" uuid, "memberId" uuid, step integer,
         "dueOn" date, state text, message text)
       on conflict (contractor_id, deadline_id, member_id, step, due_on) do nothing returning id`,
      [contractorId, JSON.stringify(reminders)],
    );
    return new Set(rows.map(({ id }) => id));
  }

  find(tx: Tx, member: { contractorId: string; memberId: string }, id: string): Promise<Reminder | null> {
    return tx.findOneBy(ReminderEntity, { ...member, id, state: 'sent' });
  }

  /** Unread first, then newest first. `isRead` undefined: both. */
  list(
    tx: Tx,
    { contractorId, memberId }: { contractorId: string; memberId: string },
    { isRead, after, limit }: { isRead: boolean | undefined; after: InboxPosition; limit: number },
  ): Promise<Reminder[]> {
    return tx.query(
      `select id, client_id as "clientId", deadline_id as "deadlineId", step, due_on::text as "dueOn", message,
         created_at as "createdAt", read_at as "readAt"
       from reminders where contractor_id = $1 and member_id = $2 and state = 'sent' and ($3::boolean is null or (read_at is not null) = $3)
         and ((read_at is not null) > $4 or ((read_at is not null) = $4 and id < $5))
       order by (read_at is not null), id desc limit $6`,
      [contractorId, memberId, isRead ?? null, after.isRead, after.id, limit],
    );
  }

  /** Stays as it was when it was read before. */
  async read(tx: Tx, { contractorId, memberId }: { contractorId: string; memberId: string }, id: string): Promise<void> {
    await tx.query(
      `update reminders set read_at = app_now() where contractor_id = $1 and member_id = $2 and id = $3 and read_at is null`,
      [contractorId, memberId, id],
    );
  }
}
