import { Injectable } from '@nestjs/common';
import { UnitOfWork } from '../../../platform/database/work.js';
import type { Principal } from '../../../platform/http/access.js';
import type { Page, PageQuery } from '../../../platform/http/pagination.js';
import type { Deadline } from './deadline.js';
import { afterCursor, pageByDay } from './deadline-cursor.js';
import { type DeadlineFilter, DeadlineStore } from './deadline.store.js';
import { DeadlineNotFound } from './deadlines.errors.js';

/** Everything that has a date, in one list. */
@Injectable()
export class DeadlinesService {
  constructor(
    private readonly work: UnitOfWork,
    private readonly deadlines: DeadlineStore,
  ) {}

  /** Soonest first. */
  list(who: Principal, filter: DeadlineFilter, query: PageQuery): Promise<Page<Deadline>> {
    const [after, limit] = [afterCursor(query), query.limit ?? 50];
    return this.work.reading(who.scope, async (tx) =>
      pageByDay(await this.deadlines.list(tx, who.contractorId, filter, { after, limit: limit + 1 }), limit),
    );
  }

  /** @throws DeadlineNotFound */
  get(who: Principal, id: string): Promise<Deadline> {
    return this.work.reading(who.scope, async (tx) => {
      const deadline = await this.deadlines.find(tx, who.contractorId, id);
      if (!deadline) throw new DeadlineNotFound();
      return deadline;
    });
  }
}
