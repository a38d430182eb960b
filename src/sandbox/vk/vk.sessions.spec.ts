import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { Sandbox } from '../sandbox.js';
import { callVk, HOUR, MovableClock } from '../spec-support.js';
import { startSandbox } from '../start-sandbox.js';
import type { VkIdTokens } from './vk.sessions.js';

interface Renewed {
  access_token: string;
  refresh_token: string;
  expires_in: number;
  error?: string;
}

const DAY = 24 * HOUR;

describe('a session of VK ID', () => {
  let clock: MovableClock;
  let sandbox: Sandbox;
  let session: VkIdTokens;

  beforeEach(async () => {
    clock = new MovableClock();
    sandbox = await startSandbox({
      clock,
      vkPathPrefix: '/vk',
      vk: { perSecond: { user: 1000, service: 1000, community: 1000 } },
    });
    session = sandbox.vk.startSession(sandbox.credentials.vk.userId, { label: 'anna', deviceId: 'd-1', granted: true });
  });
  afterEach(() => sandbox.stop());

  const form = (refreshToken: string, changed: Record<string, string> = {}): URLSearchParams =>
    new URLSearchParams({
      grant_type: 'refresh_token',
      refresh_token: refreshToken,
      client_id: sandbox.credentials.vk.applicationId,
      device_id: 'd-1',
      state: 's-1',
      ...changed,
    });
  const send = (body: URLSearchParams): Promise<Response> => fetch(`${sandbox.vkUrl}/oauth2/auth`, { method: 'POST', body });
  const renew = async (refreshToken: string, changed: Record<string, string> = {}): Promise<Renewed> =>
    (await (await send(form(refreshToken, changed))).json()) as Renewed;
  const post = async (token: string): Promise<number | undefined> => {
    const fields = { owner_id: -sandbox.credentials.vk.groupId, from_group: 1, message: 'Текст' };
    return (await callVk(sandbox, 'wall.post', token, fields)).error?.error_code;
  };

  it('has an access token for an hour, and error 5 afterwards', async () => {
    clock.advance(HOUR - 1);
    expect(await post(session.access.token)).toBeUndefined();
    clock.advance(1);
    expect(await post(session.access.token)).toBe(5);
  });

  it('is renewed with another access token and another refresh token', async () => {
    clock.advance(2 * HOUR);
    const renewed = await renew(session.refreshToken);
    expect(renewed).toEqual({
      access_token: expect.stringMatching(/^vk2\.a\./),
      refresh_token: expect.any(String),
      token_type: 'Bearer',
      expires_in: 3600,
      user_id: sandbox.credentials.vk.userId,
      state: 's-1',
      scope: expect.stringContaining('wall'),
    });
    expect(renewed.refresh_token).not.toBe(session.refreshToken);
    expect(await post(renewed.access_token)).toBeUndefined();
    expect((await renew(renewed.refresh_token)).access_token).not.toBe(renewed.access_token);
  });

  it('takes a refresh token once: the answer that was lost cannot be asked for again', async () => {
    sandbox.vk.next('oauth2.auth').acceptsThenDrops();
    await expect(renew(session.refreshToken)).rejects.toThrow();
    expect(await renew(session.refreshToken)).toMatchObject({ error: 'invalid_grant' });
    expect(await post(session.access.token)).toBeUndefined();
  });

  it('keeps its refresh token when the renewal failed before it happened', async () => {
    sandbox.vk.next('oauth2.auth').failsBefore(502);
    expect((await send(form(session.refreshToken))).status).toBe(502);
    expect(await renew(session.refreshToken)).toHaveProperty('access_token');
  });

  it('belongs to its device and its application', async () => {
    expect(await renew(session.refreshToken, { device_id: 'd-2' })).toMatchObject({ error: 'invalid_grant' });
    expect(await renew(session.refreshToken, { client_id: '1' })).toMatchObject({ error: 'invalid_client' });
    expect(await renew(session.refreshToken, { grant_type: 'password' })).toMatchObject({ error: 'unsupported_grant_type' });
    for (const name of ['refresh_token', 'client_id', 'device_id', 'state']) {
      expect(await renew(session.refreshToken, { [name]: '' })).toMatchObject({ error: 'invalid_request' });
    }
    expect(await renew(session.refreshToken)).toHaveProperty('access_token');
  });

  it('is renewed by a form in a POST, so that no token stands in an address', async () => {
    const query = form(session.refreshToken).toString();
    const url = `${sandbox.vkUrl}/oauth2/auth?${query}`;
    expect(await (await fetch(url)).json()).toMatchObject({ error: 'invalid_request' });
    expect(await (await fetch(url, { method: 'POST' })).json()).toMatchObject({ error: 'invalid_request' });
  });

  it('refuses inside a success, or with a status when told so', async () => {
    expect((await send(form('nonsense'))).status).toBe(200);
    sandbox.vk.settings.vkIdRefusalStatus = 400;
    const refused = await send(form('nonsense'));
    expect(refused.status).toBe(400);
    expect(await refused.json()).toEqual({ error: 'invalid_grant', error_description: expect.any(String), state: 's-1' });
  });

  it('can be renewed for half a year from its last renewal', async () => {
    clock.advance(180 * DAY - 1);
    const renewed = await renew(session.refreshToken);
    clock.advance(180 * DAY);
    expect(await renew(renewed.refresh_token)).toMatchObject({ error: 'invalid_grant' });
  });

  it('ends when the person takes the consent back, the access token when it is revoked or expires by hand', async () => {
    sandbox.vk.endSession('anna');
    expect(await renew(session.refreshToken)).toMatchObject({ error: 'invalid_grant' });
    expect(await post(session.access.token)).toBeUndefined();
    sandbox.vk.expireToken('anna');
    expect(await post(session.access.token)).toBe(5);
    sandbox.vk.revokeToken('vk-community');
    expect(await post(sandbox.credentials.vk.communityToken)).toBe(5);
  });

  it('keeps its label, which means the latest access token', async () => {
    const renewed = await renew(session.refreshToken);
    sandbox.vk.revokeToken('anna');
    expect(await post(renewed.access_token)).toBe(5);
    expect(await post(session.access.token)).toBeUndefined();
    expect(sandbox.ledger.find({ method: 'oauth2.auth' })).toMatchObject([{ tokenLabel: 'anna', effect: 'yes', owner: null }]);
  });

  it('may end the access token before when it is renewed', async () => {
    sandbox.vk.settings.refreshEndsOldAccess = true;
    await renew(session.refreshToken);
    expect(await post(session.access.token)).toBe(5);
  });

  it('is good for public reads only while its application was not granted writing', async () => {
    const { access } = sandbox.vk.startSession(sandbox.credentials.vk.userId);
    expect(await post(access.token)).toBe(1051);
    expect((await callVk(sandbox, 'users.get', access.token)).error).toBeUndefined();
  });
});
