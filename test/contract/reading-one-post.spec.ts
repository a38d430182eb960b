import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { aRequest, ContractWorld, TEXT, without } from './contract-world.js';
import { BOTH, type Side } from './sides.js';

let world: ContractWorld;
beforeEach(async () => void (world = await ContractWorld.start()));
afterEach(() => world.stop());

const READING = { vk: 'wall.getById', ok: 'mediatopic.getByIds' } as const;
const read = (side: Side, id: string) => side.network.readPost(side.page, side.credentials, id);

async function aPost(side: Side): Promise<{ id: string; url: string }> {
  const outcome = await side.network.publish(aRequest(side));
  if (outcome.kind !== 'published') throw new Error(JSON.stringify(outcome));
  return { id: outcome.externalId, url: outcome.url };
}

describe.each(BOTH)('reading one post of $name', ({ name }) => {
  it('shows what stands there, under the address that publishing gave', async () => {
    const side = world.side(name);
    const { id, url } = await aPost(side);
    expect(side.network.postIdOf(side.page, url)).toBe(id);
    expect(await read(side, id)).toEqual({
      kind: 'done',
      value: {
        ...{ externalId: id, url, publishedAt: world.clock.now(), text: TEXT },
        ...{ photoCount: 0, attachments: [], byPage: true },
        ...{ videoCount: 0, documentCount: 0, hasPoll: false },
      },
    });
    expect(side.calls(READING[name])).toBe(1);
  });

  it('tells another author from the page', async () => {
    const side = world.side(name);
    expect(await read(side, side.postByHand(TEXT, { stranger: true }))).toMatchObject({ value: { byPage: false } });
  });

  it('shows nothing of a post that is deleted, never was, or is not visible yet', async () => {
    const side = world.side(name);
    const { id } = await aPost(side);
    expect(await read(side, '157000000999999')).toEqual({ kind: 'done', value: undefined });
    side.lagBy(60_000);
    expect(await read(side, id)).toEqual({ kind: 'done', value: undefined });
    world.clock.advance(60_000);
    expect(await read(side, id)).toMatchObject({ value: { externalId: id } });
    await side.network.delete(side.page, side.credentials, id);
    expect(await read(side, id)).toEqual({ kind: 'done', value: undefined });
  });

  it('shows nothing of a post of another page', async () => {
    world.sandbox.vk.addCommunity({ id: 226_000_777, name: 'Библиотека' });
    world.sandbox.ok.addGroup({ id: '226000777', name: 'Библиотека' });
    const foreign = {
      vk: String(world.sandbox.vk.postByHand(226_000_777, { text: TEXT }).id),
      ok: world.sandbox.ok.postByHand('226000777', { text: TEXT }).id,
    };
    expect(await read(world.side(name), foreign[name])).toEqual({ kind: 'done', value: undefined });
  });

  it.each<[string, (side: Side) => void]>([
    ['drops the connection', (side) => side.next(READING[name]).dropsBeforeEffect()],
    ['answers 500', (side) => side.next(READING[name]).failsBefore(500)],
    ['answers HTML', (side) => side.next(READING[name]).answersHtml()],
    ['answers nothing', (side) => side.next(READING[name]).answersEmpty()],
    ['answers null', (side) => side.next(READING[name]).answersNull()],
    ['breaks the answer off', (side) => side.next(READING[name]).cutsAnswer()],
    ['answers no list', (side) => side.next(READING[name]).answersInstead({})],
    ['answers a code that nobody knows', (side) => side.next(READING[name]).rejects(424_242)],
  ])('is not "gone" when the network %s', async (_, play) => {
    const side = world.side(name);
    const { id } = await aPost(side);
    play(side);
    expect((await read(side, id)).kind).toBe('retryLater');
  });

  it('calls nobody for a number that can’t be, nor without a token that reads', async () => {
    const side = world.side(name);
    expect(await read(side, 'abc')).toEqual({ kind: 'done', value: undefined });
    const poor = without(side.credentials, 'serviceToken', 'userToken', 'accessToken');
    expect((await side.network.readPost(side.page, poor, '5')).kind).toBe('refused');
    expect(world.received).toBe(0);
  });
});
