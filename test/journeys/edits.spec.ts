import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { type Agency, anAgency } from '../builders/agency.js';
import { anApprovedPost, approve, publicationsOf, type PostSketch, schedule } from '../builders/posts.js';
import { nobodyMayCall } from '../builders/turns.js';
import type { Loose } from '../harness/api-client.js';
import { Harness } from '../harness/harness.js';

const POLL = { question: 'Где ставить ёлку?', answers: ['В парке', 'У порта'] };

describe('what is changed after publishing', () => {
  let harness: Harness;
  let agency: Agency;
  beforeAll(async () => {
    harness = await Harness.start();
    agency = await anAgency(harness);
  });
  afterAll(() => harness.close());

  const standing = () => harness.sandbox.vk.posts(agency.vkGroupId);
  const onVk = (publication: Loose) => standing().find(({ id }) => String(id) === publication.externalId);
  const calls = (method: string) => harness.sandbox.ledger.entries.filter((entry) => entry.method === method).length;
  const ask = (publication: Loose, contentHash: string, by = agency.editor) =>
    by.api.post(`/v1/publications/${publication.id}/edits`, { contentHash });
  const edits = async (publication: Loose): Promise<Loose[]> =>
    (await agency.editor.api.get(`/v1/publications/${publication.id}/edits`)).body.data;

  async function published(
    sketch: PostSketch = {},
    pages: Loose[] = [agency.vkPage],
  ): Promise<{ post: Loose; vk: Loose; ok: Loose }> {
    const post = await anApprovedPost(agency, sketch);
    await schedule(agency, post, harness.clock.now(), pages);
    await harness.drain();
    const { vk, ok } = await publicationsOf(agency, post);
    return { post, vk: vk!, ok: ok! };
  }

  /** Opens a correction, writes it and has it approved by both sides. */
  async function corrected(post: Loose, change: (variant: Loose) => Loose, mediaIds?: string[]): Promise<Loose> {
    const opened = await agency.editor.api.put(`/v1/posts/${post.id}/correction`);
    if (opened.status !== 200) throw new Error(JSON.stringify(opened.body));
    const media = mediaIds ?? post.media.map(({ mediaId }: Loose) => mediaId);
    const body = { title: post.title, variants: post.variants.map(change), mediaIds: media };
    const written = await agency.editor.api.put(`/v1/posts/${post.id}`, body);
    if (written.status !== 200) throw new Error(JSON.stringify(written.body));
    return approve(agency, written.body);
  }
  const addText = (variant: Loose): Loose => ({ ...variant, text: `${variant.text}: начало в 12 часов` });

  describe('a correction of a published post', () => {
    it('opens it for the usual way through both sides, while the page stays as it is', async () => {
      const { post, vk } = await published();
      expect((await agency.editor.api.put(`/v1/posts/${post.id}`, { ...post, clientId: undefined })).status).not.toBe(200);
      const opened = await agency.editor.api.put(`/v1/posts/${post.id}/correction`);
      expect([opened.status, opened.body]).toMatchObject([
        200,
        { postId: post.id, status: 'draft', contentHash: post.contentHash },
      ]);
      const { body: draft } = await agency.editor.api.get(`/v1/posts/${post.id}`);
      expect(draft).toMatchObject({ status: 'draft', lockedAt: null });
      await harness.clock.advance({ minutes: 90 });
      await harness.drain();
      const { vk: after } = await publicationsOf(agency, post);
      expect(after).toMatchObject({ state: 'published', contentHash: post.contentHash, drift: null, externalId: vk.externalId });
      expect(after?.snapshots[0].result).toBe('same');
    });

    it('is for what was sent: a post that was not is simply edited', async () => {
      const post = await anApprovedPost(agency);
      const refused = await agency.editor.api.put(`/v1/posts/${post.id}/correction`);
      expect([refused.status, refused.body.code]).toEqual([409, 'content.post-not-locked']);
    });

    it('waits until the network’s answer is understood', async () => {
      harness.sandbox.ok.next('mediatopic.post').acceptsThenDrops();
      const { post, ok } = await published({}, [agency.okPage]);
      expect(ok.state).toBe('unclear');
      const refused = await agency.editor.api.put(`/v1/posts/${post.id}/correction`);
      expect([refused.status, refused.body.code]).toEqual([409, 'publishing.being-sent']);
      await harness.clock.advance({ minutes: 3 });
      await harness.drain();
      expect((await agency.editor.api.put(`/v1/posts/${post.id}/correction`)).status).toBe(200);
    });

    it('holds what of the post is still scheduled, as every edit does', async () => {
      const { post } = await published();
      const tomorrow = new Date(harness.clock.now().getTime() + 86_400_000);
      await agency.editor.api.put(`/v1/posts/${post.id}/schedule`, {
        publishAt: tomorrow.toISOString(),
        pageIds: [agency.okPage.id],
      });
      await agency.editor.api.put(`/v1/posts/${post.id}/correction`);
      await harness.drain();
      const { vk, ok } = await publicationsOf(agency, post);
      expect([vk?.state, ok?.state, ok?.reason.code]).toEqual(['published', 'held', 'not-approved']);
    });

    it('can still be taken off the page while it is being written', async () => {
      const { post, vk } = await published();
      await agency.editor.api.put(`/v1/posts/${post.id}/correction`);
      await agency.editor.api.put(`/v1/publications/${vk.id}/withdrawal`);
      await harness.drain();
      expect((await publicationsOf(agency, post)).vk).toMatchObject({ state: 'deleted' });
      expect(onVk(vk)).toBeUndefined();
    });
  });

  describe('an edit of a published post', () => {
    it('makes both pages say what was approved since, in the same place, and shows how', async () => {
      const { post, vk, ok } = await published({ photos: 2, link: 'https://elizovo.example/day' }, [
        agency.vkPage,
        agency.okPage,
      ]);
      const after = await corrected(post, addText);
      const before = standing().length;
      for (const publication of [vk, ok]) expect((await ask(publication, after.contentHash)).status).toBe(201);
      await harness.drain();
      const now = await publicationsOf(agency, post);
      for (const [old, publication] of [
        [vk, now.vk!],
        [ok, now.ok!],
      ] as const) {
        expect(publication).toMatchObject({ state: 'published', postVersion: 2, contentHash: after.contentHash, drift: null });
        expect([publication.externalId, publication.url, publication.publishedAt]).toEqual([
          old.externalId,
          old.url,
          old.publishedAt,
        ]);
        const [edit] = publication.edits;
        expect(edit).toMatchObject({ state: 'applied', verified: true, versionBefore: 1, postVersion: 2, reason: null });
        expect(edit.attempts).toMatchObject([{ number: 1, outcome: 'edited' }]);
      }
      expect(standing()).toHaveLength(before);
      expect(onVk(vk)?.text).toMatch(/начало в 12 часов$/);
      expect(onVk(vk)?.attachments.filter(({ kind }) => kind === 'photo')).toHaveLength(2);
    });

    it('never publishes again: no date is named, nothing new stands on the page, and no plan comes due', async () => {
      const { post, vk } = await published();
      await harness.clock.advance({ hours: 20 });
      const [posts, published_] = [calls('wall.post'), standing().length];
      const after = await corrected(post, addText);
      await ask(vk, after.contentHash);
      await harness.drain();
      const again = await agency.editor.api.put(`/v1/posts/${post.id}/schedule`, {
        ...{ publishAt: harness.clock.now().toISOString(), pageIds: [agency.vkPage.id] },
      });
      expect([again.status, again.body.code]).toEqual([409, 'publishing.already-sent']);
      await harness.clock.advance({ hours: 3 });
      await harness.drain();
      expect([calls('wall.post'), standing().length]).toEqual([posts, published_]);
      expect((await publicationsOf(agency, post)).vk).toMatchObject({
        state: 'published',
        dueAt: vk.dueAt,
        publishedAt: vk.publishedAt,
      });
      const edit = harness.sandbox.ledger.entries.find(({ method }) => method === 'wall.edit');
      expect(JSON.stringify(edit)).not.toMatch(/publish_?(date|at)/i);
    });

    it.each<[string, () => unknown, string]>([
      ['was lost afterwards', () => harness.sandbox.vk.next('wall.edit').acceptsThenDrops(), 'unclear'],
      ['was lost before', () => harness.sandbox.vk.next('wall.edit').dropsBeforeEffect(), 'unclear'],
      ['was 502', () => harness.sandbox.vk.next('wall.edit').failsBefore(502), 'unclear'],
      ['was “too many”', () => harness.sandbox.vk.next('wall.edit').rejects(6), 'retryLater'],
    ])('whose answer %s comes out right all the same', async (_, play, outcome) => {
      const { post, vk } = await published();
      const after = await corrected(post, addText);
      play();
      await ask(vk, after.contentHash);
      await harness.drain();
      await harness.clock.advance({ minutes: 2 });
      await harness.drain();
      const [edit] = await edits(vk);
      expect(edit).toMatchObject({ state: 'applied', verified: true });
      expect(edit?.attempts[0].outcome).toBe(outcome);
      expect(onVk(vk)?.text).toMatch(/начало в 12 часов$/);
    });

    it('waits for its turn when the secret was used up, and says so; nothing is sent meanwhile', async () => {
      const first = await published();
      await ask(first.vk, (await corrected(first.post, addText)).contentHash);
      await harness.drain();
      const { post, vk } = await published();
      const after = await corrected(post, addText);
      await nobodyMayCall(harness, agency, 50);
      const [made, read] = [calls('wall.edit'), calls('wall.getById')];
      await ask(vk, after.contentHash);
      await harness.drain();
      expect((await edits(vk))[0]).toMatchObject({ state: 'waiting', reason: { code: 'no-turn' }, attempts: [] });
      expect([calls('wall.edit'), calls('wall.getById')]).toEqual([made, read]);
      await harness.clock.advance({ minutes: 1 });
      await harness.drain();
      expect((await edits(vk))[0]).toMatchObject({ state: 'applied', attempts: [{ outcome: 'edited' }] });
      expect(calls('wall.edit')).toBe(made + 1);
    });

    it('that was made is not looked at while the secret for reading is used up, and says that nobody saw it', async () => {
      const first = await published();
      await ask(first.vk, (await corrected(first.post, addText)).contentHash);
      await harness.drain();
      const { post, vk } = await published();
      const after = await corrected(post, addText);
      await nobodyMayCall(harness, agency, 50, 'serviceToken');
      const [made, read] = [calls('wall.edit'), calls('wall.getById')];
      await ask(vk, after.contentHash);
      await harness.drain();
      expect((await edits(vk))[0]).toMatchObject({ state: 'applied', verified: null, attempts: [{ outcome: 'edited' }] });
      expect([calls('wall.edit'), calls('wall.getById')]).toEqual([made + 1, read]);
      await harness.clock.advance({ minutes: 1 });
    });

    it('whose worker was lost half-way is taken over by another, and both tries are told', async () => {
      const { post, vk } = await published();
      const after = await corrected(post, addText);
      harness.sandbox.vk.next('wall.edit').rejects(6);
      const { body: asked } = await ask(vk, after.contentHash);
      await harness.drain();
      // As a worker leaves it that was killed after it had claimed.
      await harness.sql(
        `update publication_edits set state = 'sending', lease_until = app_now() + interval '1 minute' where id = $1`,
        [asked.id],
      );
      await harness.sql(
        `update publication_edit_attempts set ended_at = null, outcome = null, reason = null where edit_id = $1`,
        [asked.id],
      );
      await harness.drain();
      expect((await edits(vk))[0]).toMatchObject({ state: 'sending' });
      await harness.clock.advance({ minutes: 2 });
      await harness.drain();
      const [edit] = await edits(vk);
      expect([edit?.state, edit?.attempts.map((one: Loose) => one.outcome)]).toEqual(['applied', ['unclear', 'edited']]);
    });

    it('is one at a time, and the second is refused while the first is open', async () => {
      const { post, vk } = await published();
      const after = await corrected(post, addText);
      harness.sandbox.vk.next('wall.edit').rejects(6);
      const answers = await Promise.all([ask(vk, after.contentHash), ask(vk, after.contentHash)]);
      expect(answers.map(({ status }) => status).sort()).toEqual([201, 409]);
      expect(answers.find(({ status }) => status === 409)?.body.code).toBe('publishing.edit-in-progress');
      await harness.drain();
      await harness.clock.advance({ minutes: 2 });
      await harness.drain();
      const done = await ask(vk, after.contentHash);
      expect([done.status, done.body.code]).toEqual([409, 'publishing.nothing-to-edit']);
    });

    it('keeps photos that stay, brings new ones along, and keeps a poll with its votes', async () => {
      const { post, vk } = await published({ photos: 1, poll: POLL });
      const [before] = onVk(vk)!.attachments.filter(({ kind }) => kind === 'photo');
      const extra = await anApprovedPost(agency, { photos: 1 });
      const polls = calls('polls.create');
      const after = await corrected(
        post,
        addText,
        [...post.media, ...extra.media].map(({ mediaId }: Loose) => mediaId),
      );
      await ask(vk, after.contentHash);
      await harness.drain();
      const photos = onVk(vk)!.attachments.filter(({ kind }) => kind === 'photo');
      expect([photos.length, photos[0]]).toEqual([2, before]);
      expect([onVk(vk)?.attachments.filter(({ kind }) => kind === 'poll').length, calls('polls.create')]).toEqual([1, polls]);
    });

    it('never replaces a poll in which people may have voted, and leaves a poll on OK to a person', async () => {
      const { post, vk, ok } = await published({ poll: POLL }, [agency.vkPage, agency.okPage]);
      const after = await corrected(post, (variant) =>
        variant.network === 'vk' ? { ...variant, poll: { ...POLL, answers: ['В парке', 'Нигде'] } } : addText(variant),
      );
      const refused = await ask(vk, after.contentHash);
      expect([refused.status, refused.body.code, refused.body.fields[0].reason]).toEqual([
        ...[409, 'publishing.edit-unsuitable', expect.stringContaining('голосовать')],
      ]);
      await ask(ok, after.contentHash);
      await harness.drain();
      expect((await edits(ok))[0]).toMatchObject({ state: 'refused', reason: { code: 'poll-not-editable' } });
    });

    it('needs exactly this content approved, and something to change', async () => {
      const { post, vk } = await published();
      const same = await ask(vk, post.contentHash);
      expect([same.status, same.body.code]).toEqual([409, 'publishing.nothing-to-edit']);
      await agency.editor.api.put(`/v1/posts/${post.id}/correction`);
      expect((await ask(vk, post.contentHash)).body.code).toBe('content.post-not-approved');
      const body = { title: post.title, variants: post.variants.map(addText), mediaIds: [] };
      const after = await approve(agency, (await agency.editor.api.put(`/v1/posts/${post.id}`, body)).body);
      expect((await ask(vk, post.contentHash)).body.code).toBe('content.content-changed');
      expect((await ask(vk, after.contentHash, agency.pressOfficer)).status).toBe(403);
      const waiting = await anApprovedPost(agency);
      const [scheduled] = await schedule(agency, waiting, new Date(harness.clock.now().getTime() + 86_400_000), [agency.vkPage]);
      expect((await ask(scheduled!, waiting.contentHash)).body.code).toBe('publishing.not-published');
    });

    it.each<[string, (post: Loose, vk: Loose) => Promise<unknown>, string]>([
      ['another correction', (post) => agency.editor.api.put(`/v1/posts/${post.id}/correction`), 'not-approved'],
      ['a withdrawal', (_, vk) => agency.editor.api.put(`/v1/publications/${vk.id}/withdrawal`), 'not-published'],
      [
        'a quiet period',
        () => {
          const quiet = { clientId: agency.client.id, kind: 'mourning', title: 'Траур' };
          const [startsAt, endsAt] = [0, 30].map((minutes) =>
            new Date(harness.clock.now().getTime() + minutes * 60_000).toISOString(),
          );
          return agency.owner.api.post('/v1/quiet-periods', { ...quiet, startsAt, endsAt });
        },
        'quiet-period',
      ],
    ])('is held by %s that comes before it is made', async (_, intervene, code) => {
      const { post, vk } = await published();
      const after = await corrected(post, addText);
      harness.sandbox.vk.next('wall.edit').rejects(6);
      await ask(vk, after.contentHash);
      await harness.drain();
      await intervene(post, vk);
      await harness.clock.advance({ minutes: 1 });
      await harness.drain();
      const [edit] = await edits(vk);
      expect([edit?.state, edit?.reason.code]).toEqual(['held', code]);
      expect(onVk(vk)?.text ?? '').not.toMatch(/начало в 12/);
      await harness.clock.advance({ minutes: 60 });
    });

    it('is not overtaken by a correction while nobody knows what became of it', async () => {
      const { post, vk } = await published();
      const after = await corrected(post, addText);
      harness.sandbox.vk.next('wall.edit').dropsBeforeEffect();
      await ask(vk, after.contentHash);
      await harness.drain();
      expect((await edits(vk))[0]).toMatchObject({ state: 'unclear' });
      const refused = await agency.editor.api.put(`/v1/posts/${post.id}/correction`);
      expect([refused.status, refused.body.code]).toEqual([409, 'publishing.being-sent']);
      await harness.clock.advance({ minutes: 2 });
      await harness.drain();
      expect((await agency.editor.api.put(`/v1/posts/${post.id}/correction`)).status).toBe(200);
    });

    it('is refused when VK’s time for it is over, with its reason, and the post stays as it was', async () => {
      const { post, vk } = await published();
      await harness.clock.advance({ hours: 30 });
      const after = await corrected(post, addText);
      await ask(vk, after.contentHash);
      await harness.drain();
      expect((await edits(vk))[0]).toMatchObject({ state: 'refused', verified: null });
      expect((await publicationsOf(agency, post)).vk).toMatchObject({ state: 'published', contentHash: vk.contentHash });
    });

    it('puts right what somebody else changed on the page', async () => {
      const { post, vk } = await published();
      harness.sandbox.vk.editByHand(agency.vkGroupId, Number(vk.externalId), { text: 'Купите слона' });
      await harness.clock.advance({ minutes: 90 });
      await harness.drain();
      expect((await publicationsOf(agency, post)).vk).toMatchObject({ drift: 'edited' });
      expect((await ask(vk, post.contentHash)).status).toBe(201);
      await harness.drain();
      const text = post.variants.find(({ network }: Loose) => network === 'vk').text;
      expect([onVk(vk)?.text, (await publicationsOf(agency, post)).vk?.drift]).toEqual([text, null]);
    });

    it('tells the modules above and the audit log', async () => {
      const { post, vk } = await published();
      await ask(vk, (await corrected(post, addText)).contentHash);
      await harness.drain();
      const facts = await harness.sql<{ action: string }>(
        `select action from audit_entries where object_id in ($1, $2) order by id`,
        [vk.id, post.id],
      );
      const actions = facts.map(({ action }) => action);
      expect(actions).toEqual(expect.arrayContaining(['post.reopened', 'publication.editRequested', 'publication.edited']));
      const told = await harness.sql(
        `select payload from outbox where name = 'publication.edited' and payload->>'publicationId' = $1`,
        [vk.id],
      );
      expect(told).toMatchObject([{ payload: { state: 'applied', clientId: agency.client.id } }]);
    });
  });
});
