import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { housekeepingTimer } from '../../src/modules/publishing/publishing.jobs.js';
import { Timers } from '../../src/platform/queue/timers.js';
import { type Agency, anAgency, vkCredentials } from '../builders/agency.js';
import { care } from '../builders/care.js';
import { anApprovedPost, publicationsOf, schedule } from '../builders/posts.js';
import { nobodyMayCall, usedSecrets } from '../builders/turns.js';
import { Harness } from '../harness/harness.js';

describe('what can wait', () => {
  let harness: Harness;
  let agency: Agency;

  beforeAll(async () => {
    harness = await Harness.start();
    agency = await anAgency(harness);
  });
  afterAll(() => harness.close());

  const reads = (method: string) => harness.sandbox.ledger.count({ network: 'vk', method });
  const keys = () => usedSecrets(harness);

  async function published(): Promise<void> {
    const post = await anApprovedPost(agency);
    await schedule(agency, post, new Date(harness.clock.now().getTime() + 60_000), [agency.vkPage]);
    await harness.clock.advance({ seconds: 65 });
    await harness.drain();
    expect((await publicationsOf(agency, post))['vk'].state).toBe('published');
  }

  it('waits for its turn: reading a post back, comparing a page, checking secrets', async () => {
    await published();
    // Every secret is known by its budget once it was used.
    await harness.clock.advance({ hours: 25 });
    await care(harness);
    const [first, compared, checked] = [reads('wall.getById'), reads('wall.get'), reads('groups.getTokenPermissions')];
    expect(first).toBeGreaterThan(0);
    expect(compared).toBeGreaterThan(0);
    await harness.clock.advance({ hours: 25 });
    await nobodyMayCall(harness, agency, 50);
    await care(harness);
    expect([reads('wall.getById'), reads('wall.get'), reads('groups.getTokenPermissions')]).toEqual([first, compared, checked]);
    // Nothing is forgotten: it is rung for again.
    await harness.clock.advance({ minutes: 20 });
    await care(harness);
    expect(reads('wall.getById')).toBe(first + 1);
    expect(reads('wall.get')).toBe(compared + 1);
    expect(reads('groups.getTokenPermissions')).toBeGreaterThan(checked);
  });

  it('is no reason to remember a secret that nobody uses any more', async () => {
    await published();
    const before = await keys();
    const credentials = vkCredentials(harness, agency.vkGroupId);
    await agency.owner.api.put(`/v1/pages/${agency.vkPage.id}/connection`, { credentials });
    await harness.clock.advance({ hours: 30 });
    const planned = await anApprovedPost(agency);
    await schedule(agency, planned, new Date(harness.clock.now().getTime() + 60 * 60_000), [agency.vkPage]);
    await harness.app.get(Timers).runOnce(housekeepingTimer);
    const after = await keys();
    expect(before.length).toBeGreaterThan(1);
    expect(after.filter((key) => before.includes(key))).toEqual([]);
    await harness.clock.advance({ hours: 1, seconds: 5 });
    await harness.drain();
    expect((await publicationsOf(agency, planned))['vk'].state).toBe('published');
  });
});
