import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { Capability, CredentialCheck, Credentials } from '../../src/networks/network.js';
import { CAPABILITIES } from '../../src/networks/network.js';
import { SystemClock } from '../../src/platform/clock/clock.js';
import { communityMask, userMask, type CommunityRight, type UserScope } from '../../src/sandbox/vk/vk.permissions.js';
import { ContractWorld, without } from './contract-world.js';
import { BOTH, type Side } from './sides.js';

let world: ContractWorld;
// Real time and real rates: a check that asks too often in one second would be told to wait.
beforeEach(async () => {
  const perSecond = { user: 3, service: 3, community: 20 };
  world = await ContractWorld.start({ clock: new SystemClock(), vk: { perSecond } });
});
afterEach(() => world.stop());

async function checked(side: Side, credentials: Credentials): Promise<CredentialCheck> {
  const check = await side.network.checkCredentials(side.page, credentials);
  if (check.kind !== 'done') throw new Error(`${check.kind}: ${check.reason.message}`);
  return check.value;
}

function allowed({ capabilities }: CredentialCheck): Capability[] {
  for (const { allowed: open, reason } of Object.values(capabilities)) {
    // Every closed door says in Russian what opens it.
    if (!open) expect(reason).toMatch(/^[А-Я].*\.$/s);
  }
  return CAPABILITIES.filter((name) => capabilities[name].allowed);
}

const BY_COMMUNITY: Capability[] = ['publishText', 'publishLink', 'publishDocument', 'describePage', 'reply'];
const BY_READER: Capability[] = ['find', 'readComments'];
const BY_EDITOR: Capability[] = ['publishPhoto', 'publishVideo', 'publishPoll', 'edit', 'delete', 'moderate', 'readStatistics'];
const inOrder = (names: readonly Capability[]): Capability[] => CAPABILITIES.filter((name) => names.includes(name));

describe('VK credentials', () => {
  const vk = (): Side => world.side('vk');
  const tokens = () => world.sandbox.credentials.vk;
  const communityWith = (...rights: CommunityRight[]): string =>
    world.sandbox.vk.issueCommunityToken(tokens().groupId, { mask: communityMask(...rights) }).token;
  const userWith = (...scopes: UserScope[]): string =>
    world.sandbox.vk.issueUserToken(tokens().userId, { mask: userMask(...scopes) }).token;
  const refusalOf = async (credentials: Credentials) => {
    const check = await vk().network.checkCredentials(vk().page, credentials);
    if (check.kind === 'done') throw new Error('accepted');
    return { kind: check.kind, code: check.reason.code, message: check.reason.message };
  };

  it('of every kind open everything', async () => {
    const check = await checked(vk(), vk().credentials);
    expect(allowed(check)).toEqual([...CAPABILITIES]);
    expect(check.findings).toEqual({
      communityToken: 'токен сообщества, права: фотографии, стена, документы, управление',
      serviceToken: 'сервисный ключ приложения: читает открытые стены',
      userToken: `токен пользователя ${tokens().userId}, роль: администратор`,
    });
  });

  it.each<[string, () => Credentials, Capability[]]>([
    ['a community token alone', () => ({ communityToken: tokens().communityToken }), BY_COMMUNITY],
    [
      'a community token without "documents"',
      () => ({ communityToken: communityWith('wall') }),
      BY_COMMUNITY.filter((name) => name !== 'publishDocument'),
    ],
    [
      'and a service token',
      () => ({ communityToken: tokens().communityToken, serviceToken: tokens().serviceToken }),
      [...BY_COMMUNITY, ...BY_READER],
    ],
    [
      'and a user token',
      () => ({ communityToken: tokens().communityToken, userToken: tokens().userToken }),
      [...BY_COMMUNITY, ...BY_READER, ...BY_EDITOR],
    ],
    [
      'and a token of VK ID, which only reads',
      () => ({ communityToken: tokens().communityToken, userToken: tokens().vkIdToken }),
      [...BY_COMMUNITY, ...BY_READER],
    ],
    [
      'and a user token whose scope VK narrowed to the wall',
      () => ({ communityToken: tokens().communityToken, userToken: userWith('wall', 'offline') }),
      [...BY_COMMUNITY, ...BY_READER, 'publishPoll', 'edit', 'delete', 'moderate'],
    ],
    [
      'and a user token for photos without the wall',
      () => ({ communityToken: tokens().communityToken, userToken: userWith('photos', 'video') }),
      [...BY_COMMUNITY, ...BY_READER],
    ],
    [
      'and a user token for wall and photos',
      () => ({ communityToken: tokens().communityToken, userToken: userWith('wall', 'photos') }),
      [...BY_COMMUNITY, ...BY_READER, 'publishPhoto', 'publishPoll', 'edit', 'delete', 'moderate'],
    ],
  ])('%s: exactly what it opens', async (_, credentials, capabilities) => {
    const check = await checked(vk(), credentials());
    expect(allowed(check)).toEqual(inOrder(capabilities));
    expect(Object.keys(check.findings)).toEqual(Object.keys(credentials()));
  });

  it.each<['moderator' | 'editor' | 'administrator' | 'creator' | undefined, Capability[], string]>([
    [undefined, [], 'который не руководит сообществом'],
    ['moderator', ['moderate'], 'роль: модератор'],
    ['editor', BY_EDITOR, 'роль: редактор'],
    ['administrator', BY_EDITOR, 'роль: администратор'],
    ['creator', BY_EDITOR, 'роль: администратор'],
  ])('of a user who is %s in the community', async (role, more, words) => {
    const { sandbox } = world;
    sandbox.vk.addUser({ id: 999, firstName: 'Пётр', lastName: 'Прохожий' });
    const community = sandbox.vk.communities().find(({ id }) => id === tokens().groupId);
    if (role !== undefined) community?.managers.set(999, role);
    const userToken = sandbox.vk.issueUserToken(999).token;
    const check = await checked(vk(), { communityToken: tokens().communityToken, userToken });
    expect(allowed(check)).toEqual(inOrder([...BY_COMMUNITY, ...BY_READER, ...more]));
    expect(check.findings['userToken']).toContain(words);
  });

  it('what they open is what works, and what they leave off is what VK refuses', async () => {
    const { sandbox } = world;
    sandbox.vk.settings.perSecond.user = 100;
    const narrow = userWith('wall', 'offline');
    const credentials = { communityToken: tokens().communityToken, userToken: narrow };
    const { capabilities } = await checked(vk(), credentials);
    expect(capabilities.publishPhoto.reason).toContain('фотографии');
    const photo = { bytes: Buffer.from('JPEG'), type: 'image/jpeg' } as const;
    expect(await vk().network.uploadPhoto(vk().page, credentials, photo)).toMatchObject({ reason: { networkCode: '15.1133' } });
    const { id } = sandbox.vk.postByHand(tokens().groupId, { text: 'Рукой' });
    expect((await vk().network.delete(vk().page, credentials, String(id))).kind).toBe('done');
  });

  it.each<[string, () => Credentials, string, string, string]>([
    [
      'a user token as community token',
      () => ({ communityToken: tokens().userToken }),
      'refused',
      'wrong-token-kind',
      'communityToken нужен токен сообщества, а указан токен пользователя',
    ],
    [
      'a VK ID token as community token',
      () => ({ communityToken: tokens().vkIdToken }),
      'refused',
      'wrong-token-kind',
      'а указан токен пользователя',
    ],
    [
      'a service token as community token',
      () => ({ communityToken: tokens().serviceToken }),
      'refused',
      'wrong-token-kind',
      'а указан сервисный ключ',
    ],
    [
      'a community token as service token',
      () => ({ communityToken: tokens().communityToken, serviceToken: tokens().communityToken }),
      'refused',
      'wrong-token-kind',
      'serviceToken нужен сервисный ключ приложения, а указан токен сообщества',
    ],
    [
      'a user token as service token',
      () => ({ communityToken: tokens().communityToken, serviceToken: tokens().userToken }),
      'refused',
      'wrong-token-kind',
      'serviceToken нужен сервисный ключ приложения, а указан токен пользователя',
    ],
    [
      'a community token as user token',
      () => ({ communityToken: tokens().communityToken, userToken: tokens().communityToken }),
      'refused',
      'wrong-token-kind',
      'userToken нужен токен пользователя, а указан токен сообщества',
    ],
    [
      'a service token as user token',
      () => ({ communityToken: tokens().communityToken, userToken: tokens().serviceToken }),
      'refused',
      'wrong-token-kind',
      'userToken нужен токен пользователя, а указан сервисный ключ',
    ],
    ['nonsense as community token', () => ({ communityToken: 'nonsense' }), 'credentialLost', 'token-revoked', 'communityToken'],
    ['no community token', () => ({ serviceToken: tokens().serviceToken }), 'refused', 'credential-missing', 'токена сообщества'],
    [
      'a community token without the wall',
      () => ({ communityToken: communityWith('docs', 'manage') }),
      'refused',
      'right-missing',
      '«Стена»',
    ],
  ])('with %s are refused by name', async (_, credentials, kind, code, words) => {
    expect(await refusalOf(credentials())).toEqual({ kind, code, message: expect.stringContaining(words) });
  });

  it('of another community are refused with its number', async () => {
    world.sandbox.vk.addCommunity({ id: 226_000_777, name: 'Библиотека' });
    const communityToken = world.sandbox.vk.issueCommunityToken(226_000_777).token;
    expect(await refusalOf({ communityToken })).toMatchObject({
      code: 'wrong-page',
      message: expect.stringContaining('226000777'),
    });
  });

  it('for a community that nobody has are refused', async () => {
    const check = await vk().network.checkCredentials({ externalId: '226999999' }, vk().credentials);
    expect(check).toMatchObject({ kind: 'refused', reason: { code: 'wrong-page' } });
  });

  it.each(['communityToken', 'serviceToken', 'userToken'] as const)('with a revoked %s are lost, by name', async (name) => {
    world.sandbox.vk.revokeToken(tokens()[name]);
    expect(await refusalOf(vk().credentials)).toEqual({
      kind: 'credentialLost',
      code: 'token-revoked',
      message: expect.stringContaining(name),
    });
  });

  it('are accepted again once the token lives again', async () => {
    world.sandbox.vk.revokeToken('vk-community');
    expect((await refusalOf(vk().credentials)).kind).toBe('credentialLost');
    world.sandbox.vk.restoreToken('vk-community');
    expect((await vk().network.checkCredentials(vk().page, { communityToken: tokens().communityToken })).kind).toBe('done');
  });
});

describe('OK credentials', () => {
  const ok = (): Side => world.side('ok');
  const BY_MODERATOR = CAPABILITIES.filter((name) => !['publishDocument', 'reply', 'moderate', 'readStatistics'].includes(name));
  const withToken = (options: Parameters<typeof world.sandbox.ok.issueToken>[0]): Credentials => ({
    ...ok().credentials,
    accessToken: world.sandbox.ok.issueToken(options).token,
  });

  it('of an administrator open all that OK opens', async () => {
    const check = await checked(ok(), ok().credentials);
    expect(allowed(check)).toEqual(inOrder([...BY_MODERATOR, 'readStatistics']));
    const { userId } = world.sandbox.credentials.ok;
    expect(check.findings).toEqual({
      applicationKey: 'публичный ключ приложения принят',
      applicationSecretKey: 'подпись принята',
      accessToken: `токен пользователя ${userId}, роль: администратор, права: VALUABLE_ACCESS, GROUP_CONTENT, PHOTO_CONTENT, VIDEO_CONTENT`,
    });
  });

  it('of a moderator open no statistics', async () => {
    expect(allowed(await checked(ok(), withToken({ role: 'MODERATOR' })))).toEqual(BY_MODERATOR);
  });

  it('without PHOTO_CONTENT open no photos', async () => {
    const credentials = withToken({ permissions: ['VALUABLE_ACCESS', 'GROUP_CONTENT', 'VIDEO_CONTENT'] });
    expect(allowed(await checked(ok(), credentials))).toEqual(
      inOrder([...BY_MODERATOR, 'readStatistics']).filter((name) => name !== 'publishPhoto'),
    );
    const photo = { bytes: Buffer.from('JPEG'), type: 'image/jpeg' } as const;
    expect(await ok().network.uploadPhoto(ok().page, credentials, photo)).toMatchObject({ reason: { networkCode: '200' } });
  });

  it('without VIDEO_CONTENT open no videos', async () => {
    const credentials = withToken({ permissions: ['VALUABLE_ACCESS', 'GROUP_CONTENT', 'PHOTO_CONTENT'] });
    expect(allowed(await checked(ok(), credentials))).toEqual(
      inOrder([...BY_MODERATOR, 'readStatistics']).filter((name) => name !== 'publishVideo'),
    );
  });

  it.each<[string, () => Credentials, string, string, string]>([
    ['no VALUABLE_ACCESS', () => withToken({ permissions: ['GROUP_CONTENT'] }), 'refused', 'right-missing', 'VALUABLE_ACCESS'],
    ['no GROUP_CONTENT', () => withToken({ permissions: ['VALUABLE_ACCESS'] }), 'refused', 'right-missing', 'GROUP_CONTENT'],
    ['no permission at all', () => withToken({ permissions: [] }), 'refused', 'right-missing', 'права'],
    ['a user who is only a member', () => withToken({ role: 'ACTIVE' }), 'refused', 'not-admin', 'не администратор'],
    ['a stranger', () => withToken({ userId: '570000009999' }), 'refused', 'not-admin', 'не администратор'],
    [
      'another secret key',
      () => ({ ...ok().credentials, applicationSecretKey: 'APPSECRET' }),
      'refused',
      'wrong-application-secret',
      'applicationSecretKey',
    ],
    [
      'another application key',
      () => ({ ...ok().credentials, applicationKey: 'CAAAAAAAAAAAAAAA' }),
      'refused',
      'wrong-application-key',
      'applicationKey',
    ],
    [
      'nonsense as token',
      () => ({ ...ok().credentials, accessToken: 'nonsense' }),
      'credentialLost',
      'token-revoked',
      'accessToken',
    ],
    ['a bot token', () => ({ ...ok().credentials, accessToken: 'tkn0001:secret' }), 'refused', 'wrong-token-kind', 'accessToken'],
    ['no token', () => without(ok().credentials, 'accessToken'), 'refused', 'credential-missing', 'accessToken'],
    [
      'no secret key',
      () => without(ok().credentials, 'applicationSecretKey'),
      'refused',
      'credential-missing',
      'applicationSecretKey',
    ],
    ['no application key', () => without(ok().credentials, 'applicationKey'), 'refused', 'credential-missing', 'applicationKey'],
  ])('with %s are refused by name', async (_, credentials, kind, code, words) => {
    expect(await ok().network.checkCredentials(ok().page, credentials())).toMatchObject({
      kind,
      reason: { code, message: expect.stringContaining(words) },
    });
  });

  it('of another application are lost: its key and this token don’t belong together', async () => {
    const other = { id: '512000000002', key: 'CBBBBBBBBBBBBBBB', secret: 'OTHER', name: 'Чужое', redirectUris: [] };
    world.sandbox.ok.addApplication(other);
    const credentials = { ...ok().credentials, applicationKey: other.key, applicationSecretKey: other.secret };
    expect((await ok().network.checkCredentials(ok().page, credentials)).kind).toBe('credentialLost');
  });

  it.each<[string, () => void]>([
    ['revoked', () => world.sandbox.ok.revokeToken('ok-user')],
    ['expired', () => world.sandbox.ok.expireToken('ok-user')],
  ])('with a token that is %s are lost', async (_, spoil) => {
    spoil();
    expect(await ok().network.checkCredentials(ok().page, ok().credentials)).toMatchObject({
      kind: 'credentialLost',
      reason: { code: 'token-revoked' },
    });
  });

  it('for another group, or one that nobody has, are refused', async () => {
    world.sandbox.ok.addGroup({ id: '70000007777777', name: 'Библиотека', members: {} });
    const check = (externalId: string) => ok().network.checkCredentials({ externalId }, ok().credentials);
    expect(await check('70000007777777')).toMatchObject({ kind: 'refused', reason: { code: 'not-admin' } });
    expect(await check('70000009999999')).toMatchObject({ kind: 'refused', reason: { networkCode: '160' } });
  });
});

describe.each(BOTH)('a check on $name', ({ name }) => {
  const first = name === 'vk' ? 'groups.getTokenPermissions' : 'users.getCurrentUser';

  it.each<[string, (side: Side) => void]>([
    ['drops the connection', (side) => side.next(first).dropsBeforeEffect().always()],
    ['answers 502', (side) => side.next(first).failsBefore(502).always()],
    ['answers HTML', (side) => side.next(first).answersHtml().always()],
    ['answers null', (side) => side.next(first).answersNull().always()],
    ['answers half the JSON', (side) => side.next(first).answersTruncated().always()],
    ['answers another shape', (side) => side.next(first).answersInstead('what?').always()],
    ['redirects', (side) => side.next(first).redirects('http://127.0.0.1:9/').always()],
    [
      'has an error of its own',
      (side) =>
        side
          .next(first)
          .rejects(name === 'vk' ? 10 : 2)
          .always(),
    ],
    [
      'is too busy',
      (side) =>
        side
          .next(first)
          .rejects(name === 'vk' ? 6 : 8)
          .always(),
    ],
  ])('proves nothing and is made again later when the network %s', async (_, play) => {
    const side = world.side(name);
    play(side);
    expect((await side.network.checkCredentials(side.page, side.credentials)).kind).toBe('retryLater');
  });

  it('calls nobody for a page number that can’t be', async () => {
    const side = world.side(name);
    for (const externalId of ['', '0', '-5', 'club1']) {
      const check = await side.network.checkCredentials({ externalId }, side.credentials);
      expect(check).toMatchObject({ kind: 'refused', reason: { code: 'bad-page-id' } });
    }
    expect(world.received).toBe(0);
  });
});
