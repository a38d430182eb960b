import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { type Agency, anAgency } from '../builders/agency.js';
import { anApprovedPost, publicationsOf, schedule } from '../builders/posts.js';
import type { Loose } from '../harness/api-client.js';
import { Harness } from '../harness/harness.js';

describe('after publishing', () => {
  let harness: Harness;
  let agency: Agency;

  beforeAll(async () => {
    harness = await Harness.start();
  });
  afterAll(() => harness.close());
  beforeEach(async () => {
    agency = await anAgency(harness);
  });
  afterEach(() => harness.forgetTenants());

  async function published(photos = 0): Promise<Loose> {
    const post = await anApprovedPost(agency, { photos });
    await schedule(agency, post, new Date(harness.clock.now().getTime() + 60_000));
    await harness.clock.advance({ minutes: 1, seconds: 1 });
    await harness.drain();
    return post;
  }

  async function later(hours: number): Promise<void> {
    await harness.clock.advance({ hours, minutes: 1 });
    await harness.drain();
  }

  it('the post is read back, and what stood on the page is kept with its hash', async () => {
    const post = await published(1);
    await later(0.05);
    for (const publication of Object.values(await publicationsOf(agency, post))) {
      expect(publication.drift).toBeNull();
      expect(publication.snapshots).toMatchObject([
        { result: 'same', photoCount: 1, sha256: expect.stringMatching(/^[0-9a-f]{64}$/) },
      ]);
    }
  });

  it('B20 an edit and a deletion by hand are found by the next check, told, and never repaired', async () => {
    const post = await published();
    await later(0.05);
    const { vk, ok } = await publicationsOf(agency, post);
    harness.sandbox.vk.editByHand(agency.vkGroupId, Number(vk.externalId), { text: 'Исправлено вручную' });
    harness.sandbox.ok.deleteByHand(ok.externalId);
    await later(25);
    const after = await publicationsOf(agency, post);
    expect([after.vk.drift, after.ok.drift]).toEqual(['edited', 'deleted']);
    expect(after.vk.snapshots[0].text).toBe('Исправлено вручную');
    expect([after.vk.state, after.ok.state]).toEqual(['published', 'published']);
    const audit = (await agency.owner.api.get(`/v1/audit-entries?objectId=${ok.id}`)).body.data;
    expect(audit[0]).toMatchObject({ action: 'publication.checked', details: { drift: 'deleted' } });
    expect(harness.sandbox.ok.topics(agency.okGroupId)).toHaveLength(0);
  });

  it('a page that can’t be read says nothing about its posts', async () => {
    const post = await published();
    await agency.owner.api.delete(`/v1/pages/${agency.vkPage.id}/connection`);
    await later(25);
    expect((await publicationsOf(agency, post)).vk).toMatchObject({ drift: null, snapshots: [] });
  });

  it('posts of others on the page are recorded once, and people say who wrote them', async () => {
    await published();
    await later(0.05);
    harness.sandbox.vk.postByHand(agency.vkGroupId, { text: 'Новость области' });
    await later(1);
    await later(1);
    const list = await agency.editor.api.get(`/v1/outside-posts?pageId=${agency.vkPage.id}`);
    expect(list.body.data).toMatchObject([{ byPage: true, origin: 'unknown', duplicateOf: null }]);
    const [outside] = list.body.data;
    const told = await agency.pressOfficer.api.patch(`/v1/outside-posts/${outside.id}`, { origin: 'regionalBroadcast' });
    expect([told.status, told.body.origin]).toEqual([200, 'regionalBroadcast']);
    const none = await agency.editor.api.get(`/v1/outside-posts?pageId=${agency.okPage.id}`);
    expect(none.body.data).toEqual([]);
  });

  it('B17 a double by the network itself is found and raises an alarm', async () => {
    harness.sandbox.vk.next('wall.post').acceptsTwice();
    const post = await published();
    await later(0.05);
    await later(1);
    expect(harness.sandbox.vk.posts(agency.vkGroupId)).toHaveLength(2);
    const [double] = (await agency.editor.api.get(`/v1/outside-posts?pageId=${agency.vkPage.id}`)).body.data;
    expect(double.duplicateOf).toBe((await publicationsOf(agency, post)).vk.id);
  });

  it('work that nobody takes is seen in the readiness of the worker', async () => {
    const post = await anApprovedPost(agency);
    await schedule(agency, post, new Date(harness.clock.now().getTime() + 60_000));
    expect((await harness.api.get('/readyz')).status).toBe(200);
    await harness.clock.advance({ minutes: 3 });
    const stuck = await harness.api.get('/readyz');
    expect([stuck.status, stuck.body.checks.publishing]).toEqual([503, expect.stringContaining('2 publications')]);
    expect(await (await fetch(`${harness.baseUrl}/metrics`)).text()).toContain('vestnik_publications_overdue 2');
    await harness.drain();
    expect((await harness.api.get('/readyz')).status).toBe(200);
  });
});
