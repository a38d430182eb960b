import { afterEach, describe, expect, it } from '@jest/globals';
import { SystemClock } from '../../platform/clock/clock.js';
import { Outbound } from '../../platform/outbound/outbound.js';
import type { Credentials } from '../network.js';
import { ScriptedServer } from '../scripted-server.js';
import { VkNetwork } from './vk.network.js';

type Fields = Readonly<Record<string, string>>;
type Answer = (fields: Fields, method: string) => unknown;

const outbound = new Outbound();
const servers: ScriptedServer[] = [];

/** VK as a function from a call to its answer. */
async function vkThat(answers: Answer): Promise<VkNetwork> {
  const server = new ScriptedServer(({ path, fields }) => {
    const method = path.split('/').at(-1) ?? '';
    return answers(fields, method);
  });
  servers.push(server);
  return new VkNetwork(
    { apiUrl: `http://${await server.start()}`, idUrl: 'http://127.0.0.1:9', uploadHosts: [] },
    outbound,
    new SystemClock(),
  );
}
afterEach(async () => {
  await outbound.close();
  for (const server of servers.splice(0)) server.stop();
});

const PAGE = { externalId: '77' };
const error = (error_code: number, error_msg = '') => ({ error: { error_code, error_msg } });

/** VK with a community token `c`, a service token `s`, an editor's token `u` and a VK ID token; anything else is dead. */
function vkWithTokens(changes: { mask?: number; ownGroup?: number; group?: object } = {}): Answer {
  return ({ access_token: token, group_id: groupId }, method) => {
    if (!['c', 's', 'u', 'vk2.a.u'].includes(token ?? '')) return error(5, 'invalid access_token');
    if (method === 'groups.getTokenPermissions')
      return token === 'c' ? { response: { mask: changes.mask ?? 8_192 + 131_072, permissions: [] } } : error(27);
    if (method === 'users.get') return token === 'u' || token === 'vk2.a.u' ? { response: [{ id: 5 }] } : { response: [] };
    if (groupId === undefined && token !== 'c') return error(100);
    return {
      response: {
        groups: [
          {
            id: Number(groupId ?? changes.ownGroup ?? 77),
            ...(token === 'u' ? { is_admin: 1, admin_level: 2, ...changes.group } : {}),
          },
        ],
      },
    };
  };
}

describe('checking VK credentials', () => {
  const check = async (credentials: Credentials, answers = vkWithTokens()) =>
    (await vkThat(answers)).checkCredentials(PAGE, credentials);

  it('proves each token and opens what it can do', async () => {
    const checked = await check({ communityToken: 'c', serviceToken: 's', userToken: 'u' });
    if (checked.kind !== 'done') throw new Error(checked.reason.message);
    expect(Object.values(checked.value.capabilities).every(({ allowed }) => allowed)).toBe(true);
    expect(checked.value.findings).toEqual({
      communityToken: 'токен сообщества, права: стена, документы',
      serviceToken: 'сервисный ключ приложения: читает открытые стены',
      userToken: 'токен пользователя 5, роль: редактор',
    });
  });

  it('leaves off, with the way out, what a lone community token can’t do', async () => {
    const checked = await check({ communityToken: 'c' }, vkWithTokens({ mask: 8_192 }));
    if (checked.kind !== 'done') throw new Error(checked.reason.message);
    const off = Object.entries(checked.value.capabilities).filter(([, { allowed }]) => !allowed);
    expect(off.map(([name]) => name)).toEqual([
      'publishPhoto',
      'publishVideo',
      'publishDocument',
      'publishPoll',
      'edit',
      'delete',
      'find',
      'readComments',
      'moderate',
      'readStatistics',
    ]);
    for (const [, { reason }] of off) expect(reason).toMatch(/^[А-Я].*\.$/);
  });

  it('lets a VK ID token read and nothing else', async () => {
    const checked = await check({ communityToken: 'c', userToken: 'vk2.a.u' });
    expect(checked.kind === 'done' && checked.value.capabilities).toMatchObject({
      publishPhoto: { allowed: false, reason: expect.stringContaining('VK ID') },
      find: { allowed: true },
    });
  });

  it.each([
    [{ is_admin: 0, admin_level: 0 }, false, false],
    [{ is_admin: 1, admin_level: 1 }, false, true],
    [{ is_admin: 1, admin_level: 3 }, true, true],
    [{ is_admin: undefined, admin_level: undefined }, true, true],
  ])('judges a user by the role that VK shows: %j', async (group, photo, moderate) => {
    const checked = await check({ communityToken: 'c', userToken: 'u' }, vkWithTokens({ group }));
    expect(checked.kind === 'done' && checked.value.capabilities).toMatchObject({
      publishPhoto: { allowed: photo },
      moderate: { allowed: moderate },
    });
  });

  it.each<[string, Credentials, string, string, string]>([
    [
      'a user token as community token',
      { communityToken: 'u' },
      'refused',
      'wrong-token-kind',
      'communityToken нужен токен сообщества, а указан токен пользователя',
    ],
    ['a service token as community token', { communityToken: 's' }, 'refused', 'wrong-token-kind', 'указан сервисный ключ'],
    ['a dead community token', { communityToken: 'x' }, 'credentialLost', 'token-revoked', 'communityToken'],
    [
      'a community token as user token',
      { communityToken: 'c', userToken: 'c' },
      'refused',
      'wrong-token-kind',
      'userToken нужен токен пользователя',
    ],
    ['a dead user token', { communityToken: 'c', userToken: 'x' }, 'credentialLost', 'token-revoked', 'userToken'],
    ['a user token as service token', { communityToken: 'c', serviceToken: 'u' }, 'refused', 'wrong-token-kind', 'serviceToken'],
    [
      'a community token as service token',
      { communityToken: 'c', serviceToken: 'c' },
      'refused',
      'wrong-token-kind',
      'serviceToken',
    ],
    ['no community token', { serviceToken: 's' }, 'refused', 'credential-missing', 'токен'],
  ])('names the secret that is wrong: %s', async (_, credentials, kind, code, words) => {
    const checked = await check(credentials);
    expect(checked).toMatchObject({ kind, reason: { code, message: expect.stringContaining(words) } });
  });

  it('refuses a community token without the wall right or of another community', async () => {
    expect(await check({ communityToken: 'c' }, vkWithTokens({ mask: 4_096 }))).toMatchObject({
      reason: { code: 'right-missing' },
    });
    expect(await check({ communityToken: 'c' }, vkWithTokens({ ownGroup: 78 }))).toMatchObject({
      kind: 'refused',
      reason: { code: 'wrong-page' },
    });
  });

  it('judges nothing while VK is busy', async () => {
    expect(await check({ communityToken: 'c' }, () => error(6))).toMatchObject({ kind: 'retryLater', afterMs: 1_000 });
    expect(await check({ communityToken: 'c' }, () => error(14))).toMatchObject({ kind: 'needsPerson' });
  });
});
