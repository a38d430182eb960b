import type { CallOutcome, Credentials, Reason } from '../../src/networks/network.js';
import type { Tx } from '../../src/platform/database/work.js';
import { PostNotFound } from '../../src/modules/content/content.errors.js';
import type { PostsService } from '../../src/modules/content/posts.service.js';
import type { ConnectionsService } from '../../src/modules/pages/connections.service.js';
import { stopsCalls } from '../../src/modules/pages/page.js';
import { PageNotFound } from '../../src/modules/pages/pages.errors.js';
import type { PagesService } from '../../src/modules/pages/pages.service.js';
import { contentOfVersion, numberOf } from '../cast.js';
import { memory } from './database.js';
import type { PageRow, PostRow } from './rows.js';

/** What publishing asks of the modules below, with the effect of their statements. */
export class MemoryPosts implements Pick<PostsService, 'require' | 'requireVersion' | 'lockApproved'> {
  require(tx: Tx, _contractorId: string, id: string): Promise<PostRow> {
    const t = memory(tx);
    return t.statement('requirePost', () => {
      const post = t.find(t.db.posts, id);
      if (!post) throw new PostNotFound();
      return post;
    });
  }

  async requireVersion(tx: Tx, contractorId: string, id: string, number: number): Promise<PostRow> {
    const post = await this.require(tx, contractorId, id);
    if (number > post.postVersion) throw new PostNotFound();
    return { ...post, ...contentOfVersion(numberOf(id), number) };
  }

  lockApproved(tx: Tx, _contractorId: string, id: string, hash: string): Promise<boolean> {
    const t = memory(tx);
    return t.statement('lockPost', async (now) => {
      const rows = await t.update(t.db.posts, {
        id,
        where: (post) => post.approvedHash === hash,
        set: (post) => ({ ...post, lockedAt: post.lockedAt ?? new Date(now) }),
      });
      return rows.length === 1;
    });
  }
}

export class MemoryPages implements Pick<PagesService, 'require' | 'markBroken' | 'lossSeen'> {
  require(tx: Tx, _contractorId: string, id: string): Promise<PageRow> {
    const t = memory(tx);
    return t.statement('requirePage', () => {
      const page = t.find(t.db.pages, id);
      if (!page) throw new PageNotFound();
      return page;
    });
  }

  async markBroken(tx: Tx, _contractorId: string, { id }: { id: string }, statusReason: Reason): Promise<void> {
    const t = memory(tx);
    await t.statement('breakPage', () =>
      t.update(t.db.pages, {
        id,
        where: (page) => page.status === 'connected',
        set: (page): PageRow => ({ ...page, status: 'broken', statusReason, version: page.version + 1 }),
      }),
    );
  }

  async lossSeen(tx: Tx, contractorId: string, page: { id: string }, outcome: CallOutcome<unknown>): Promise<void> {
    const stop = stopsCalls(outcome);
    if (stop) await this.markBroken(tx, contractorId, page, stop);
  }
}

export class MemoryConnections implements Pick<ConnectionsService, 'credentialsOf'> {
  credentialsOf(tx: Tx, _contractorId: string, pageId: string): Promise<Credentials | undefined> {
    const t = memory(tx);
    return t.statement('credentials', () => (t.find(t.db.pages, pageId)?.secrets ? { token: `token of ${pageId}` } : undefined));
  }
}
