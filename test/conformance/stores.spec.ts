import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { MemoryPages, MemoryPosts } from '../../simulation/memory/modules.memory.js';
import { PostsService } from '../../src/modules/content/posts.service.js';
import { PagesService } from '../../src/modules/pages/pages.service.js';
import { OPERATIONS, REAL, SIMULATED } from './operations.js';
import { GATES, STATES } from './situations.js';
import { Twins } from './twins.js';

const GATED = ['claim', 'holdIfShut', 'beginSending', 'holdUnapproved'] as const;
const GATED_STATES = ['scheduled', 'claimed', 'due at this instant'] as const;

describe('the stores in memory do what the statements do in PostgreSQL', () => {
  let twins: Twins;
  beforeAll(async () => {
    twins = await Twins.start();
  }, 120_000);
  afterAll(() => twins.close());

  async function same(operation: (typeof OPERATIONS)[string], ...situation: string[]): Promise<void> {
    await twins.reset(...situation);
    const [real, simulated] = await twins.both(
      (tx) => operation(REAL, tx, twins),
      (tx) => operation(SIMULATED, tx, twins),
    );
    expect(simulated).toEqual(real);
  }

  it.each(Object.entries(OPERATIONS))('%s, whatever the publication’s state', async (_, operation) => {
    for (const [state, situation] of Object.entries(STATES)) {
      await same(operation, ...situation).catch((error: unknown) => {
        throw new Error(`when it is ${state}`, { cause: error });
      });
    }
  });

  it.each(GATED)('%s, whichever gate is shut', async (name) => {
    for (const [gate, shut] of Object.entries(GATES)) {
      for (const state of GATED_STATES) {
        await same(OPERATIONS[name]!, ...STATES[state]!, shut).catch((error: unknown) => {
          throw new Error(`when it is ${state} and ${gate}`, { cause: error });
        });
      }
    }
  });

  it.each(['settle published', 'adoptLate', 'adopt', 'decide: adopt from unclear'])(
    '%s, when the number belongs to another publication',
    async (name) => {
      const taken = `update publications set state = 'published', external_id = '88' where id = '${twins.neighbour}'`;
      for (const state of ['sending', 'unclear', 'held']) await same(OPERATIONS[name]!, ...STATES[state]!, taken);
    },
  );

  it.each(['newestKnown', 'owned'])('%s, with several posts on the page', async (name) => {
    const beside = (when: string): string =>
      `update publications set state = 'published', external_id = '76', published_at = :now - interval '${when}' where id = '${twins.neighbour}'`;
    for (const state of ['published', 'published, gone from the page', 'deleted', 'unclear'])
      for (const when of ['30 seconds', '2 minutes']) await same(OPERATIONS[name]!, ...STATES[state]!, beside(when));
  });

  it('newestKnown, where only others have posted', async () => {
    const foreign = (externalId: string, when: string): string =>
      `insert into outside_posts (contractor_id, id, client_id, page_id, external_id, url, published_at, by_page)
       select contractor_id, gen_random_uuid(), client_id, page_id, '${externalId}', '', :now - interval '${when}', false from publications where id = :id`;
    await same(OPERATIONS['newestKnown']!, foreign('5', '2 minutes'), foreign('6', '1 minute'));
    await same(OPERATIONS['newestKnown']!, ...STATES['published']!, foreign('6', '1 second'));
  });

  it('an upload is put, replaced and forgotten', async () => {
    const put = (
      attachment: string,
    ) => `insert into publication_uploads (contractor_id, client_id, publication_id, position, media_sha256, attachment, uploaded_at)
      select contractor_id, client_id, id, 0, 'old', '${attachment}', :now - interval '1 hour' from publications where id = :id`;
    await same(OPERATIONS['put an upload']!, put('photo1_1'));
    await same(({ uploads }, tx, { key }) => uploads.list(tx, key).then((rows) => rows.length), put('photo1_1'));
    await same(({ uploads }, tx, { key }) => uploads.forget(tx, key), put('photo1_1'));
  });

  it('a post is locked only while exactly this content is approved, and a page breaks once', async () => {
    const { contractorId } = twins.key;
    const [posts, pages] = [twins.harness.app.get(PostsService), twins.harness.app.get(PagesService)];
    const [memoryPosts, memoryPages] = [new MemoryPosts(), new MemoryPages()];
    const reason = { code: 'token-revoked', message: 'токен отозван' };
    const shuts = ['select 1', GATES['approval gone']!, GATES['another content approved']!, GATES['page disconnected']!];
    for (const shut of shuts) {
      await twins.reset(shut);
      const row = (await twins.copy()).publications.get(twins.id)!;
      const lock = [contractorId, row.postId, row.contentHash] as const;
      const [locked, lockedToo] = await twins.both(
        (tx) => posts.lockApproved(tx, ...lock),
        (tx) => memoryPosts.lockApproved(tx, ...lock),
      );
      expect(lockedToo).toEqual(locked);
      const page = { id: row.pageId, clientId: row.clientId };
      const [broken, brokenToo] = await twins.both(
        (tx) => pages.markBroken(tx, contractorId, page, reason),
        (tx) => memoryPages.markBroken(tx, contractorId, page, reason),
      );
      expect(brokenToo).toEqual(broken);
    }
  });
});
