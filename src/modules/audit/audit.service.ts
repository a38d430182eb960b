import { Injectable } from '@nestjs/common';
import { UnitOfWork, type Tx } from '../../platform/database/work.js';
import type { Principal } from '../../platform/http/access.js';
import { type Page, pageStart, type PageQuery, toPage } from '../../platform/http/pagination.js';
import { Ids } from '../../platform/ids/ids.js';
import type { Actor, AuditEntry, AuditFact } from './audit.js';
import { AuditStore, type AuditFilter } from './audit.store.js';

/** The append-only record of who did what. An entry is written in the transaction of the deed, so neither exists alone. */
@Injectable()
export class AuditService {
  constructor(
    private readonly work: UnitOfWork,
    private readonly entries: AuditStore,
    private readonly ids: Ids,
  ) {}

  record(tx: Tx, who: Actor | Principal, fact: AuditFact): Promise<void> {
    return this.entries.append(tx, this.ids.next(), who, fact);
  }

  /** Newest first; members who see some clients read the entries of these clients only. */
  list(who: Principal, filter: AuditFilter, query: PageQuery): Promise<Page<AuditEntry>> {
    const start = pageStart(query);
    return this.work.reading(who.scope, async (tx) => {
      const rows = await this.entries.list(tx, who.contractorId, filter, start);
      return toPage(rows, start, (row) => ({ ...row, clientId: row.clientId ?? undefined }));
    });
  }
}
