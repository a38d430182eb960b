import { afterEach, describe, expect, it } from '@jest/globals';
import { SystemClock } from '../platform/clock/clock.js';
import { Outbound } from '../platform/outbound/outbound.js';
import type { Credentials, Network } from './network.js';
import { createNetworks } from './networks.js';
import { dropped, raw, type Script, ScriptedServer } from './scripted-server.js';

const outbound = new Outbound();
const servers: ScriptedServer[] = [];

afterEach(async () => {
  await outbound.close();
  for (const server of servers.splice(0)) server.stop();
});

async function networkThat(name: 'vk' | 'ok', script: Script): Promise<{ network: Network; server: ScriptedServer }> {
  const server = new ScriptedServer(script);
  servers.push(server);
  const url = `http://${await server.start()}/prefix`;
  const settings = { vkApiUrl: url, vkIdUrl: url, okApiUrl: url, okAuthUrl: url, uploadHosts: [] };
  return { network: createNetworks(settings, outbound, new SystemClock()).get(name), server };
}

const GIVEN: Readonly<Record<'vk' | 'ok', Credentials>> = {
  vk: { communityToken: 'c', userToken: 'vk2.a.old', userRefreshToken: 'r-old', userDeviceId: 'd', userClientId: '51' },
  ok: { applicationKey: 'k', applicationSecretKey: 's', accessToken: 'old', refreshToken: 'r-old', applicationId: '512' },
};
const soon = (): Date => new Date(Date.now() + 10_000);
const invalidGrant = { error: 'invalid_grant', error_description: 'the refresh token r-old is spent' };

describe('renewing tokens', () => {
  it('of VK ID takes one form, tied to the device, and gives the pair that follows', async () => {
    const { network, server } = await networkThat('vk', () => ({
      ...{ access_token: 'vk2.a.new', refresh_token: 'r-new', token_type: 'Bearer', expires_in: 3_600, user_id: 5 },
    }));
    const outcome = await network.refreshCredentials(GIVEN.vk, soon());
    if (outcome.kind !== 'refreshed') throw new Error(outcome.kind);
    expect(outcome.credentials).toEqual({ userToken: 'vk2.a.new', userRefreshToken: 'r-new' });
    expect(Math.abs(outcome.expiresAt!.getTime() - Date.now() - 3_600_000)).toBeLessThan(5_000);
    const [call] = server.calls;
    expect(call?.path).toBe('/prefix/oauth2/auth');
    expect(call?.fields).toMatchObject({ grant_type: 'refresh_token', refresh_token: 'r-old', client_id: '51', device_id: 'd' });
    expect(call?.fields['state']).toMatch(/^[\da-f]{32}$/);
  });

  it('of OK signs with the application’s secret, and reads seconds that are written as a string', async () => {
    const { network, server } = await networkThat('ok', () => ({
      access_token: 'new',
      token_type: 'session',
      expires_in: '1800',
    }));
    const outcome = await network.refreshCredentials(GIVEN.ok, soon());
    if (outcome.kind !== 'refreshed') throw new Error(outcome.kind);
    expect(outcome.credentials).toEqual({ accessToken: 'new' });
    expect(Math.abs(outcome.expiresAt!.getTime() - Date.now() - 1_800_000)).toBeLessThan(5_000);
    const [call] = server.calls;
    expect(call?.path).toBe('/prefix/oauth/token.do');
    const fields = { grant_type: 'refresh_token', refresh_token: 'r-old', client_id: '512', client_secret: 's' };
    expect(call?.fields).toEqual(fields);
  });

  it.each<[string, Script, string]>([
    ['“invalid grant” with 200', () => invalidGrant, 'revoked'],
    ['“invalid grant” with 400', () => raw(400, JSON.stringify(invalidGrant)), 'revoked'],
    ['“invalid client”: a person corrects it', () => raw(401, '{"error":"invalid_client"}'), 'refused'],
    ['“later”', () => raw(429, ''), 'retryLater'],
    ['“temporarily unavailable”', () => raw(400, '{"error":"temporarily_unavailable"}'), 'retryLater'],
    ['a gateway’s page: the server behind it may have given the new pair', () => raw(502, '<html>', 'text/html'), 'unsure'],
    ['an answer that is no JSON', () => raw(200, '<html>', 'text/html'), 'unsure'],
    ['an answer without a token', () => ({ refresh_token: 'r-new' }), 'unsure'],
    ['a connection that breaks after the request', () => dropped, 'unsure'],
  ])('tells a dead token from trouble on the way: %s', async (_, script, kind) => {
    for (const name of ['vk', 'ok'] as const) {
      const { network, server } = await networkThat(name, script);
      const outcome = await network.refreshCredentials(GIVEN[name], soon());
      expect(outcome.kind).toBe(kind);
      expect(server.calls).toHaveLength(1);
      expect(JSON.stringify(outcome)).not.toContain('r-old');
      expect(outcome).toMatchObject({ reason: { message: expect.stringMatching(/^[А-Я].*\.$/) } });
    }
  });

  it('takes OK’s own session errors for a dead token', async () => {
    const { network } = await networkThat('ok', () => ({ error_code: 102, error_msg: 'PARAM_SESSION_EXPIRED' }));
    expect(await network.refreshCredentials(GIVEN.ok, soon())).toMatchObject({ kind: 'revoked', reason: { networkCode: '102' } });
  });

  it('sends nothing after its deadline, and says that the token is not spent', async () => {
    const { network, server } = await networkThat('vk', () => ({}));
    const outcome = await network.refreshCredentials(GIVEN.vk, new Date(Date.now() - 1));
    expect([outcome.kind, server.calls.length]).toEqual(['retryLater', 0]);
  });

  it('is offered only where everything for it is there', async () => {
    const { network: vk } = await networkThat('vk', () => ({}));
    const { network: ok } = await networkThat('ok', () => ({}));
    expect([vk.refreshedBy(GIVEN.vk), ok.refreshedBy(GIVEN.ok)]).toEqual(['userRefreshToken', 'refreshToken']);
    const { userDeviceId: _device, ...half } = GIVEN.vk;
    const { applicationId: _application, ...other } = GIVEN.ok;
    expect([vk.refreshedBy(half), ok.refreshedBy(other)]).toEqual([undefined, undefined]);
    const check = await vk.checkCredentials({ externalId: '77' }, half);
    expect(check).toMatchObject({
      kind: 'refused',
      reason: { code: 'credential-missing', message: expect.stringContaining('userDeviceId') },
    });
    expect(await ok.checkCredentials({ externalId: '77' }, other)).toMatchObject({ reason: { code: 'credential-missing' } });
  });
});
