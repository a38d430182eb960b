import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { aRequest, ContractWorld, without } from './contract-world.js';
import { BOTH, type Side } from './sides.js';

let world: ContractWorld;
beforeEach(async () => void (world = await ContractWorld.start()));
afterEach(() => world.stop());

const DELETION = { vk: 'wall.delete', ok: 'mediatopic.deleteTopic' } as const;

async function aPost(side: Side): Promise<string> {
  const outcome = await side.network.publish(aRequest(side));
  if (outcome.kind !== 'published') throw new Error(JSON.stringify(outcome));
  return outcome.externalId;
}

describe.each(BOTH)('deleting on $name', ({ name }) => {
  const remove = (side: Side, id: string, credentials = side.credentials) => side.network.delete(side.page, credentials, id);

  it('takes the post off the page, and only that one', async () => {
    const side = world.side(name);
    const other = side.postByHand('Другая запись');
    expect(await remove(side, await aPost(side))).toEqual({ kind: 'done', value: undefined });
    expect(side.posts().map(({ id }) => id)).toEqual([other]);
    expect(side.calls(DELETION[name])).toBe(1);
  });

  it('is done when the post is gone already, by us or by hand, or never was', async () => {
    const side = world.side(name);
    const id = await aPost(side);
    expect((await remove(side, id)).kind).toBe('done');
    expect((await remove(side, id)).kind).toBe('done');
    expect((await remove(side, '157000000999999')).kind).toBe('done');
    expect(world.sandbox.ledger.count({ method: DELETION[name], effect: 'yes' })).toBe(1);
  });

  it.each<[string, (side: Side) => void, number]>([
    ['deletes and drops the connection', (side) => side.next(DELETION[name]).acceptsThenDrops(), 0],
    ['drops the connection', (side) => side.next(DELETION[name]).dropsBeforeEffect(), 1],
    ['deletes and answers 502', (side) => side.next(DELETION[name]).acceptsThenFails(502), 0],
    ['answers HTML and does nothing', (side) => side.next(DELETION[name]).answersHtml().withoutEffect(), 1],
    ['answers null and does nothing', (side) => side.next(DELETION[name]).answersNull().withoutEffect(), 1],
    ['answers half the JSON', (side) => side.next(DELETION[name]).answersTruncated(), 0],
    ['answers 0', (side) => side.next(DELETION[name]).answersInstead(0), 0],
    ['answers that it did not', (side) => side.next(DELETION[name]).answersInstead({ success: false }), 0],
    ['has an error of its own', (side) => side.next(DELETION[name]).rejects(name === 'vk' ? 10 : 2), 1],
  ])('is not done when the network %s, and a second call ends it', async (_, play, standing) => {
    const side = world.side(name);
    const id = await aPost(side);
    play(side);
    expect((await remove(side, id)).kind).toBe('retryLater');
    expect(side.posts()).toHaveLength(standing);
    expect((await remove(side, id)).kind).toBe('done');
    expect(side.posts()).toHaveLength(0);
  });

  it('is refused to who has no role any more, and the post stays', async () => {
    const side = world.side(name);
    const id = await aPost(side);
    const { vk, ok } = world.sandbox.credentials;
    world.sandbox.vk
      .communities()
      .find((one) => one.id === vk.groupId)
      ?.managers.clear();
    world.sandbox.ok.setRole(ok.groupId, ok.userId, 'ACTIVE');
    expect(await remove(side, id)).toMatchObject({ kind: 'credentialLost', reason: { code: 'right-missing' } });
    expect(side.posts()).toHaveLength(1);
  });

  it('loses the credential when the token is revoked', async () => {
    const side = world.side(name);
    const id = await aPost(side);
    world.sandbox.vk.revokeToken('vk-user');
    world.sandbox.ok.revokeToken('ok-user');
    expect(await remove(side, id)).toMatchObject({ kind: 'credentialLost', reason: { code: 'token-revoked' } });
    expect(side.posts()).toHaveLength(1);
  });

  it('calls nobody without the secret that deletes, nor for a number that can’t be', async () => {
    const side = world.side(name);
    const secret = name === 'vk' ? 'userToken' : 'accessToken';
    expect((await remove(side, '5', without(side.credentials, secret))).kind).toBe('refused');
    for (const id of ['', '0', '-5', 'abc', '5,6']) expect((await remove(side, id)).kind).toBe('refused');
    expect(world.received).toBe(0);
  });
});

describe('deleting on VK', () => {
  it('is beyond a token of VK ID and a scope without the wall', async () => {
    const side = world.side('vk');
    const id = await aPost(side);
    const { vkIdToken, userId } = world.sandbox.credentials.vk;
    const received = world.received;
    const withUser = (userToken: string) => side.network.delete(side.page, { ...side.credentials, userToken }, id);
    expect(await withUser(vkIdToken)).toMatchObject({ kind: 'refused', reason: { code: 'capability-missing' } });
    expect(world.received).toBe(received);
    const narrow = world.sandbox.vk.issueUserToken(userId, { mask: 4 }).token;
    expect(await withUser(narrow)).toMatchObject({ kind: 'refused', reason: { networkCode: '15.1133' } });
    expect(side.posts()).toHaveLength(1);
  });
});

describe('deleting on OK', () => {
  it('tries the other name of the parameter when OK refuses the first, once', async () => {
    const side = world.side('ok');
    const id = await aPost(side);
    side.next('mediatopic.deleteTopic').rejects(100);
    expect((await side.network.delete(side.page, side.credentials, id)).kind).toBe('done');
    expect([side.calls('mediatopic.deleteTopic'), side.posts().length]).toEqual([2, 0]);
    side.next('mediatopic.deleteTopic').rejects(100).times(2);
    expect((await side.network.delete(side.page, side.credentials, id)).kind).toBe('refused');
    expect(side.calls('mediatopic.deleteTopic')).toBe(4);
  });

  it('needs the permission of the application', async () => {
    const side = world.side('ok');
    const id = await aPost(side);
    world.sandbox.ok.setPermissions('ok-user', ['VALUABLE_ACCESS']);
    expect(await side.network.delete(side.page, side.credentials, id)).toMatchObject({
      kind: 'credentialLost',
      reason: { networkCode: '200' },
    });
    expect(side.posts()).toHaveLength(1);
  });
});
