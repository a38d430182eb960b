import { IsIn } from 'class-validator';
import { IsOmittable } from '../../../platform/http/omittable.decorator.js';
import { PageQuery } from '../../../platform/http/pagination.js';
import type { Reminder } from './reminder.js';
import type { Step } from './reminder-steps.js';

export class RemindersQuery extends PageQuery {
  /** Absent: both, unread first. @example unread */
  @IsOmittable() @IsIn(['unread', 'read']) state?: 'unread' | 'read';

  static isRead({ state }: RemindersQuery): boolean | undefined {
    return state && state === 'read';
  }
}

export class ReminderResponse {
  /** @example 019b76da-a800-7000-8000-000000000043 */
  id: string;
  /** @example 019b76da-a800-7000-8000-000000000041 */
  deadlineId: string;
  /** @example 019b76da-a800-7000-8000-000000000002 */
  clientId: string;
  /** Days after the date; below zero: before it. @example -7 */
  step: Step;
  /** The date as it was then. @example 2027-01-15 */
  dueOn: string;
  /** @example "Через 7 дней: Ежемесячный отчёт (01.12.2026–31.12.2026) · договор № 12-ГК/2026 — 15.01.2027." */
  message: string;
  /** @example 2027-01-08T06:00:00.000Z */
  createdAt: Date;
  /** Null: unread. @example null */
  readAt: Date | null;

  static of({ id, deadlineId, clientId, step, dueOn, message, createdAt, readAt }: Reminder): ReminderResponse {
    return { id, deadlineId, clientId, step, dueOn, message, createdAt, readAt };
  }
}

export class ReminderPage {
  data: ReminderResponse[];
  /** Pass it as `cursor` to go on; null on the last page. @example null */
  nextCursor: string | null;
}
