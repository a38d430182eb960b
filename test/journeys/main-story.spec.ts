import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { type Agency, anAgency } from '../builders/agency.js';
import { anApprovedPost, publicationsOf, schedule } from '../builders/posts.js';
import { Harness } from '../harness/harness.js';
import { describeOnEachQueue } from '../harness/queue-backends.js';

describeOnEachQueue('the main job: an approved post goes out on both pages on time', (backend) => {
  let harness: Harness;
  let agency: Agency;

  beforeAll(async () => {
    harness = await Harness.start({ queueUrl: backend.queueUrl });
    agency = await anAgency(harness);
  });
  afterAll(() => harness.close());

  it('publishes text, link and photos at the planned time, not before, and shows both permalinks', async () => {
    const post = await anApprovedPost(agency, { link: 'https://elizovo.example/day', photos: 2 });
    const due = new Date(harness.clock.now().getTime() + 3_600_000);
    await schedule(agency, post, due);

    await harness.drain();
    expect(Object.values(await publicationsOf(agency, post)).map(({ state }) => state)).toEqual(['scheduled', 'scheduled']);
    expect(harness.sandbox.vk.posts(agency.vkGroupId)).toHaveLength(0);

    await harness.clock.advance({ hours: 1, seconds: 1 });
    await harness.drain();
    const { vk, ok } = await publicationsOf(agency, post);
    expect([vk.state, ok.state]).toEqual(['published', 'published']);
    expect(vk.url).toBe(`https://vk.com/wall-${agency.vkGroupId}_${vk.externalId}`);
    expect(ok.url).toBe(`https://ok.ru/group/${agency.okGroupId}/topic/${ok.externalId}`);
    expect(vk.attempts).toMatchObject([{ number: 1, outcome: 'published', externalId: vk.externalId }]);
    expect(harness.sandbox.vk.posts(agency.vkGroupId)).toHaveLength(1);
    expect(harness.sandbox.ok.topics(agency.okGroupId)).toHaveLength(1);
  });
});
