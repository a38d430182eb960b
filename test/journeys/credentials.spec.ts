import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { type Agency, anAgency, okCredentials } from '../builders/agency.js';
import { care, managing } from '../builders/care.js';
import { anApprovedPost, publicationsOf, schedule } from '../builders/posts.js';
import type { Loose } from '../harness/api-client.js';
import { Harness } from '../harness/harness.js';

describe('a page’s credentials', () => {
  let harness: Harness;
  let agency: Agency;
  let manager: ReturnType<typeof managing>;

  beforeAll(async () => {
    harness = await Harness.start();
  });
  afterAll(() => harness.close());
  beforeEach(async () => {
    agency = await anAgency(harness);
    manager = managing(agency);
  });
  afterEach(() => harness.forgetTenants());

  const inMinutes = (minutes: number): Date => new Date(harness.clock.now().getTime() + minutes * 60_000);
  const stateOf = async (post: Loose, network: 'vk' | 'ok') => (await publicationsOf(agency, post))[network];

  async function aDayLater(): Promise<void> {
    await harness.clock.advance({ hours: 25 });
    await care(harness);
  }

  it('are checked once a day, and a good answer changes nothing but the time of the check', async () => {
    const before = await manager.page(agency.okPage);
    await aDayLater();
    const after = await manager.page(agency.okPage);
    expect(after).toEqual({ ...before, checkedAt: after.checkedAt, updatedAt: after.updatedAt });
    expect(Date.parse(after.checkedAt)).toBeGreaterThan(Date.parse(before.checkedAt));
    const quiet = harness.sandbox.ledger.entries.length;
    await care(harness);
    expect(harness.sandbox.ledger.entries.length).toBe(quiet);
  });

  it.each<[string, () => void]>([
    ['502', () => harness.sandbox.ok.next('users.getCurrentUser').failsBefore(502).always()],
    ['a broken connection', () => harness.sandbox.ok.next('users.getCurrentUser').dropsBeforeEffect().always()],
    ['an error of the network’s own', () => harness.sandbox.ok.next('users.getCurrentUser').rejects(2).always()],
  ])('are not doubted for trouble on the way (%s): it is counted, told when it lasts, and forgotten', async (_, trouble) => {
    trouble();
    await aDayLater();
    expect([(await manager.page(agency.okPage)).status, await manager.attentionTo(agency.okPage)]).toEqual(['connected', []]);
    for (let i = 0; i < 3; i += 1) {
      await harness.clock.advance({ hours: 7 });
      await care(harness);
    }
    expect([(await manager.page(agency.okPage)).status, await manager.attentionTo(agency.okPage)]).toEqual([
      'connected',
      ['checks-failing'],
    ]);
    harness.sandbox.ok.scripts.clear();
    await aDayLater();
    expect(await manager.attentionTo(agency.okPage)).toEqual([]);
    expect(await manager.countOf(agency.okPage, 'page.broken')).toBe(0);
  });

  it('that are revoked stop the page at the first check: everything planned is held with the reason, and nobody calls again', async () => {
    const post = await anApprovedPost(agency);
    await schedule(agency, post, inMinutes(60 * 24 * 10));
    harness.sandbox.ok.next('users.getCurrentUser').rejects(103).always();
    await aDayLater();
    const broken = await manager.page(agency.okPage);
    expect([broken.status, broken.statusReason.code, await manager.attentionTo(agency.okPage)]).toEqual([
      ...['broken', 'token-revoked', ['token-revoked']],
    ]);
    expect(await stateOf(post, 'ok')).toMatchObject({
      state: 'held',
      reason: { code: 'page-not-connected', networkCode: '103' },
    });
    expect((await stateOf(post, 'vk')).state).toBe('scheduled');
    expect(await manager.countOf(agency.okPage, 'page.broken')).toBe(1);
    const asked = harness.sandbox.ledger.count({ network: 'ok' });
    await aDayLater();
    await aDayLater();
    expect(harness.sandbox.ledger.count({ network: 'ok' })).toBe(asked);
    // The same secrets may work again: only a person, who proves them, says so.
    harness.sandbox.ok.scripts.clear();
    await aDayLater();
    expect((await manager.page(agency.okPage)).status).toBe('broken');
    expect((await manager.connect(agency.okPage, {})).body.status).toBe('connected');
  });

  it('given again: what is still to come goes on by itself, what is too late is asked about, and the history stays', async () => {
    const [soon, late, later] = [await anApprovedPost(agency), await anApprovedPost(agency), await anApprovedPost(agency)];
    await schedule(agency, soon, inMinutes(60), [agency.okPage]);
    await schedule(agency, late, inMinutes(2), [agency.okPage]);
    harness.sandbox.ok.next('mediatopic.post').rejects(103).always();
    await harness.clock.advance({ minutes: 3 });
    await harness.drain();
    // Refused for certain by the answer that broke the page, and held because of the page.
    expect([(await stateOf(late, 'ok')).reason.code, (await stateOf(soon, 'ok')).reason.code]).toEqual([
      ...['token-revoked', 'page-not-connected'],
    ]);
    await harness.clock.advance({ minutes: 20 });
    harness.sandbox.ok.scripts.clear();
    expect((await manager.connect(agency.okPage, okCredentials(harness, agency.okGroupId))).status).toBe(200);
    await schedule(agency, later, inMinutes(30), [agency.okPage]);
    await harness.drain();
    // Both within their two hours.
    expect([(await stateOf(late, 'ok')).state, (await stateOf(soon, 'ok')).state]).toEqual(['published', 'scheduled']);
    await harness.clock.advance({ minutes: 60 });
    await harness.drain();
    expect([(await stateOf(soon, 'ok')).state, (await stateOf(later, 'ok')).state]).toEqual(['published', 'published']);
    expect(harness.sandbox.ok.topics(agency.okGroupId)).toHaveLength(3);

    const missed = await anApprovedPost(agency);
    await schedule(agency, missed, inMinutes(10), [agency.okPage]);
    await agency.owner.api.delete(`/v1/pages/${agency.okPage.id}/connection`);
    await harness.drain();
    expect(await stateOf(missed, 'ok')).toMatchObject({ state: 'held', reason: { code: 'page-not-connected' } });
    await harness.clock.advance({ hours: 5 });
    await manager.connect(agency.okPage, okCredentials(harness, agency.okGroupId));
    await harness.drain();
    expect(await stateOf(missed, 'ok')).toMatchObject({ state: 'held', reason: { code: 'too-late' } });
    const { data } = (await agency.owner.api.get(`/v1/pages/${agency.okPage.id}/connections`)).body;
    expect(data.map(({ endReason }: Loose) => endReason)).toEqual([null, 'disconnected', 'replaced']);
  });

  it('given again end a pause that the network asked for, and what is unclear stays with the one who looks', async () => {
    const [paused, unclear] = [await anApprovedPost(agency), await anApprovedPost(agency)];
    harness.sandbox.ok.next('mediatopic.post').rejects(8);
    await schedule(agency, paused, inMinutes(1), [agency.okPage]);
    await harness.clock.advance({ minutes: 2 });
    await harness.drain();
    expect(await stateOf(paused, 'ok')).toMatchObject({ state: 'scheduled', reason: { code: 'flood-control' } });
    await manager.connect(agency.okPage, okCredentials(harness, agency.okGroupId));
    await harness.drain();
    expect((await stateOf(paused, 'ok')).state).toBe('published');

    harness.sandbox.ok.next('mediatopic.post').acceptsThenDrops();
    harness.sandbox.ok.next('mediatopic.getTopics').rejects(103).always();
    await schedule(agency, unclear, inMinutes(1), [agency.okPage]);
    for (let look = 0; look < 2; look += 1) {
      await harness.clock.advance({ minutes: 3 });
      await harness.drain();
    }
    expect([(await manager.page(agency.okPage)).status, (await stateOf(unclear, 'ok')).state]).toEqual(['broken', 'held']);
    harness.sandbox.ok.scripts.clear();
    await manager.connect(agency.okPage, okCredentials(harness, agency.okGroupId));
    await harness.drain();
    expect((await stateOf(unclear, 'ok')).state).toBe('held');
    expect(harness.sandbox.ok.topics(agency.okGroupId)).toHaveLength(2);
  });

  it('that lose a right hold the posts that need it, with the way out, and let them go when it is back', async () => {
    const [photo, text] = [await anApprovedPost(agency, { photos: 1 }), await anApprovedPost(agency)];
    for (const post of [photo, text]) await schedule(agency, post, inMinutes(60 * 24 * 5), [agency.okPage]);
    const lost = harness.sandbox.ok.next('users.hasAppPermission');
    lost.answersInstead(true).times(2);
    harness.sandbox.ok.next('users.hasAppPermission').answersInstead(false);
    await aDayLater();
    const less = await manager.page(agency.okPage);
    expect([less.status, less.capabilities.publishPhoto.allowed]).toEqual(['connected', false]);
    expect(await stateOf(photo, 'ok')).toMatchObject({
      state: 'held',
      reason: { code: 'capability-lost', message: expect.stringContaining('PHOTO_CONTENT') },
    });
    expect((await stateOf(text, 'ok')).state).toBe('scheduled');
    expect(await manager.countOf(agency.okPage, 'page.capabilitiesChanged')).toBe(1);
    await aDayLater();
    expect((await manager.page(agency.okPage)).capabilities.publishPhoto.allowed).toBe(true);
    expect((await stateOf(photo, 'ok')).state).toBe('scheduled');
  });
});
