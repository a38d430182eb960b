import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Sandbox } from '../sandbox.js';
import { callOk, MovableClock, signedOk, textTopic } from '../spec-support.js';
import { startSandbox } from '../start-sandbox.js';
import { sessionSecret, signature } from './ok.signature.js';

const MINUTE = 60_000;

describe('the OK server', () => {
  const clock = new MovableClock();
  let sandbox: Sandbox;

  beforeAll(async () => {
    sandbox = await startSandbox({ clock, okPathPrefix: '/ok' });
  });
  afterAll(() => sandbox.stop());

  const send = async (path: string, params: Record<string, string>): Promise<unknown> =>
    (await fetch(`${sandbox.okUrl}${path}`, { method: 'POST', body: new URLSearchParams(params) })).json();

  it('accepts the signature of the published vector', async () => {
    const params = { application_key: 'ABCDEFGHIGKLMNOPK', format: 'json', method: 'events.get' };
    const token = '-s-84W-s3egarWUsbkq-IWTucuedzTKT8VUXIA.s4Xx8IW7';
    expect(sessionSecret(token, 'ABC123DEF456GHI789JKL123')).toBe('b1a2b89707a94624c43afae67d59274c');
    expect(signature(params, 'b1a2b89707a94624c43afae67d59274c')).toBe('232c8eb921951c4dba9b72606f9ddb4c');
    sandbox.ok.addApplication({
      id: '1',
      key: 'ABCDEFGHIGKLMNOPK',
      secret: 'ABC123DEF456GHI789JKL123',
      name: 'a',
      redirectUris: [],
    });
    sandbox.ok.issueToken({ applicationKey: 'ABCDEFGHIGKLMNOPK', token });
    // The method is not spoken here: error 3 and not 104 says that the signature held.
    const sig = '232c8eb921951c4dba9b72606f9ddb4c';
    expect(await send('/fb.do', { ...params, access_token: token, sig })).toMatchObject({ error_code: 3 });
  });

  it('accepts the signature over Cyrillic text, hashed as UTF-8', async () => {
    sandbox.ok.addApplication({ id: '2', key: 'APPKEY', secret: 'APPSECRET', name: 'b', redirectUris: [] });
    sandbox.ok.addGroup({ id: '1', name: 'Группа' });
    sandbox.ok.issueToken({ applicationKey: 'APPKEY', token: 'tok-1' });
    const params = {
      application_key: 'APPKEY',
      attachment: '{"media":[{"type":"text","text":"Привет"}]}',
      format: 'json',
      gid: '1',
      method: 'mediatopic.post',
      type: 'GROUP_THEME',
      access_token: 'tok-1',
      sig: 'd1faaa52512bd58b7ea399686fc2cfcf',
    };
    expect(await send('/fb.do', params)).toMatch(/^\d+$/);
  });

  it('answers errors with status 200: wrong key, wrong signature, unknown and expired session', async () => {
    const params = Object.fromEntries(signedOk(sandbox, 'users.getCurrentUser'));
    const response = await fetch(`${sandbox.okUrl}/fb.do`, {
      method: 'POST',
      body: new URLSearchParams({ ...params, sig: 'x' }),
    });
    expect(response.status).toBe(200);
    expect(await response.json()).toEqual({
      error_code: 104,
      error_msg: expect.stringContaining('PARAM_SIGNATURE'),
      error_data: null,
    });
    expect(await send('/fb.do', { ...params, application_key: 'other' })).toMatchObject({ error_code: 101 });
    expect(await callOk(sandbox, 'users.getCurrentUser', {}, 'unknown')).toMatchObject({ error_code: 103 });
    const token = sandbox.ok.issueToken({ label: 'short', expiresAt: new Date(clock.now().getTime() + MINUTE) }).token;
    expect(await callOk(sandbox, 'users.getCurrentUser', {}, token)).toMatchObject({ uid: sandbox.credentials.ok.userId });
    clock.advance(MINUTE);
    expect(await callOk(sandbox, 'users.getCurrentUser', {}, token)).toMatchObject({ error_code: 102 });
    sandbox.ok.revokeToken('short');
    expect(await callOk(sandbox, 'users.getCurrentUser', {}, token)).toMatchObject({ error_code: 103 });
  });

  it('knows both forms of address, GET as well as POST', async () => {
    const { applicationKey, applicationSecret, accessToken, groupId } = sandbox.credentials.ok;
    const params = { application_key: applicationKey, group_id: groupId, uids: sandbox.credentials.ok.userId };
    const sig = signature(params, sessionSecret(accessToken, applicationSecret));
    const query = new URLSearchParams({ ...params, sig, access_token: accessToken });
    const response = await fetch(`${sandbox.okUrl}/api/group/getUserGroupsByIds?${query.toString()}`);
    expect(await response.json()).toEqual([{ groupId, userId: sandbox.credentials.ok.userId, status: 'ADMIN' }]);
  });

  it('needs a session for all but public reads, which the application’s secret signs', async () => {
    const { applicationKey, applicationSecret, groupId } = sandbox.credentials.ok;
    const sessionless = (method: string, fields: Record<string, string>): Promise<unknown> => {
      const params = { application_key: applicationKey, method, ...fields };
      return send('/fb.do', { ...params, sig: signature(params, applicationSecret) });
    };
    expect(await sessionless('group.getInfo', { uids: groupId, fields: 'name,gos_org' })).toEqual([
      { uid: groupId, name: 'Администрация города Заречный', gos_org: true },
    ]);
    expect(await sessionless('url.getInfo', { url: `https://ok.ru/group/${groupId}` })).toEqual({
      objectId: groupId,
      type: 'GROUP',
    });
    expect(await sessionless('users.getCurrentUser', {})).toMatchObject({ error_code: 453 });
  });

  it('answers bare scalars', async () => {
    expect(await callOk(sandbox, 'users.hasAppPermission', { ext_perm: 'GROUP_CONTENT' })).toBe(true);
    expect(await callOk(sandbox, 'users.hasAppPermission', { ext_perm: 'GET_EMAIL' })).toBe(false);
  });

  it('names the permission that the application lacks, and refuses who lost the role', async () => {
    const narrow = sandbox.ok.issueToken({ permissions: ['VALUABLE_ACCESS'] }).token;
    expect(await callOk(sandbox, 'mediatopic.post', textTopic(sandbox, 'x'), narrow)).toEqual({
      error_code: 200,
      error_msg: expect.stringContaining('GROUP_CONTENT'),
      error_data: null,
    });
    const outsider = sandbox.ok.issueToken({ role: 'ACTIVE' }).token;
    expect(await callOk(sandbox, 'mediatopic.post', textTopic(sandbox, 'x'), outsider)).toMatchObject({ error_code: 10 });
  });

  it('counts down a quota and says how much is left', async () => {
    sandbox.ok.setCallsLeft('ok-user', 'mediatopic.post', 1);
    expect(await callOk(sandbox, 'mediatopic.post', textTopic(sandbox, 'x'))).toMatch(/^\d+$/);
    expect(await callOk(sandbox, 'mediatopic.post', textTopic(sandbox, 'x'))).toMatchObject({ error_code: 11 });
    expect(await callOk(sandbox, 'users.getCallsLeft', { methods: 'mediatopic.post' })).toEqual([
      { name: 'mediatopic.post', available: false, callsLeft: 0 },
    ]);
    sandbox.ok.setCallsLeft('ok-user', 'mediatopic.post', null);
  });

  it('keeps replies to comments closed', async () => {
    expect(await callOk(sandbox, 'discussions.addDiscussionComment')).toMatchObject({ error_code: 3 });
  });

  it('exchanges a code once, within two minutes, and refreshes the session', async () => {
    const { applicationId, applicationSecret } = sandbox.credentials.ok;
    const client = { client_id: applicationId, client_secret: applicationSecret };
    const redirectUri = 'http://localhost/ok/callback';
    const exchange = (code: string): Promise<unknown> =>
      send('/oauth/token.do', { ...client, grant_type: 'authorization_code', redirect_uri: redirectUri, code });
    const page = new URL(`${sandbox.okUrl}/oauth/authorize`);
    page.search = new URLSearchParams({
      client_id: applicationId,
      scope: 'VALUABLE_ACCESS;GROUP_CONTENT',
      response_type: 'code',
      redirect_uri: redirectUri,
      state: 's',
    }).toString();
    const consent = await fetch(page, { redirect: 'manual' });
    const back = new URL(consent.headers.get('location') ?? '');
    expect(back.searchParams.get('state')).toBe('s');
    const code = back.searchParams.get('code') ?? '';
    const session = (await exchange(code)) as { access_token: string; refresh_token: string };
    expect(session).toMatchObject({ token_type: 'session' });
    expect(await callOk(sandbox, 'mediatopic.post', textTopic(sandbox, 'x'), session.access_token)).toMatch(/^\d+$/);
    expect(await exchange(code)).toMatchObject({ error: 'invalid_grant' });
    clock.advance(30 * MINUTE);
    expect(await callOk(sandbox, 'users.getCurrentUser', {}, session.access_token)).toMatchObject({ error_code: 102 });
    const refreshed = (await send('/oauth/token.do', {
      ...client,
      grant_type: 'refresh_token',
      refresh_token: session.refresh_token,
    })) as { access_token: string };
    expect(await callOk(sandbox, 'users.getCurrentUser', {}, refreshed.access_token)).toHaveProperty('uid');
    const late = sandbox.ok.issueCode({ redirectUri });
    clock.advance(2 * MINUTE);
    expect(await exchange(late)).toMatchObject({ error: 'invalid_grant' });
  });
});
