import { Injectable } from '@nestjs/common';
import { wholeContractor } from '../../../platform/database/scope.js';
import { type Tx, UnitOfWork } from '../../../platform/database/work.js';
import { Ids } from '../../../platform/ids/ids.js';
import { Outbox } from '../../../platform/queue/outbox.js';
import { AgreedTerms } from '../../contracts/agreed-terms.service.js';
import type { Deadline } from '../deadlines/deadline.js';
import { DeadlineStore } from '../deadlines/deadline.store.js';
import { dayOf } from '../../../platform/clock/days.js';
import { Readers, readersOf, type Readership } from './readers.service.js';
import { messageOf } from './reminder.js';
import { decide, nextLook, type Step } from './reminder-steps.js';
import { type NewReminder, type Recorded, ReminderStore } from './reminder.store.js';
import { deadlineReminded } from './reminders.events.js';

/** So many deadlines in one transaction. */
const BATCH = 100;

/** The rows of reminders, and of what they are about. */
@Injectable()
export class ReminderRows {
  constructor(
    readonly deadlines: DeadlineStore,
    readonly reminders: ReminderStore,
    readonly terms: AgreedTerms,
    readonly ids: Ids,
  ) {}
}

interface Looked {
  readonly reminders: readonly NewReminder[];
  readonly next: Date | null;
}

/**
 * Tells people of what is due. Two workers lock different deadlines, and the key of a reminder lets each step of a date through once;
 * what was not due at any moment while a worker looked is made up for by the last step that has come.
 */
@Injectable()
export class Reminding {
  constructor(
    private readonly work: UnitOfWork,
    private readonly rows: ReminderRows,
    private readonly readers: Readers,
    private readonly outbox: Outbox,
  ) {}

  /** Across tenants. */
  due(limit: number): Promise<{ contractorId: string }[]> {
    return this.work.acrossTenants('people to be reminded', (tx) => this.rows.deadlines.pickContractorsToRemind(tx, limit));
  }

  /** Everything of a contractor that is due, batch by batch. */
  async remind(contractorId: string, signal: AbortSignal): Promise<void> {
    for (let count = BATCH; count === BATCH && !signal.aborted;)
      count = await this.work.forTenant(wholeContractor(contractorId), (tx) => this.batch(tx, contractorId));
  }

  private async batch(tx: Tx, contractorId: string): Promise<number> {
    const deadlines = await this.rows.deadlines.lockToRemind(tx, contractorId, BATCH);
    if (deadlines.length === 0) return 0;
    const readership = await this.readers.of(tx, contractorId);
    const ids = deadlines.map(({ id }) => id);
    const recorded = await this.rows.reminders.recorded(tx, contractorId, ids);
    const now = await this.rows.terms.now(tx);
    const looked = deadlines.map((deadline) => this.look(deadline, readership, recorded, now));
    const all = looked.flatMap(({ reminders }) => reminders);
    const added = await this.rows.reminders.insert(tx, contractorId, all);
    await this.tell(
      tx,
      contractorId,
      deadlines,
      all.filter(({ id, state }) => state === 'sent' && added.has(id)),
    );
    const next = deadlines.map(({ id }, i) => ({ id, at: looked[i]!.next }));
    await this.rows.deadlines.remindNext(tx, contractorId, next);
    return deadlines.length;
  }

  private look(deadline: Deadline, readership: Readership, recorded: readonly Recorded[], now: Date): Looked {
    const { id: deadlineId, clientId, dueOn } = deadline;
    const reminders: NewReminder[] = [];
    let known: Date | null = null;
    for (const reader of readersOf(deadline, readership)) {
      const { memberId, timeZone } = reader;
      const mine = recorded.filter((one) => one.deadlineId === deadlineId && one.memberId === memberId).map(({ step }) => step);
      const { send, skip, next } = decide(deadline, reader, new Set(mine), now);
      const row = (step: Step, state: NewReminder['state'], message: string): void =>
        void reminders.push({ id: this.rows.ids.next(), clientId, deadlineId, memberId, step, dueOn, state, message });
      for (const step of skip) row(step, 'skipped', '');
      if (send !== null) row(send, 'sent', messageOf(deadline, dayOf(now, timeZone)));
      if (next && (!known || next < known)) known = next;
    }
    return { reminders, next: nextLook(deadline, known, now) };
  }

  /** One event for a deadline and a step, to however many it was said. */
  private async tell(tx: Tx, contractorId: string, deadlines: readonly Deadline[], sent: readonly NewReminder[]): Promise<void> {
    for (const { id: deadlineId, clientId, kind } of deadlines) {
      const mine = sent.filter((one) => one.deadlineId === deadlineId);
      for (const step of new Set(mine.map((one) => one.step))) {
        const memberIds = mine.filter((one) => one.step === step).map(({ memberId }) => memberId);
        await this.outbox.publish(tx, deadlineReminded, { contractorId, clientId, deadlineId, kind, step, memberIds });
      }
    }
  }
}
