import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { type Agency, anAgency } from '../builders/agency.js';
import { join } from '../builders/people.js';
import { aDraft, anApprovedPost, postRequest, publicationsOf, schedule } from '../builders/posts.js';
import type { Loose } from '../harness/api-client.js';
import { Harness } from '../harness/harness.js';

describe('approving a post', () => {
  let harness: Harness;
  let agency: Agency;

  beforeAll(async () => {
    harness = await Harness.start();
    agency = await anAgency(harness);
  });
  afterAll(() => harness.close());

  const approved = (post: Loose) => ({ decision: 'approved', contentHash: post.contentHash });
  const submit = (post: Loose) => agency.editor.api.put(`/v1/posts/${post.id}/submission`);

  it('its variants come in one order, however they were written', async () => {
    const request = postRequest(agency) as { variants: Loose[] };
    for (const variants of [request.variants, request.variants.toReversed()]) {
      const { body } = await agency.editor.api.post('/v1/posts', { ...request, variants });
      const read = await agency.editor.api.get(`/v1/posts/${body.id}`);
      expect(read.body.variants.map(({ network }: Loose) => network)).toEqual(['vk', 'ok']);
    }
  });

  it('goes agency first, client second, and only then the post is approved', async () => {
    const post = await aDraft(agency);
    const early = await agency.approver.api.put(`/v1/posts/${post.id}/approval`, approved(post));
    expect([early.status, early.body.allowedTransitions]).toEqual([409, ['submit', 'edit']]);
    await submit(post);
    const client = await agency.pressOfficer.api.put(`/v1/posts/${post.id}/approval`, approved(post));
    expect([client.status, client.body.code]).toEqual([409, 'content.other-sides-turn']);
    expect((await agency.approver.api.put(`/v1/posts/${post.id}/approval`, approved(post))).body.status).toBe('clientReview');
    const again = await agency.approver.api.put(`/v1/posts/${post.id}/approval`, approved(post));
    expect([again.status, again.body.code]).toEqual([409, 'content.other-sides-turn']);
    expect((await agency.pressOfficer.api.put(`/v1/posts/${post.id}/approval`, approved(post))).body.status).toBe('approved');
  });

  it('is not for its author, nor for who edited it, whatever the role', async () => {
    const manager = await join(agency.owner, 'manager');
    const post = (await manager.api.post('/v1/posts', postRequest(agency))).body;
    await manager.api.put(`/v1/posts/${post.id}/submission`);
    const own = await manager.api.put(`/v1/posts/${post.id}/approval`, approved(post));
    expect([own.status, own.body.code]).toEqual([409, 'content.own-post']);

    const edited = (await agency.owner.api.put(`/v1/posts/${post.id}`, withoutClient(postRequest(agency)))).body;
    await submit(edited);
    for (const author of [manager, agency.owner]) {
      expect((await author.api.put(`/v1/posts/${post.id}/approval`, approved(edited))).body.code).toBe('content.own-post');
    }
  });

  it('by the author is refused by the database too', async () => {
    const post = await aDraft(agency);
    const row = { contractor_id: agency.contractorId, client_id: agency.client.id, post_id: post.id, author: agency.editor.id };
    const insert = harness.sql(
      `insert into approvals (contractor_id, id, client_id, post_id, number, content_hash, step, decision, decided_by, version_author_id, post_author_id)
       values ($1, gen_random_uuid(), $2, $3, 1, $4, 'agency', 'approved', $5, $5, $5)`,
      [row.contractor_id, row.client_id, row.post_id, post.contentHash, row.author],
    );
    await expect(insert).rejects.toThrow('approvals_not_by_author');
    // Nor by naming another author: the true ones stand in the rows that the foreign keys point at.
    const lie = harness.sql(
      `insert into approvals (contractor_id, id, client_id, post_id, number, content_hash, step, decision, decided_by, version_author_id, post_author_id)
       values ($1, gen_random_uuid(), $2, $3, 1, $4, 'agency', 'approved', $5, $6, $6)`,
      [row.contractor_id, row.client_id, row.post_id, post.contentHash, row.author, agency.owner.id],
    );
    await expect(lie).rejects.toThrow('violates foreign key constraint');
    await expect(
      harness.sql(`update posts set status = 'approved', approved_hash = $2 where id = $1`, [post.id, post.contentHash]),
    ).rejects.toThrow('standing approvals');
  });

  it('is bound to what was read: a decision about an older text is refused', async () => {
    const post = await aDraft(agency);
    const edited = (await agency.editor.api.put(`/v1/posts/${post.id}`, withoutClient(postRequest(agency)))).body;
    await submit(edited);
    const stale = await agency.approver.api.put(`/v1/posts/${post.id}/approval`, approved(post));
    expect([stale.status, stale.body.code]).toEqual([409, 'content.content-changed']);
  });

  it('is returned by the press officer with a comment, which is needed', async () => {
    const post = await aDraft(agency);
    await submit(post);
    await agency.approver.api.put(`/v1/posts/${post.id}/approval`, approved(post));
    const returned = { decision: 'returned', contentHash: post.contentHash };
    const silent = await agency.pressOfficer.api.put(`/v1/posts/${post.id}/approval`, returned);
    expect([silent.status, silent.body.fields[0].field]).toEqual([400, 'comment']);
    const answer = await agency.pressOfficer.api.put(`/v1/posts/${post.id}/approval`, { ...returned, comment: 'Уточните время' });
    expect(answer.body.status).toBe('changesRequested');
    const decisions = (await agency.editor.api.get(`/v1/posts/${post.id}/approvals`)).body.data;
    expect(decisions.map(({ step, decision, comment, voidReason }: Loose) => [step, decision, comment, voidReason])).toEqual([
      ['client', 'returned', 'Уточните время', null],
      ['agency', 'approved', null, 'revoked'],
    ]);
  });

  it('is voided by any edit of what the public sees, but not by a new title', async () => {
    const post = await anApprovedPost(agency);
    const same = { title: 'Другое название', variants: post.variants, mediaIds: [] };
    expect((await agency.editor.api.put(`/v1/posts/${post.id}`, same)).body).toMatchObject({
      title: 'Другое название',
      status: 'approved',
    });
    const changed = { ...same, variants: post.variants.map((variant: Loose) => ({ ...variant, text: `${variant.text}!` })) };
    expect((await agency.editor.api.put(`/v1/posts/${post.id}`, changed)).body).toMatchObject({
      status: 'draft',
      postVersion: 2,
    });
  });

  it('that is revoked, or voided by an edit, holds what was scheduled, and says why', async () => {
    for (const undo of [
      (post: Loose) => agency.pressOfficer.api.delete(`/v1/posts/${post.id}/approval`),
      (post: Loose) => agency.editor.api.put(`/v1/posts/${post.id}`, withoutClient(postRequest(agency))),
    ]) {
      const post = await anApprovedPost(agency);
      await schedule(agency, post, new Date(harness.clock.now().getTime() + 3_600_000));
      expect((await undo(post)).status).toBe(200);
      await harness.drain();
      const { vk, ok } = await publicationsOf(agency, post);
      expect([vk.state, vk.reason.code, ok.state]).toEqual(['held', 'not-approved', 'held']);
      await harness.clock.advance({ hours: 2 });
      await harness.drain();
    }
    expect(harness.sandbox.vk.posts(agency.vkGroupId)).toHaveLength(0);
  });

  it('is for people: an API key with the scope is refused', async () => {
    const post = await aDraft(agency);
    await submit(post);
    const key = { name: 'робот', scopes: ['posts.approve'], allClients: true, clientIds: [] };
    const { body } = await agency.owner.api.post('/v1/api-keys', key);
    const answer = await harness.api.as(body.key).put(`/v1/posts/${post.id}/approval`, approved(post));
    expect([answer.status, answer.body.code]).toEqual([403, 'content.person-needed']);
  });

  it('by two people at once is given once', async () => {
    const second = await join(agency.owner, 'approver');
    const post = await aDraft(agency);
    await submit(post);
    const answers = await Promise.all(
      [agency.approver, second].map(({ api }) => api.put(`/v1/posts/${post.id}/approval`, approved(post))),
    );
    expect(answers.filter(({ status }) => status === 200)).toHaveLength(1);
  });
});

function withoutClient(request: object): object {
  return Object.fromEntries(Object.entries(request).filter(([key]) => key !== 'clientId'));
}
