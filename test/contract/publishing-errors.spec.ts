import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { PublishOutcome } from '../../src/networks/network.js';
import type { RejectionDetails } from '../../src/sandbox/scripts/script-builder.js';
import { aRequest, ContractWorld } from './contract-world.js';
import type { Side } from './sides.js';

let world: ContractWorld;
beforeEach(async () => void (world = await ContractWorld.start()));
afterEach(() => world.stop());

const SECOND = 1_000;
const HOUR = 3_600 * SECOND;
/** The clock stands at noon in Moscow: the next day begins in twelve hours, and five minutes are for clocks that differ. */
const NEXT_DAY = 12 * HOUR + 5 * 60 * SECOND;

/** Unclear, and a person is wanted before anything else goes to the page. */
const STOP_THE_PAGE = {
  vk: ['confirmation-needed', 'token-revoked', 'person-needed'],
  ok: ['not-admin', 'right-missing', 'person-needed', 'spam-protection', 'validation-required'],
};

/** Publishes against one refusal. Whatever it means, one request was made and nothing stands on the page. */
async function refusedWith(side: Side, code: number, details: RejectionDetails = {}): Promise<PublishOutcome> {
  side.next(side.publishing).rejects(code, details);
  const outcome = await side.network.publish(aRequest(side));
  expect([side.calls(side.publishing), world.received, side.posts().length]).toEqual([1, 1, 0]);
  if (outcome.kind === 'published') throw new Error('published in spite of the refusal');
  const networkCode = details.subcode === undefined ? String(code) : `${code}.${details.subcode}`;
  expect(outcome.reason).toMatchObject({ networkCode, message: expect.stringMatching(/^(ВКонтакте|Одноклассники): .*\.$/) });
  return outcome;
}

const range = (first: number, last: number): number[] => Array.from({ length: last - first + 1 }, (_, index) => first + index);

describe('an error code of VK in answer to a post', () => {
  it.each<[number, PublishOutcome['kind'], string, number | undefined, RejectionDetails]>([
    [5, 'credentialLost', 'token-revoked', undefined, {}],
    [5, 'refused', 'token-bound-to-address', undefined, { subcode: 1130 }],
    [5, 'credentialLost', 'token-revoked', undefined, { subcode: 1131 }],
    [6, 'retryLater', 'rate-limited', SECOND, {}],
    [7, 'credentialLost', 'right-missing', undefined, {}],
    [14, 'needsPerson', 'captcha', undefined, { fields: { captcha_sid: '1', captcha_img: 'https://api.vk.com/captcha' } }],
    [14, 'needsPerson', 'captcha', undefined, { fields: { redirect_uri: 'https://id.vk.com/not_robot' } }],
    [15, 'refused', 'access-denied', undefined, {}],
    [15, 'refused', 'capability-missing', undefined, { subcode: 1133 }],
    [15, 'refused', 'capability-missing', undefined, { subcode: 1134 }],
    [17, 'needsPerson', 'validation-required', undefined, { fields: { redirect_uri: 'https://m.vk.com/login' } }],
    [29, 'retryLater', 'daily-limit', NEXT_DAY, {}],
    [100, 'refused', 'bad-parameter', undefined, {}],
    [203, 'credentialLost', 'right-missing', undefined, {}],
    [214, 'credentialLost', 'right-missing', undefined, {}],
    [
      214,
      'refused',
      'slot-taken',
      undefined,
      { message: 'Access to adding post denied: a post is already scheduled for this time' },
    ],
    [214, 'retryLater', 'daily-limit', NEXT_DAY, { message: 'Access to adding post denied: you can only add 50 posts a day' }],
    [214, 'retryLater', 'daily-limit', NEXT_DAY, { message: 'you can only schedule 25 posts on a day' }],
    [214, 'refused', 'bad-date', undefined, { message: 'Access to adding post denied: cannot postpone post' }],
    [219, 'retryLater', 'ads-limit', NEXT_DAY, {}],
    [220, 'refused', 'too-many-recipients', undefined, {}],
    [222, 'refused', 'link-forbidden', undefined, {}],
    [224, 'retryLater', 'ads-limit', NEXT_DAY, {}],
  ])('%i is certain: %s, %s', async (code, kind, reason, afterMs, details) => {
    const outcome = await refusedWith(world.side('vk'), code, details);
    expect(outcome).toMatchObject({ kind, reason: { code: reason } });
    expect('afterMs' in outcome ? outcome.afterMs : undefined).toBe(afterMs);
  });

  it.each<[string, number[]]>([
    ['network-error', [1, 10, 36]],
    ['our-configuration', [2, 3, 4, 8, 11, 12, 13, 16, 23, 34, 35, 38, 39, 40, 41, 42, 9999]],
    ['flood-control', [9]],
    ['user-unavailable', [18, 30, 37]],
    ['content-blocked', [19]],
    ['capability-missing', [20, 21, 28, 1051]],
    ['upload-failed', [22, 105]],
    ['confirmation-needed', [24, 25]],
    ['token-revoked', [27, 1116, 1117, 3609, 3610, 3611]],
    ['section-off', [43]],
    ['bad-upload', [101, 113, 114, 118, 119, 121, 122, 125, 129, 150]],
    ['daily-limit', [103, 601]],
    ['not-found', [104]],
    ['access-denied', [200, 204, 205]],
    ['post-not-accessible', [210]],
    ['comment-not-accessible', [211]],
    ['comments-closed', [212]],
    ['cannot-reply', [213]],
    ['too-many-replies', [223]],
    ['donut-off', [225]],
    ['not-deleted', [243]],
    ['poll-not-accessible', range(250, 253)],
    ['person-needed', [703, 704, ...range(3300, 3305)]],
    ['callback-limit', [2000]],
    ['unknown-error', [0, -1, 26, 31, 99, 424_242]],
  ])('%s leaves the post unclear: the code is not among those that certainly refuse', async (reason, codes) => {
    for (const code of codes) {
      await world.stop();
      world = await ContractWorld.start();
      const outcome = await refusedWith(world.side('vk'), code);
      expect(outcome).toMatchObject({ kind: 'unclear', reason: { code: reason } });
      expect('stopsPage' in outcome).toBe(STOP_THE_PAGE.vk.includes(reason));
    }
  });

  it('tells "no such method for communities" from a dead community token, both unclear', async () => {
    const message = 'Group authorization failed: method is unavailable with group auth.';
    const outcome = await refusedWith(world.side('vk'), 27, { message });
    expect(outcome).toMatchObject({ kind: 'unclear', reason: { code: 'capability-missing', networkMessage: message } });
  });

  it('keeps the network’s words without the token that they quote', async () => {
    const { communityToken } = world.sandbox.credentials.vk;
    const outcome = await refusedWith(world.side('vk'), 5, { message: `invalid access_token ${communityToken}` });
    expect(JSON.stringify(outcome)).not.toContain(communityToken);
  });
});

describe('an error code of OK in answer to a topic', () => {
  it.each<[number, PublishOutcome['kind'], string, number | undefined]>([
    [3, 'refused', 'capability-missing', undefined],
    [4, 'refused', 'our-configuration', undefined],
    [7, 'retryLater', 'action-blocked', 3 * HOUR],
    [8, 'retryLater', 'flood-control', HOUR],
    [9, 'needsPerson', 'address-blocked', undefined],
    [10, 'credentialLost', 'right-missing', undefined],
    [11, 'retryLater', 'daily-limit', NEXT_DAY],
    [50, 'credentialLost', 'not-admin', undefined],
    [100, 'refused', 'bad-parameter', undefined],
    [101, 'refused', 'wrong-application-key', undefined],
    [102, 'credentialLost', 'token-revoked', undefined],
    [103, 'credentialLost', 'token-revoked', undefined],
    [104, 'refused', 'wrong-application-secret', undefined],
    [105, 'refused', 'our-configuration', undefined],
    [110, 'refused', 'bad-parameter', undefined],
    [120, 'refused', 'bad-parameter', undefined],
    [121, 'refused', 'bad-parameter', undefined],
    [140, 'refused', 'bad-parameter', undefined],
    [141, 'refused', 'bad-parameter', undefined],
    [160, 'refused', 'bad-parameter', undefined],
    [600, 'refused', 'too-many-blocks', undefined],
    [601, 'refused', 'text-too-long', undefined],
    [602, 'refused', 'poll-rejected', undefined],
    [603, 'refused', 'poll-rejected', undefined],
    [604, 'refused', 'poll-rejected', undefined],
    [605, 'refused', 'content-rejected', undefined],
    [606, 'refused', 'content-rejected', undefined],
    [607, 'refused', 'bad-link', undefined],
  ])('%i is certain: %s, %s', async (code, kind, reason, afterMs) => {
    const outcome = await refusedWith(world.side('ok'), code);
    expect(outcome).toMatchObject({ kind, reason: { code: reason } });
    expect('afterMs' in outcome ? outcome.afterMs : undefined).toBe(afterMs);
  });

  it.each<[string, number[]]>([
    ['network-error', [1, 2, 30, 31, 9999]],
    ['our-configuration', [21, 210, 451, 453, 900, 1200, 2001, 5000]],
    ['cancelled', [12]],
    ['not-admin', [22, 23, 24]],
    ['right-missing', [200]],
    ['not-found', [300]],
    ['person-needed', [401, 402, 403]],
    ['text-rejected', [454]],
    ['access-denied', range(455, 458)],
    ['photo-rejected', range(500, 505)],
    ['spam-protection', [508, 511]],
    ['validation-required', [514]],
    ['comment-not-accessible', [700, 701, 702]],
    ['edit-window-over', [704]],
    ['unknown-error', [0, -1, 5, 130, 608, 424_242]],
  ])('%s leaves the topic unclear: the code is not among those that certainly refuse', async (reason, codes) => {
    for (const code of codes) {
      await world.stop();
      world = await ContractWorld.start();
      const outcome = await refusedWith(world.side('ok'), code);
      expect(outcome).toMatchObject({ kind: 'unclear', reason: { code: reason } });
      expect('stopsPage' in outcome).toBe(STOP_THE_PAGE.ok.includes(reason));
    }
  });

  it('keeps the network’s words without the secrets that they quote', async () => {
    const { accessToken, applicationSecret } = world.sandbox.credentials.ok;
    const outcome = await refusedWith(world.side('ok'), 103, { message: `${accessToken} ${applicationSecret} sig=0f1e` });
    expect(outcome.kind === 'credentialLost' && outcome.reason.networkMessage).toBe('… … sig=…');
  });
});

describe('what the networks refuse by themselves', () => {
  const aPost = async (side: Side, changes: Parameters<typeof aRequest>[1] = {}): Promise<PublishOutcome> => {
    const outcome = await side.network.publish(aRequest(side, changes));
    expect([side.calls(side.publishing), world.received, side.posts().length]).toEqual([1, 1, 0]);
    return outcome;
  };

  it('a VK token that is revoked, without the right, of another community, or of a person without a role', async () => {
    const { sandbox } = world;
    const { groupId } = sandbox.credentials.vk;
    sandbox.vk.addCommunity({ id: 226_000_777, name: 'Библиотека' });
    const community = sandbox.vk.issueCommunityToken(groupId, { mask: 4_096 });
    const cases: [string, string, string][] = [
      [community.token, 'credentialLost', '7'],
      [sandbox.vk.issueCommunityToken(226_000_777).token, 'refused', '15'],
      [sandbox.credentials.vk.serviceToken, 'unclear', '28'],
      [sandbox.credentials.vk.vkIdToken, 'unclear', '1051'],
      ['vk1.a.nonsense', 'credentialLost', '5'],
    ];
    const side = world.side('vk');
    for (const [communityToken, kind, networkCode] of cases) {
      const outcome = await side.network.publish(aRequest(side, { credentials: { communityToken } }));
      expect(outcome).toMatchObject({ kind, reason: { networkCode } });
    }
    sandbox.vk.revokeToken('vk-community');
    expect(await side.network.publish(aRequest(side))).toMatchObject({ kind: 'credentialLost', reason: { networkCode: '5' } });
    expect([side.calls('wall.post'), side.posts().length]).toEqual([6, 0]);
  });

  it('a VK community whose wall is closed for posts', async () => {
    const side = world.side('vk');
    const [community] = world.sandbox.vk.communities();
    if (community !== undefined) community.wall = 0;
    expect(await aPost(side)).toMatchObject({ kind: 'credentialLost', reason: { networkCode: '214' } });
  });

  it('a VK call over the rate of its token: again after a second', async () => {
    await world.stop();
    world = await ContractWorld.start({ vk: { perSecond: { user: 3, service: 3, community: 1 } } });
    const side = world.side('vk');
    expect((await side.network.publish(aRequest(side))).kind).toBe('published');
    const second = aRequest(side, { marker: 'intent-2' });
    expect(await side.network.publish(second)).toMatchObject({
      kind: 'retryLater',
      reason: { code: 'rate-limited' },
      afterMs: 1_000,
    });
    expect(side.posts()).toHaveLength(1);
    world.clock.advance(1_000);
    expect((await side.network.publish({ ...second, sendBefore: new Date(world.clock.now().getTime() + 1_000) })).kind).toBe(
      'published',
    );
    expect(side.posts()).toHaveLength(2);
  });

  it('a VK post over the number of a day: tomorrow', async () => {
    await world.stop();
    world = await ContractWorld.start({ vk: { postsPerDay: 0 } });
    expect(await aPost(world.side('vk'))).toMatchObject({
      kind: 'retryLater',
      reason: { code: 'daily-limit' },
      afterMs: NEXT_DAY,
    });
  });

  it('an OK call over the quota of the method: tomorrow', async () => {
    world.sandbox.ok.setCallsLeft('ok-user', 'mediatopic.post', 0);
    expect(await aPost(world.side('ok'))).toMatchObject({ kind: 'retryLater', reason: { networkCode: '11' }, afterMs: NEXT_DAY });
  });

  it.each<[string, () => void, string, string]>([
    ['revoked', () => world.sandbox.ok.revokeToken('ok-user'), 'credentialLost', '103'],
    ['expired', () => world.sandbox.ok.expireToken('ok-user'), 'credentialLost', '102'],
    ['of a user without a role', () => demote(), 'credentialLost', '10'],
    ['without GROUP_CONTENT', () => world.sandbox.ok.setPermissions('ok-user', ['VALUABLE_ACCESS']), 'unclear', '200'],
  ])('an OK token that is %s', async (_, spoil, kind, networkCode) => {
    spoil();
    expect(await aPost(world.side('ok'))).toMatchObject({ kind, reason: { networkCode } });
  });

  it.each<[string, Record<string, string>, string, string]>([
    ['another secret key', { applicationSecretKey: 'APPSECRET' }, 'refused', '104'],
    ['another application key', { applicationKey: 'CAAAAAAAAAAAAAAA' }, 'refused', '101'],
    ['another token', { accessToken: 'nonsense' }, 'credentialLost', '103'],
  ])('an OK signature with %s', async (_, wrong, kind, networkCode) => {
    const side = world.side('ok');
    const credentials = { ...side.credentials, ...wrong };
    expect(await aPost(side, { credentials })).toMatchObject({ kind, reason: { networkCode } });
  });

  function demote(): void {
    const { groupId, userId } = world.sandbox.credentials.ok;
    world.sandbox.ok.setRole(groupId, userId, 'ACTIVE');
  }
});
