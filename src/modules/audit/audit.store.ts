import { Injectable } from '@nestjs/common';
import { LessThan } from 'typeorm';
import type { Tx } from '../../platform/database/work.js';
import type { PageStart } from '../../platform/http/pagination.js';
import type { Actor, AuditFact } from './audit.js';
import { AuditEntryEntity } from './audit.entity.js';

export interface AuditFilter {
  readonly objectId?: string;
  readonly clientId?: string;
}

@Injectable()
export class AuditStore {
  async append(tx: Tx, id: string, who: Actor, fact: AuditFact): Promise<void> {
    // Raw, so that the database's own clock dates the entry and nothing is read back (a member may write what he can't read).
    await tx.query(
      `insert into audit_entries (contractor_id, id, client_id, actor_kind, actor_id, action, object_type, object_id, details, request_id)
       values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)`,
      [
        who.contractorId,
        id,
        fact.clientId ?? null,
        who.kind,
        who.id ?? null,
        fact.action,
        fact.objectType,
        fact.objectId,
        JSON.stringify(fact.details ?? {}),
        who.requestId ?? null,
      ],
    );
  }

  list(tx: Tx, contractorId: string, filter: AuditFilter, start: PageStart): Promise<AuditEntryEntity[]> {
    return tx.find(AuditEntryEntity, {
      where: {
        contractorId,
        id: LessThan(start.beforeId),
        ...(filter.objectId && { objectId: filter.objectId }),
        ...(filter.clientId && { clientId: filter.clientId }),
      },
      order: { id: 'DESC' },
      take: start.limit + 1,
    });
  }
}
