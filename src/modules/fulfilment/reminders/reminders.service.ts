import { Injectable } from '@nestjs/common';
import { type Tx, UnitOfWork } from '../../../platform/database/work.js';
import type { Principal } from '../../../platform/http/access.js';
import type { Page, PageQuery } from '../../../platform/http/pagination.js';
import { afterCursor, pageOf } from './inbox-cursor.js';
import type { Reminder } from './reminder.js';
import { ReminderStore } from './reminder.store.js';
import { ReminderNotFound } from './reminders.errors.js';

/** A member's inbox. */
@Injectable()
export class RemindersService {
  constructor(
    private readonly work: UnitOfWork,
    private readonly reminders: ReminderStore,
  ) {}

  /** The caller's own. */
  list(who: Principal, isRead: boolean | undefined, query: PageQuery): Promise<Page<Reminder>> {
    const [after, limit] = [afterCursor(query), query.limit ?? 50];
    return this.work.reading(who.scope, async (tx) =>
      pageOf(await this.reminders.list(tx, who, { isRead, after, limit: limit + 1 }), limit),
    );
  }

  /** Repeating it changes nothing. @throws ReminderNotFound, also for another member's */
  markRead(who: Principal, id: string): Promise<Reminder> {
    return this.work.forTenant(who.scope, async (tx) => {
      await this.require(tx, who, id);
      await this.reminders.read(tx, who, id);
      return this.require(tx, who, id);
    });
  }

  private async require(tx: Tx, { contractorId, memberId }: Principal, id: string): Promise<Reminder> {
    const reminder = await this.reminders.find(tx, { contractorId, memberId }, id);
    if (!reminder) throw new ReminderNotFound();
    return reminder;
  }
}
