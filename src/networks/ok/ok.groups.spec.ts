import { afterEach, describe, expect, it } from '@jest/globals';
import { SystemClock } from '../../platform/clock/clock.js';
import { Outbound } from '../../platform/outbound/outbound.js';
import { ScriptedServer } from '../scripted-server.js';
import { OkNetwork } from './ok.network.js';

type Answer = (fields: Readonly<Record<string, string>>, path: string) => unknown;

const outbound = new Outbound();
const servers: ScriptedServer[] = [];

/** OK as a function from a call to its answer. */
async function okThat(answers: Answer): Promise<OkNetwork> {
  const server = new ScriptedServer(({ fields, path }) => answers(fields, path));
  servers.push(server);
  const host = await server.start();
  return new OkNetwork(
    { apiUrl: `http://${host}/ok`, authUrl: `http://${host}`, uploadHosts: [host] },
    outbound,
    new SystemClock(),
  );
}
afterEach(async () => {
  await outbound.close();
  for (const server of servers.splice(0)) server.stop();
});

const PAGE = { externalId: '54321' };
const CREDENTIALS = { applicationKey: 'APPKEY', applicationSecretKey: 'appSecret', accessToken: 'tokenSecret' };
const error = (error_code: number, error_msg = '') => ({ error_code, error_msg, error_data: null });

describe('describing an OK group', () => {
  const group = {
    uid: '54321',
    name: 'Администрация',
    shortname: 'adm',
    city: 'Тула',
    address: 'Ленина, 1',
    gos_org: true,
    members_count: 3,
  };

  it.each([[[group]], [{ groups: [group] }]])('reads both shapes of the answer', async (answer) => {
    expect(await (await okThat(() => answer)).describePage(PAGE, CREDENTIALS)).toMatchObject({
      kind: 'done',
      value: {
        externalId: '54321',
        name: 'Администрация',
        url: 'https://ok.ru/adm',
        address: 'Тула, Ленина, 1',
        governmentMark: true,
      },
    });
  });

  it('says that there is no such group', async () => {
    expect(await (await okThat(() => [])).describePage(PAGE, CREDENTIALS)).toMatchObject({
      kind: 'refused',
      reason: { code: 'not-found' },
    });
  });
});

describe('checking OK credentials', () => {
  const okWith = (without: string[] = [], status = 'ADMIN') =>
    okThat(({ method, ext_perm }) => {
      if (method === 'users.getCurrentUser') return { uid: '900' };
      if (method === 'users.hasAppPermission') return !without.includes(ext_perm ?? '');
      return [{ groupId: '54321', userId: '900', status }];
    });

  it('proves the keys, the permissions and the role', async () => {
    const checked = await (await okWith()).checkCredentials(PAGE, CREDENTIALS);
    if (checked.kind !== 'done') throw new Error(checked.reason.message);
    expect(checked.value.findings['accessToken']).toBe(
      'токен пользователя 900, роль: администратор, права: VALUABLE_ACCESS, GROUP_CONTENT, PHOTO_CONTENT, VIDEO_CONTENT',
    );
    expect(
      Object.entries(checked.value.capabilities)
        .filter(([, { allowed }]) => !allowed)
        .map(([name]) => name),
    ).toEqual(['publishDocument', 'reply', 'moderate']);
  });

  it('turns photos off without PHOTO_CONTENT and statistics off for a moderator', async () => {
    const checked = await (await okWith(['PHOTO_CONTENT'], 'MODERATOR')).checkCredentials(PAGE, CREDENTIALS);
    expect(checked.kind === 'done' && checked.value.capabilities).toMatchObject({
      publishText: { allowed: true },
      publishPhoto: { allowed: false, reason: expect.stringContaining('PHOTO_CONTENT') },
      readStatistics: { allowed: false },
    });
  });

  it('turns videos off without VIDEO_CONTENT', async () => {
    const checked = await (await okWith(['VIDEO_CONTENT'])).checkCredentials(PAGE, CREDENTIALS);
    expect(checked.kind === 'done' && checked.value.capabilities).toMatchObject({
      publishPhoto: { allowed: true },
      publishVideo: { allowed: false, reason: expect.stringContaining('VIDEO_CONTENT') },
    });
  });

  it.each(['VALUABLE_ACCESS', 'GROUP_CONTENT'])('refuses an application without %s', async (permission) => {
    const checked = await (await okWith([permission])).checkCredentials(PAGE, CREDENTIALS);
    expect(checked).toMatchObject({
      kind: 'refused',
      reason: { code: 'right-missing', message: expect.stringContaining(permission) },
    });
  });

  it('refuses a token whose owner has no role, a bot token, wrong keys, and tells a dead token from them', async () => {
    expect(await (await okWith([], 'ACTIVE')).checkCredentials(PAGE, CREDENTIALS)).toMatchObject({
      reason: { code: 'not-admin' },
    });
    const bot = { ...CREDENTIALS, accessToken: 'tkn1ABC:54321' };
    expect(await (await okWith()).checkCredentials(PAGE, bot)).toMatchObject({
      kind: 'refused',
      reason: { code: 'wrong-token-kind' },
    });
    for (const [code, kind, words] of [
      [101, 'refused', 'applicationKey'],
      [104, 'refused', 'applicationSecretKey'],
      [103, 'credentialLost', 'accessToken'],
    ] as const) {
      const checked = await (await okThat(() => error(code))).checkCredentials(PAGE, CREDENTIALS);
      expect(checked).toMatchObject({ kind, reason: { message: expect.stringContaining(words) } });
    }
  });
});
