import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { type Agency, anAgency } from '../builders/agency.js';
import { anApprovedPost, publicationsOf, schedule } from '../builders/posts.js';
import { Harness } from '../harness/harness.js';

describe('photos are on the network before the post is due', () => {
  let harness: Harness;
  let agency: Agency;

  beforeAll(async () => {
    harness = await Harness.start();
    agency = await anAgency(harness);
  });
  afterAll(() => harness.close());

  it('goes on uploading as soon as a network that asked for a pause takes calls again', async () => {
    const post = await anApprovedPost(agency, { photos: 3 });
    harness.sandbox.vk.next('photos.saveWallPhoto').rejects(6).times(2);
    const due = new Date(harness.clock.now().getTime() + 60_000);
    await schedule(agency, post, due, [agency.vkPage]);

    for (let pause = 0; pause < 3; pause += 1) {
      await harness.drain();
      await harness.clock.advance({ seconds: 10 });
    }
    const saved = harness.sandbox.ledger.entries.filter(
      ({ method, answer }) => method === 'photos.saveWallPhoto' && answer === 'success',
    );
    expect(saved).toHaveLength(3);
    expect((await publicationsOf(agency, post)).vk).toMatchObject({ state: 'scheduled', nextTryAt: due.toISOString() });
  });
});
