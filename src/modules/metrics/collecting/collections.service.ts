import { Injectable } from '@nestjs/common';
import { UnitOfWork } from '../../../platform/database/work.js';
import type { Principal } from '../../../platform/http/access.js';
import { type Page, type PageQuery, pageStart, toPage } from '../../../platform/http/pagination.js';
import { PagesService } from '../../pages/pages.service.js';
import type { Collection } from './collection.js';
import { CollectionStore } from './collection.store.js';

/** How collecting stands, page by page. */
@Injectable()
export class CollectionsService {
  constructor(
    private readonly work: UnitOfWork,
    private readonly collections: CollectionStore,
    private readonly pages: PagesService,
  ) {}

  /** Null: the page was never connected. @throws PageNotFound */
  get(who: Principal, pageId: string): Promise<Collection | null> {
    return this.work.reading(who.scope, async (tx) => {
      await this.pages.require(tx, who.contractorId, pageId);
      return (await this.collections.find(tx, who.contractorId, pageId)) ?? null;
    });
  }

  list(who: Principal, clientId: string | undefined, query: PageQuery): Promise<Page<Collection>> {
    const start = pageStart(query);
    return this.work.reading(who.scope, async (tx) => {
      const rows = await this.collections.list(tx, who.contractorId, clientId, start);
      return toPage(
        rows.map((row) => ({ ...row, id: row.pageId })),
        start,
        (row) => row,
      );
    });
  }
}
