import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Sandbox } from '../sandbox.js';
import { callOk, callVk, textTopic } from '../spec-support.js';
import { startSandbox } from '../start-sandbox.js';

describe('the control address', () => {
  let sandbox: Sandbox;

  beforeAll(async () => {
    sandbox = await startSandbox();
  });
  afterAll(() => sandbox.stop());

  const control = async (verb: string, path: string, body?: unknown): Promise<Record<string, unknown>> => {
    const response = await fetch(sandbox.controlUrl + path, {
      method: verb,
      ...(body !== undefined && { body: JSON.stringify(body) }),
    });
    return (await response.json()) as Record<string, unknown>;
  };
  const postVk = (token = sandbox.credentials.vk.communityToken): ReturnType<typeof callVk> =>
    callVk(sandbox, 'wall.post', token, { owner_id: -sandbox.credentials.vk.groupId, from_group: 1, message: 'x' });

  it('takes scripts, and refuses one that is misspelt', async () => {
    await control('POST', '/scripts', {
      network: 'vk',
      method: 'wall.post',
      answer: { kind: 'rejected', code: 214, message: 'full' },
    });
    expect(await postVk()).toMatchObject({ error: { error_code: 214, error_msg: 'full' } });
    expect(await control('POST', '/scripts', { network: 'vk', method: 'wall.post', answer: { kind: 'reject' } })).toHaveProperty(
      'error',
    );
    expect(await control('POST', '/scripts', { network: 'vk', method: 'wall.post', delay: 5 })).toHaveProperty('error');
    await control('POST', '/scripts', {
      network: 'ok',
      method: 'mediatopic.post',
      times: null,
      effect: { lateMs: null },
      answer: { kind: 'status', status: 504 },
    });
    await expect(callOk(sandbox, 'mediatopic.post', textTopic(sandbox, 'Поздно'))).rejects.toThrow();
    expect(await control('POST', '/late')).toEqual({ released: 1 });
    await control('DELETE', '/scripts');
    expect(await control('GET', '/scripts')).toEqual({ vk: [], ok: [] });
    expect(sandbox.ok.topics(sandbox.credentials.ok.groupId)).toHaveLength(1);
  });

  it('issues, narrows and revokes tokens, and never lists them', async () => {
    const issued = await control('POST', '/vk/tokens', {
      kind: 'community',
      groupId: sandbox.credentials.vk.groupId,
      label: 'spare',
    });
    const token = String(issued.token);
    expect(await postVk(token)).toHaveProperty('response');
    await control('PATCH', '/vk/tokens/spare', { mask: 4 });
    expect(await postVk(token)).toMatchObject({ error: { error_code: 7 } });
    await control('PATCH', '/vk/tokens/spare', { revoked: true });
    expect(await postVk(token)).toMatchObject({ error: { error_code: 5 } });
    expect(JSON.stringify(await control('GET', '/vk/tokens'))).not.toContain(token);
    await control('PATCH', '/ok/tokens/ok-user', { permissions: [] });
    expect(await callOk(sandbox, 'mediatopic.post', textTopic(sandbox, 'x'))).toMatchObject({ error_code: 200 });
    await control('PATCH', '/ok/tokens/ok-user', { permissions: ['VALUABLE_ACCESS', 'GROUP_CONTENT'] });
  });

  it('starts and ends sessions, and lets tokens expire', async () => {
    const { userId, groupId } = sandbox.credentials.vk;
    const session = await control('POST', '/vk/sessions', { userId, granted: true, label: 'anna', deviceId: 'd-1' });
    expect(session).toMatchObject({ clientId: sandbox.credentials.vk.applicationId, deviceId: 'd-1', label: 'anna' });
    const renewal = new URLSearchParams({
      grant_type: 'refresh_token',
      refresh_token: String(session.refreshToken),
      client_id: String(session.clientId),
      device_id: 'd-1',
      state: 's',
    });
    const renewed = (await (await fetch(`${sandbox.vkUrl}/oauth2/auth`, { method: 'POST', body: renewal })).json()) as {
      access_token: string;
    };
    expect(await postVk(renewed.access_token)).toHaveProperty('response');
    expect(await control('PATCH', '/vk/tokens/anna', { expired: true })).toHaveProperty('expiresAt');
    expect(await postVk(renewed.access_token)).toMatchObject({ error: { error_code: 5 } });
    expect(await control('DELETE', '/vk/sessions/anna')).toEqual({ ended: 'anna' });
    expect(await control('DELETE', '/vk/sessions/anna')).toHaveProperty('error');
    const past = { kind: 'community', groupId, label: 'past', expiresAt: '2020-01-01T00:00:00Z' };
    expect(await postVk(String((await control('POST', '/vk/tokens', past)).token))).toMatchObject({ error: { error_code: 5 } });
    const ok = await control('POST', '/ok/sessions', { label: 'anna' });
    expect(ok).toMatchObject({ accessToken: expect.any(String), refreshToken: expect.any(String) });
    expect(await control('DELETE', '/ok/sessions/anna')).toEqual({ ended: 'anna' });
    await control('PATCH', '/ok/tokens/anna', { expired: true });
    const expired = await callOk(sandbox, 'users.getCurrentUser', {}, String(ok.accessToken));
    expect(expired).toMatchObject({ error_code: 102 });
  });

  it('does by hand what people do on the site', async () => {
    const { groupId } = sandbox.credentials.vk;
    const path = `/vk/communities/${groupId}/posts`;
    const { id } = await control('POST', path, { text: 'Рукой', fromId: 77 });
    await control('PATCH', `${path}/${String(id)}`, { text: 'Исправлено' });
    await control('PUT', `/vk/communities/${groupId}/pinned`, { postId: id });
    expect(sandbox.vk.communities()[0]?.pinnedPostId).toBe(id);
    expect((await control('GET', path)).posts).toContainEqual(expect.objectContaining({ id, text: 'Исправлено', fromId: 77 }));
    await control('DELETE', `${path}/${String(id)}`);
    expect((await control('GET', path)).posts).not.toContainEqual(expect.objectContaining({ id }));
    const topic = await control('POST', `/ok/groups/${sandbox.credentials.ok.groupId}/topics`, { text: 'Рукой' });
    await control('POST', `/ok/topics/${String(topic.id)}/comments`, { authorRef: 'user:7', authorName: 'Иван', text: 'Ясно' });
    expect(sandbox.ok.topics(sandbox.credentials.ok.groupId)[0]?.comments).toMatchObject([{ text: 'Ясно' }]);
  });

  it('shows the ledger, filtered, and changes settings', async () => {
    const lines = (await control('GET', '/ledger?network=vk&method=wall.post&effect=yes')) as unknown as unknown[];
    expect(lines.length).toBeGreaterThan(0);
    await control('PATCH', '/settings', { vk: { lookupLagMs: 5000 } });
    expect(sandbox.vk.settings.lookupLagMs).toBe(5000);
    expect(await control('PATCH', '/settings', { vk: { lag: 1 } })).toHaveProperty('error');
  });

  it('lists its routes and says when there is none', async () => {
    expect((await control('GET', '/')).routes).toContain('POST /scripts');
    expect(await control('GET', '/nowhere')).toHaveProperty('error');
  });
});
