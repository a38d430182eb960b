import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { FindRequest, FindResult } from '../../src/networks/network.js';
import { SystemClock } from '../../src/platform/clock/clock.js';
import { aRequest, ContractWorld, TEXT, without } from './contract-world.js';
import { BOTH, type Side } from './sides.js';

let world: ContractWorld;
beforeEach(async () => void (world = await ContractWorld.start()));
afterEach(() => world.stop());

const MINUTE = 60_000;
const LOOK_UP = { vk: 'wall.get', ok: 'mediatopic.getTopics' } as const;
const ago = (ms: number): Date => new Date(world.clock.now().getTime() - ms);

function aLook(side: Side, changes: Partial<FindRequest> = {}): FindRequest {
  const { page, credentials, content } = aRequest(side);
  return { page, credentials, content, from: ago(MINUTE), to: world.clock.now(), ...changes };
}

async function looked(side: Side, changes: Partial<FindRequest> = {}): Promise<FindResult> {
  const found = await side.network.find(aLook(side, changes));
  if (found.kind !== 'done') throw new Error(JSON.stringify(found));
  return found.value;
}

const ids = (posts: readonly { readonly externalId: string }[]): string[] => posts.map(({ externalId }) => externalId);

describe.each(BOTH)('looking for a post on $name', ({ name }) => {
  it('finds the one that went out though its answer was lost, with all that there is to know', async () => {
    const side = world.side(name);
    side.next(side.publishing).acceptsThenDrops();
    expect((await side.network.publish(aRequest(side))).kind).toBe('unclear');
    world.clock.advance(30_000);
    const { matches, seen } = await looked(side);
    const [post] = side.posts();
    const id = post?.id ?? '';
    expect(matches).toEqual([
      {
        externalId: id,
        url: side.network.postUrl(side.page, id),
        publishedAt: post?.at,
        text: TEXT,
        photoCount: 0,
        ...{ videoCount: 0, documentCount: 0, hasPoll: false },
        attachments: [],
        byPage: true,
      },
    ]);
    expect(seen).toEqual(matches);
    expect(side.calls(LOOK_UP[name])).toBe(1);
  });

  it('finds nothing where nothing went out, and shows what it saw', async () => {
    const side = world.side(name);
    const older = side.postByHand('Вчерашняя новость', { at: ago(86_400_000) });
    side.next(side.publishing).dropsBeforeEffect();
    await side.network.publish(aRequest(side));
    const { matches, seen } = await looked(side);
    expect([matches, ids(seen)]).toEqual([[], [older]]);
    expect(await looked(side, { page: side.page })).toEqual({ matches, seen });
  });

  it('tells its own text from another, and the page from another author', async () => {
    const side = world.side(name);
    side.postByHand(TEXT, { stranger: true });
    side.postByHand(`${TEXT}!`);
    side.postByHand(TEXT.toLowerCase());
    side.postByHand(`${TEXT} ${TEXT}`);
    expect((await looked(side)).matches).toEqual([]);
    const own = side.postByHand(TEXT);
    expect(ids((await looked(side)).matches)).toEqual([own]);
  });

  it.each([
    ['trimmed and re-wrapped', '  Движение  по мосту\r\nоткрыто \n', 'Движение по мосту\nоткрыто'],
    ['escaped', 'Мост &quot;Новый&quot; &amp; дорога &lt;3', 'Мост "Новый" & дорога <3'],
    ['decomposed', 'Ёлка и йод'.normalize('NFD'), 'Ёлка и йод'],
  ])('knows its text %s by the network', async (_, stored, text) => {
    const side = world.side(name);
    const own = side.postByHand(stored);
    expect(ids((await looked(side, { content: { text, photos: [] } })).matches)).toEqual([own]);
  });

  it('keeps to its window, both ends included', async () => {
    const side = world.side(name);
    const [from, to] = [ago(10 * MINUTE), ago(5 * MINUTE)];
    side.postByHand(TEXT, { at: new Date(from.getTime() - 1_000) });
    const first = side.postByHand(TEXT, { at: from });
    const last = side.postByHand(TEXT, { at: to });
    side.postByHand(TEXT, { at: new Date(to.getTime() + 1_000) });
    const { matches, seen } = await looked(side, { from, to });
    expect([ids(matches), seen.length]).toEqual([[last, first], 4]);
  });

  it('does not lose a post of the very second in which the window begins', async () => {
    const side = world.side(name);
    world.clock.advance(789);
    const sentAt = world.clock.now();
    side.next(side.publishing).acceptsThenDrops();
    await side.network.publish(aRequest(side));
    world.clock.advance(MINUTE);
    expect(ids((await looked(side, { from: sentAt, to: world.clock.now() })).matches)).toEqual(ids2(side));
  });

  it('shows every match when there are several: a person decides', async () => {
    const side = world.side(name);
    const twins = [side.postByHand(TEXT, { at: ago(2_000) }), side.postByHand(TEXT, { at: ago(1_000) })];
    expect(ids((await looked(side)).matches)).toEqual(twins.reverse());
  });

  it('sees nothing of a post that the network still hides, and finds it afterwards', async () => {
    const side = world.side(name);
    const known = side.postByHand('Известная запись', { at: ago(10 * MINUTE) });
    side.lagBy(MINUTE);
    const from = world.clock.now();
    await side.network.publish(aRequest(side));
    world.clock.advance(MINUTE - 1_000);
    // What it saw is the caller's control: the newest known post of a lagging list is missing or old.
    expect(await looked(side, { from }).then(({ matches, seen }) => [matches, ids(seen)])).toEqual([[], [known]]);
    world.clock.advance(1_000);
    expect((await looked(side, { from })).matches).toHaveLength(1);
  });

  it('does not find what was deleted, nor what was edited', async () => {
    const side = world.side(name);
    await side.network.publish(aRequest(side));
    await side.network.publish(aRequest(side, { marker: 'intent-2' }));
    const [edited = '', deleted = ''] = ids2(side);
    const { sandbox } = world;
    if (name === 'vk') {
      sandbox.vk.editByHand(sandbox.credentials.vk.groupId, Number(edited), { text: 'Правка' });
      sandbox.vk.deleteByHand(sandbox.credentials.vk.groupId, Number(deleted));
    } else {
      sandbox.ok.editByHand(edited, { text: 'Правка' });
      sandbox.ok.deleteByHand(deleted);
    }
    const { matches, seen } = await looked(side);
    expect([matches.length, ids(seen)]).toEqual([0, [edited]]);
  });

  it('looks past a pinned post, which stands first whatever its age', async () => {
    const side = world.side(name);
    const pinned = side.postByHand('Закреплённая', { at: ago(365 * 86_400_000) });
    for (let number = 1; number <= 15; number += 1) side.postByHand(`Новость ${number}`, { at: ago(number * 1_000) });
    const own = side.postByHand(TEXT, { at: ago(20_000) });
    const { sandbox } = world;
    if (name === 'vk') sandbox.vk.pinByHand(sandbox.credentials.vk.groupId, Number(pinned));
    else sandbox.ok.pinByHand(sandbox.credentials.ok.groupId, pinned);
    const { matches, seen } = await looked(side);
    expect(ids(matches)).toEqual([own]);
    expect([seen.length, seen[0]?.text, seen.at(-1)?.externalId]).toEqual([17, 'Новость 1', pinned]);
  });

  it('concludes nothing when the window’s beginning is out of sight', async () => {
    const side = world.side(name);
    side.postByHand(TEXT, { at: ago(MINUTE) });
    for (let number = 1; number <= 110; number += 1) side.postByHand(`Новость ${number}`, { at: ago(number * 100) });
    expect(await side.network.find(aLook(side, { from: ago(2 * MINUTE) }))).toMatchObject({
      kind: 'refused',
      reason: { code: 'window-not-covered' },
    });
  });

  it.each<[string, (side: Side) => void]>([
    ['drops the connection', (side) => side.next(LOOK_UP[name]).dropsBeforeEffect()],
    ['answers 500', (side) => side.next(LOOK_UP[name]).failsBefore(500)],
    ['answers HTML', (side) => side.next(LOOK_UP[name]).answersHtml()],
    ['answers nothing', (side) => side.next(LOOK_UP[name]).answersEmpty()],
    ['answers null', (side) => side.next(LOOK_UP[name]).answersNull()],
    ['answers half the JSON', (side) => side.next(LOOK_UP[name]).answersTruncated()],
    ['breaks the answer off', (side) => side.next(LOOK_UP[name]).cutsAnswer()],
    ['answers no list', (side) => side.next(LOOK_UP[name]).answersInstead({ count: 0 })],
    ['answers words', (side) => side.next(LOOK_UP[name]).answersInstead('нет')],
    ['redirects', (side) => side.next(LOOK_UP[name]).redirects('http://127.0.0.1:9/')],
    ['has an error of its own', (side) => side.next(LOOK_UP[name]).rejects(name === 'vk' ? 10 : 2)],
    ['is too busy', (side) => side.next(LOOK_UP[name]).rejects(name === 'vk' ? 6 : 8)],
    ['answers a code that nobody knows', (side) => side.next(LOOK_UP[name]).rejects(424_242)],
  ])('is not "absent" when the network %s', async (_, play) => {
    const side = world.side(name);
    play(side);
    expect((await side.network.find(aLook(side))).kind).toBe('retryLater');
  });

  it('is not "absent" when one of the posts can’t be read', async () => {
    const side = world.side(name);
    side.postByHand('Читаемая');
    const unreadable = name === 'vk' ? { count: 1, items: [{ id: 0 }] } : { media_topics: [{ id: '0', created_ms: 1 }] };
    side.next(LOOK_UP[name]).answersInstead(unreadable);
    expect((await side.network.find(aLook(side))).kind).toBe('retryLater');
  });

  it('loses the credential when its token is revoked', async () => {
    const side = world.side(name);
    world.sandbox.vk.revokeToken('vk-service');
    world.sandbox.ok.revokeToken('ok-user');
    expect(await side.network.find(aLook(side))).toMatchObject({ kind: 'credentialLost', reason: { code: 'token-revoked' } });
  });

  function ids2(side: Side): string[] {
    return side.posts().map(({ id }) => id);
  }
});

describe('looking on VK', () => {
  it('takes the service token, else a user’s, else refuses without a call', async () => {
    const side = world.side('vk');
    const { vkIdToken } = world.sandbox.credentials.vk;
    const labelOf = async (changes: Partial<FindRequest>): Promise<string | null | undefined> => {
      await looked(side, changes);
      return world.sandbox.ledger.entries.at(-1)?.tokenLabel;
    };
    expect(await labelOf({})).toBe('vk-service');
    const withUser = without(side.credentials, 'serviceToken');
    expect(await labelOf({ credentials: withUser })).toBe('vk-user');
    expect(await labelOf({ credentials: { ...withUser, userToken: vkIdToken } })).toBe('vk-id');
    const calls = world.received;
    const credentials = without(side.credentials, 'serviceToken', 'userToken');
    expect(await side.network.find(aLook(side, { credentials }))).toMatchObject({
      kind: 'refused',
      reason: { code: 'capability-missing' },
    });
    expect(world.received).toBe(calls);
  });

  it('can’t read a closed community with the service token', async () => {
    const [community] = world.sandbox.vk.communities();
    if (community !== undefined) community.isClosed = true;
    const side = world.side('vk');
    expect(await side.network.find(aLook(side))).toMatchObject({ kind: 'refused', reason: { networkCode: '15' } });
  });

  it('reads a hundred posts within the rate of a service token', async () => {
    await world.stop();
    world = await ContractWorld.start({ clock: new SystemClock(), vk: { perSecond: { user: 3, service: 3, community: 20 } } });
    const side = world.side('vk');
    const now = new Date();
    for (let number = 1; number <= 99; number += 1)
      side.postByHand(`Новость ${number}`, { at: new Date(now.getTime() - number * 1_000) });
    const own = side.postByHand(TEXT, { at: new Date(now.getTime() - 100_000) });
    const { matches, seen } = await looked(side, { from: new Date(now.getTime() - 200_000), to: now });
    expect([ids(matches), seen.length, side.calls('wall.get')]).toEqual([[own], 100, 2]);
  });

  it('reads no further than it must', async () => {
    const side = world.side('vk');
    for (let number = 1; number <= 60; number += 1) side.postByHand(`Новость ${number}`, { at: ago(number * 10_000) });
    await looked(side, { from: ago(MINUTE) });
    expect(side.calls('wall.get')).toBe(1);
  });
});
