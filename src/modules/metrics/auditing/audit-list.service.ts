import { Injectable } from '@nestjs/common';
import type { NetworkName } from '../../../networks/network.js';
import { UnitOfWork } from '../../../platform/database/work.js';
import type { Principal } from '../../../platform/http/access.js';
import { RequestInvalid } from '../../../platform/http/http.errors.js';
import type { Page, PageQuery } from '../../../platform/http/pagination.js';
import { PagesService } from '../../pages/pages.service.js';
import { type AuditedPage, type AuditPlace, type AuditsWanted, cursorOf, placeOf } from './audit-list.js';
import { AuditListStore } from './audit-list.store.js';

/** Which of the reader's pages lose points. */
@Injectable()
export class AuditListService {
  constructor(
    private readonly work: UnitOfWork,
    private readonly audits: AuditListStore,
    private readonly pages: PagesService,
  ) {}

  /** A page that was not audited by that day is absent. @throws RequestInvalid */
  list(who: Principal, wanted: AuditsWanted, query: PageQuery): Promise<Page<AuditedPage & { network: NetworkName }>> {
    const { contractorId, scope } = who;
    const [after, limit] = [startOf(query), query.limit ?? 50];
    return this.work.reading(scope, async (tx) => {
      const rows = await this.audits.list(tx, contractorId, wanted, { after, limit });
      const shown = rows.slice(0, limit);
      const ids = shown.map(({ pageId }) => pageId);
      const networks = await this.pages.networksOf(tx, contractorId, ids);
      const last = shown.at(-1);
      return {
        data: shown.map((row) => ({ ...row, network: networks.get(row.pageId)! })),
        nextCursor: rows.length > limit && last !== undefined ? cursorOf(last) : null,
      };
    });
  }
}

function startOf({ cursor }: PageQuery): AuditPlace | null {
  if (cursor === undefined) return null;
  const place = placeOf(cursor);
  if (place) return place;
  throw new RequestInvalid({ fields: [{ field: 'cursor', reason: 'cursor must be the nextCursor of a page of this list' }] });
}
