import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { Sandbox } from '../sandbox.js';
import { callOk, HOUR, MovableClock } from '../spec-support.js';
import { startSandbox } from '../start-sandbox.js';
import type { OkPermission } from './ok.model.js';

const MINUTE = 60_000;
const DAY = 24 * HOUR;
const SHORT: OkPermission[] = ['VALUABLE_ACCESS', 'GROUP_CONTENT'];

describe('a session of OK', () => {
  let clock: MovableClock;
  let sandbox: Sandbox;

  beforeEach(async () => {
    clock = new MovableClock();
    sandbox = await startSandbox({ clock });
  });
  afterEach(() => sandbox.stop());

  const renew = async (refreshToken: string | null, changed: Record<string, string> = {}): Promise<Record<string, string>> => {
    const { applicationId, applicationSecret } = sandbox.credentials.ok;
    const client = { client_id: applicationId, client_secret: applicationSecret, grant_type: 'refresh_token' };
    const body = new URLSearchParams({ ...client, refresh_token: refreshToken ?? '', ...changed });
    return (await (await fetch(`${sandbox.okUrl}/oauth/token.do`, { method: 'POST', body })).json()) as Record<string, string>;
  };
  const call = (token: string): Promise<unknown> => callOk(sandbox, 'users.getCurrentUser', {}, token);

  it('has an access token for half an hour, and error 102 afterwards', async () => {
    const { token } = sandbox.ok.startSession({ permissions: SHORT });
    clock.advance(30 * MINUTE - 1);
    expect(await call(token)).toHaveProperty('uid');
    clock.advance(1);
    expect(await call(token)).toMatchObject({ error_code: 102 });
  });

  it('is renewed by the same refresh token again and again, which the answer does not repeat', async () => {
    const { refreshToken } = sandbox.ok.startSession({ permissions: SHORT });
    clock.advance(HOUR);
    const first = await renew(refreshToken);
    expect(first).toEqual({ access_token: expect.any(String), token_type: 'session', expires_in: '1800' });
    expect(await call(first.access_token ?? '')).toHaveProperty('uid');
    const second = await renew(refreshToken);
    expect(second.access_token).not.toBe(first.access_token);
    sandbox.ok.settings.refreshNamesToken = true;
    expect(await renew(refreshToken)).toMatchObject({ refresh_token: refreshToken });
  });

  it('can be renewed for thirty days, by its own application', async () => {
    const { refreshToken } = sandbox.ok.startSession();
    expect(await renew(refreshToken, { client_secret: 'x' })).toMatchObject({ error: 'invalid_client' });
    expect(await renew('nonsense')).toMatchObject({ error: 'invalid_grant' });
    clock.advance(30 * DAY - 1);
    expect(await renew(refreshToken)).toHaveProperty('access_token');
    clock.advance(1);
    expect(await renew(refreshToken)).toMatchObject({ error: 'invalid_grant' });
  });

  it('with a long token lives thirty days from its last use, counted once a day', async () => {
    const { token } = sandbox.ok.startSession({ permissions: [...SHORT, 'LONG_ACCESS_TOKEN'] });
    clock.advance(DAY - 1);
    expect(await call(token)).toHaveProperty('uid');
    clock.advance(29 * DAY);
    expect(await call(token)).toHaveProperty('uid');
    clock.advance(30 * DAY - 1);
    expect(await call(token)).toHaveProperty('uid');
    clock.advance(30 * DAY);
    expect(await call(token)).toMatchObject({ error_code: 102 });
  });

  it('ends when the person takes the consent back, its access token when it is revoked or expires by hand', async () => {
    const { token, refreshToken } = sandbox.ok.startSession({ label: 'anna' });
    sandbox.ok.endSession('anna');
    expect(await renew(refreshToken)).toMatchObject({ error: 'invalid_grant' });
    expect(await call(token)).toHaveProperty('uid');
    sandbox.ok.expireToken('anna');
    expect(await call(token)).toMatchObject({ error_code: 102 });
    sandbox.ok.revokeToken('anna');
    expect(await call(token)).toMatchObject({ error_code: 103 });
  });

  it('keeps its label, and its refresh token when the answer was lost', async () => {
    const { refreshToken } = sandbox.ok.startSession({ label: 'anna' });
    sandbox.ok.next('oauth.token').acceptsThenDrops();
    await expect(renew(refreshToken)).rejects.toThrow();
    const { access_token = '' } = await renew(refreshToken);
    sandbox.ok.revokeToken('anna');
    expect(await call(access_token)).toMatchObject({ error_code: 103 });
    const lines = sandbox.ledger.find({ method: 'oauth.token' });
    expect(lines.map(({ tokenLabel, answer }) => [tokenLabel, answer])).toEqual([
      ['anna', 'dropped'],
      ['anna', 'success'],
    ]);
  });
});
