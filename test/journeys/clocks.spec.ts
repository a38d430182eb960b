import { afterAll, afterEach, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { type Agency, anAgency } from '../builders/agency.js';
import { anApprovedPost, publicationsOf, schedule } from '../builders/posts.js';
import type { Loose } from '../harness/api-client.js';
import { Harness } from '../harness/harness.js';
import { Networks } from '../../src/networks/networks.js';
import { DispatchService } from '../../src/modules/publishing/dispatch.service.js';
import { SendingService } from '../../src/modules/publishing/sending.service.js';
import { ResolutionService } from '../../src/modules/publishing/resolution.service.js';

const HOUR_MS = 3_600_000;

describe('a worker whose clock is wrong', () => {
  let harness: Harness;
  let agency: Agency;

  beforeAll(async () => {
    harness = await Harness.start();
    agency = await anAgency(harness);
  });
  afterEach(() => void jest.restoreAllMocks());
  afterAll(() => harness.close());

  /** The worker's own clock is two hours behind until its request is on the wire: the network itself knows the time. */
  async function lookWithSlowClock(publicationId: string): Promise<void> {
    const ok = harness.app.get(Networks).get('ok');
    const slow = new Date(harness.clock.now().getTime() - 2 * HOUR_MS);
    const clock = jest.spyOn(harness.clock, 'now').mockImplementation(() => slow);
    const find = jest.spyOn(ok, 'find').mockImplementation((request) => {
      clock.mockRestore();
      find.mockRestore();
      return ok.find(request);
    });
    await harness.app.get(ResolutionService).resolve(agency.contractorId, publicationId);
  }

  it('E-1 finds an unclear post that stands on the page, and does not send it again', async () => {
    harness.sandbox.ok.next('mediatopic.post').acceptsThenDrops();
    const post = await anApprovedPost(agency);
    const publishAt = new Date(harness.clock.now().getTime() + 60_000).toISOString();
    const body = { publishAt, pageIds: [agency.okPage.id], onAmbiguity: 'resend' };
    const { publications } = (await agency.editor.api.put(`/v1/posts/${post.id}/schedule`, body)).body;
    await harness.clock.advance({ minutes: 1, seconds: 1 });
    await harness.drain();
    expect((await publicationsOf(agency, post))['ok'].state).toBe('unclear');
    for (let look = 0; look < 2; look += 1) {
      await harness.clock.advance({ minutes: 2 });
      await lookWithSlowClock(publications[0].id);
    }
    await harness.drain();
    const { ok } = await publicationsOf(agency, post);
    expect([ok.state, ok.looks.map(({ result }: Loose) => result)]).toEqual(['published', ['found']]);
    expect(harness.sandbox.ok.topics(agency.okGroupId)).toHaveLength(1);
  });

  it('that is two hours fast sends nothing before its time', async () => {
    const post = await anApprovedPost(agency);
    const [publication] = await schedule(agency, post, new Date(harness.clock.now().getTime() + 30 * 60_000), [agency.vkPage]);
    const fast = new Date(harness.clock.now().getTime() + 2 * HOUR_MS);
    const clock = jest.spyOn(harness.clock, 'now').mockImplementation(() => fast);
    try {
      expect((await harness.app.get(DispatchService, { strict: false }).dispatch()).rung).toBe(0);
      await harness.app.get(SendingService, { strict: false }).send(agency.contractorId, publication.id);
    } finally {
      clock.mockRestore();
    }
    const { vk } = await publicationsOf(agency, post);
    expect([vk.state, vk.attempts]).toEqual(['scheduled', []]);
  });
});
