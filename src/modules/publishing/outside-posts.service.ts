import { Injectable } from '@nestjs/common';
import { type Tx, UnitOfWork } from '../../platform/database/work.js';
import type { Principal } from '../../platform/http/access.js';
import { VersionStale } from '../../platform/http/http.errors.js';
import { type Page, type PageQuery, pageStart, toPage } from '../../platform/http/pagination.js';
import type { OutsideOrigin, OutsidePost } from './outside-post.js';
import { OutsidePostStore } from './outside-post.store.js';
import { PublicationRecords } from './publishing-parts.service.js';
import { OutsidePostNotFound } from './publishing.errors.js';

/** Posts on our pages that we did not publish. They count for the page, never for the contract. */
@Injectable()
export class OutsidePostsService {
  constructor(
    private readonly work: UnitOfWork,
    private readonly posts: OutsidePostStore,
    private readonly records: PublicationRecords,
  ) {}

  list(who: Principal, filter: { clientId?: string; pageId?: string }, query: PageQuery): Promise<Page<OutsidePost>> {
    const start = pageStart(query);
    return this.work.reading(who.scope, async (tx) =>
      toPage(await this.posts.list(tx, who.contractorId, filter, start), start, (row) => row),
    );
  }

  /** Says who wrote it. @throws OutsidePostNotFound, VersionStale */
  setOrigin(who: Principal, id: string, origin: OutsideOrigin, version?: number): Promise<OutsidePost> {
    return this.work.forTenant(who.scope, async (tx) => {
      const before = await this.require(tx, who.contractorId, id);
      if (!(await this.posts.setOrigin(tx, { contractorId: who.contractorId, id }, origin, version))) throw new VersionStale();
      await this.records.attributed(tx, who, before, { from: before.origin, to: origin });
      return this.require(tx, who.contractorId, id);
    });
  }

  private async require(tx: Tx, contractorId: string, id: string): Promise<OutsidePost> {
    const post = await this.posts.find(tx, contractorId, id);
    if (!post) throw new OutsidePostNotFound();
    return post;
  }
}
