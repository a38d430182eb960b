import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { EditOutcome, EditRequest, PostContent } from '../../src/networks/network.js';
import { aRequest, ContractWorld, TEXT, without } from './contract-world.js';
import { aVideo, POLL } from './files.js';
import { aPicture } from './pictures.js';
import { BOTH, type Side } from './sides.js';

const CORRECTED = 'Движение по мосту открыто с понедельника';
const DAY_MS = 24 * 3_600_000;

let world: ContractWorld;
beforeEach(async () => void (world = await ContractWorld.start()));
afterEach(() => world.stop());

const content = (changes: Partial<PostContent> = {}): PostContent => ({ text: TEXT, photos: [], ...changes });

async function published(side: Side, changes: Partial<PostContent> = {}): Promise<string> {
  const outcome = await side.network.publish(
    aRequest(side, { content: content(changes), marker: `intent of ${changes.text ?? TEXT}` }),
  );
  if (outcome.kind !== 'published') throw new Error(JSON.stringify(outcome));
  return outcome.externalId;
}

function edited(
  side: Side,
  externalId: string,
  changes: Partial<PostContent> = {},
  more: Partial<EditRequest> = {},
): Promise<EditOutcome> {
  const { page, credentials, sendBefore } = aRequest(side);
  return side.network.edit({
    page,
    credentials,
    externalId,
    content: content({ text: CORRECTED, ...changes }),
    sendBefore,
    ...more,
  });
}

async function aPhotoOn(side: Side): Promise<string> {
  const uploaded = await side.network.uploadPhoto(side.page, side.credentials, await aPicture('image/jpeg'));
  if (uploaded.kind !== 'done') throw new Error(JSON.stringify(uploaded));
  return uploaded.value;
}

describe.each(BOTH)('editing a post on $name', ({ name }) => {
  it('changes its text where it stands: the same number, the same place, one post', async () => {
    const side = world.side(name);
    const id = await published(side);
    const { at } = side.posts()[0]!;
    world.clock.advance(3_600_000);
    expect(await edited(side, id)).toEqual({ kind: 'edited' });
    expect(side.posts()).toMatchObject([{ id, text: CORRECTED, byPage: true, at }]);
    expect([side.calls(side.publishing), side.calls(side.editing)]).toEqual([1, 1]);
  });

  it('long after the post was out publishes nothing again, because no date is named', async () => {
    const side = world.side(name);
    const id = await published(side);
    const newer = await published(side, { text: 'Вторая запись' });
    world.clock.advance(DAY_MS - 3_600_000);
    await edited(side, id);
    expect(side.posts().map((post) => post.id)).toEqual([newer, id]);
    expect(world.forms.filter((form) => /publish_?(date|at)/i.test(form))).toEqual([]);
  });

  it('may be made twice: the second changes nothing more', async () => {
    const side = world.side(name);
    const id = await published(side);
    await edited(side, id);
    const once = side.posts();
    expect((await edited(side, id)).kind).toBe('edited');
    expect(side.posts()).toEqual(once);
  });

  it('keeps what the new content carries and takes off what it does not', async () => {
    const side = world.side(name);
    const photos = [await aPhotoOn(side), await aPhotoOn(side)];
    const id = await published(side, { photos, link: 'https://zarechny.example/' });
    const anew = name === 'vk' ? photos.slice(1) : [await aPhotoOn(side)];
    expect((await edited(side, id, { photos: anew })).kind).toBe('edited');
    expect(side.posts()).toMatchObject([{ id, text: CORRECTED, links: [] }]);
    expect(side.posts()[0]?.photos).toHaveLength(1);
  });

  it('keeps a video under the number that it has', async () => {
    const side = world.side(name);
    const uploaded = await side.network.uploadVideo(side.page, side.credentials, aVideo());
    const videos = uploaded.kind === 'done' ? [uploaded.value] : [];
    const id = await published(side, { videos });
    expect(side.network.keepsUploads).toContain('video');
    expect((await edited(side, id, { videos })).kind).toBe('edited');
    expect(side.posts()).toMatchObject([{ id, text: CORRECTED, videos: 1 }]);
  });

  it.each<[string, (side: Side) => void, string]>([
    ['is lost afterwards', (side) => side.next(side.editing).acceptsThenDrops(), CORRECTED],
    ['is lost before', (side) => side.next(side.editing).dropsBeforeEffect(), TEXT],
    ['is 502 afterwards', (side) => side.next(side.editing).acceptsThenFails(502), CORRECTED],
    ['is 502 before', (side) => side.next(side.editing).failsBefore(502), TEXT],
    ['is a page', (side) => side.next(side.editing).answersHtml(), CORRECTED],
    ['is empty', (side) => side.next(side.editing).answersEmpty(), CORRECTED],
    ['is half', (side) => side.next(side.editing).answersTruncated(), CORRECTED],
    ['is a redirect', (side) => side.next(side.editing).redirects('http://127.0.0.1:9/'), TEXT],
  ])('is unclear when its answer %s; made again it is done', async (_, play, text) => {
    const side = world.side(name);
    const id = await published(side);
    play(side);
    expect((await edited(side, id)).kind).toBe('unclear');
    expect(side.posts()).toMatchObject([{ id, text }]);
    expect((await edited(side, id)).kind).toBe('edited');
    expect(side.posts()).toMatchObject([{ id, text: CORRECTED }]);
  });

  it('is refused when the post is gone, or when the time for it is over', async () => {
    const side = world.side(name);
    const id = await published(side);
    world.clock.advance(DAY_MS + 60_000);
    expect((await edited(side, id)).kind).toBe('refused');
    expect(side.posts()).toMatchObject([{ id, text: TEXT }]);
    await side.network.delete(side.page, side.credentials, id);
    expect((await edited(side, id)).kind).toBe('refused');
    expect(side.posts()).toEqual([]);
  });

  it('sends nothing after its deadline, nothing empty, and nothing without the secret that may', async () => {
    const side = world.side(name);
    const id = await published(side);
    const poor = without(side.credentials, name === 'vk' ? 'userToken' : 'accessToken');
    expect(await edited(side, id, {}, { sendBefore: new Date(0) })).toMatchObject({ reason: { code: 'deadline-passed' } });
    expect((await edited(side, id, { text: ' ' })).kind).toBe('refused');
    expect((await edited(side, id, {}, { credentials: poor })).kind).toBe('refused');
    expect(side.calls(side.editing)).toBe(0);
  });
});

describe('editing a post with a poll', () => {
  it('keeps the poll and its votes on VK, because it is the same poll', async () => {
    const side = world.side('vk');
    const prepared = await side.network.preparePoll(side.page, side.credentials, POLL);
    if (prepared.kind !== 'done') throw new Error(prepared.reason.message);
    const id = await published(side, { poll: prepared.value });
    expect((await edited(side, id, { poll: prepared.value })).kind).toBe('edited');
    expect(side.posts()).toMatchObject([{ id, text: CORRECTED, polls: 1 }]);
    expect(side.calls('polls.create')).toBe(1);
  });

  it('is left to a person on OK', async () => {
    const side = world.side('ok');
    const id = await published(side, { poll: POLL });
    expect(await edited(side, id, { poll: POLL })).toMatchObject({ kind: 'refused', reason: { code: 'poll-not-editable' } });
    expect(side.calls(side.editing)).toBe(0);
  });
});
