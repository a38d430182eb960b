import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Sandbox } from '../sandbox.js';
import { callVk, MovableClock, SECOND, vk } from '../spec-support.js';
import { startSandbox } from '../start-sandbox.js';
import { communityMask, userMask } from './vk.permissions.js';

describe('the VK server', () => {
  const clock = new MovableClock();
  let sandbox: Sandbox;
  let owner: number;

  beforeAll(async () => {
    sandbox = await startSandbox({ clock, vkPathPrefix: '/vk', vk: { perSecond: { user: 3, service: 3, community: 20 } } });
    owner = -sandbox.credentials.vk.groupId;
  });
  afterAll(() => sandbox.stop());

  const communityToken = (): string => sandbox.credentials.vk.communityToken;
  const codeOf = async (method: string, token: string, fields = {}): Promise<unknown> => {
    clock.advance(SECOND);
    return (await callVk(sandbox, method, token, fields)).error?.error_code;
  };

  it('answers errors with status 200 and the parameters, the token left out', async () => {
    const response = await fetch(`${sandbox.vkUrl}/method/wall.post?v=5.199&message=hi&access_token=nonsense`);
    expect(response.status).toBe(200);
    expect(await response.json()).toEqual({
      error: {
        error_code: 5,
        error_msg: expect.stringContaining('invalid access_token'),
        request_params: [
          { key: 'method', value: 'wall.post' },
          { key: 'oauth', value: '1' },
          { key: 'v', value: '5.199' },
          { key: 'message', value: 'hi' },
        ],
      },
    });
  });

  it('takes the token from a header, and parameters from a multipart body', async () => {
    const form = new FormData();
    for (const [name, value] of [
      ['v', '5.199'],
      ['owner_id', String(owner)],
      ['from_group', '1'],
      ['message', 'Привет'],
    ] as const) {
      form.append(name, value);
    }
    const headers = { authorization: `Bearer ${communityToken()}` };
    const response = await fetch(`${sandbox.vkUrl}/method/wall.post`, { method: 'POST', body: form, headers });
    expect(await response.json()).toEqual({ response: { post_id: expect.any(Number) } });
    expect(sandbox.vk.posts(-owner)[0]).toMatchObject({ text: 'Привет', fromId: owner });
  });

  it('needs a version, knows method names case-sensitively, and wants long requests as POST', async () => {
    const token = communityToken();
    const noVersion = await fetch(`${sandbox.vkUrl}/method/groups.getById?access_token=${token}`);
    expect(await noVersion.json()).toMatchObject({ error: { error_code: 8 } });
    expect(await codeOf('wall.POST', token)).toBe(3);
    expect(await codeOf('execute', token)).toBe(3);
    const long = new URLSearchParams({ v: '5.199', access_token: token, owner_id: String(owner), message: 'я'.repeat(500) });
    const response = await fetch(`${sandbox.vkUrl}/method/wall.post?${long.toString()}`);
    expect(await response.json()).toMatchObject({ error: { error_code: 8 } });
  });

  it('does not read JSON bodies', async () => {
    const body = JSON.stringify({ v: '5.199', access_token: communityToken() });
    const headers = { 'content-type': 'application/json' };
    const response = await fetch(`${sandbox.vkUrl}/method/groups.getById`, { method: 'POST', body, headers });
    expect(await response.json()).toMatchObject({ error: { error_code: 8 } });
  });

  it('answers nothing outside its path prefix', async () => {
    const origin = new URL(sandbox.vkUrl).origin;
    expect((await fetch(`${origin}/method/groups.getById`)).status).toBe(404);
  });

  it('refuses each kind of token what it may not call', async () => {
    const { userToken, serviceToken, vkIdToken } = sandbox.credentials.vk;
    expect(await codeOf('photos.getWallUploadServer', communityToken(), { group_id: -owner })).toBe(27);
    expect(await codeOf('wall.get', communityToken(), { owner_id: owner })).toBe(27);
    expect(await codeOf('wall.delete', communityToken(), { owner_id: owner, post_id: 1 })).toBe(27);
    expect(await codeOf('wall.post', serviceToken, { owner_id: owner, message: 'x' })).toBe(28);
    expect(await codeOf('wall.post', vkIdToken, { owner_id: owner, message: 'x' })).toBe(1051);
    expect(await codeOf('wall.get', vkIdToken, { owner_id: owner })).toBeUndefined();
    expect(await codeOf('wall.get', serviceToken, { owner_id: owner })).toBeUndefined();
    expect(await codeOf('groups.getTokenPermissions', userToken)).toBe(15);
  });

  it('names the case of a community token with the words of the live network', async () => {
    const answer = await callVk(sandbox, 'photos.getWallUploadServer', communityToken(), { group_id: -owner });
    expect(answer.error?.error_msg).toBe('Group authorization failed: method is unavailable with group auth.');
  });

  it('reads rights from masks and scopes', async () => {
    const permissions = await vk<{ mask: number; permissions: unknown[] }>(
      sandbox,
      'groups.getTokenPermissions',
      communityToken(),
    );
    expect(permissions.mask).toBe(8192 + 131072 + 4 + 262144);
    expect(permissions.permissions).toContainEqual({ name: 'wall', setting: 8192 });
    const withoutWall = sandbox.vk.issueCommunityToken(-owner, { mask: communityMask('docs') }).token;
    expect(await codeOf('wall.post', withoutWall, { owner_id: owner, message: 'x' })).toBe(7);
    const narrow = sandbox.vk.issueUserToken(sandbox.credentials.vk.userId, { mask: userMask('photos') }).token;
    expect((await callVk(sandbox, 'wall.post', narrow, { owner_id: owner, message: 'x' })).error).toMatchObject({
      error_code: 15,
      error_subcode: 1133,
    });
  });

  it('refuses a token at once when it is revoked, and one of another community', async () => {
    sandbox.vk.addCommunity({ id: 226_000_900, name: 'Библиотека' });
    const token = sandbox.vk.issueCommunityToken(226_000_900, { label: 'library' }).token;
    expect(await codeOf('wall.post', token, { owner_id: owner, from_group: 1, message: 'x' })).toBe(15);
    sandbox.vk.revokeToken('library');
    expect(await codeOf('wall.post', token, { owner_id: -226_000_900, from_group: 1, message: 'x' })).toBe(5);
  });

  it('refuses a person without a role in the community', async () => {
    sandbox.vk.addUser({ id: 999, firstName: 'Пётр', lastName: 'Прохожий' });
    const token = sandbox.vk.issueUserToken(999).token;
    expect(await codeOf('wall.post', token, { owner_id: owner, from_group: 1, message: 'x' })).toBe(214);
    expect(await codeOf('photos.getWallUploadServer', token, { group_id: -owner })).toBe(203);
  });

  it('allows three calls a second for a user and twenty for a community, in a window that slides', async () => {
    clock.advance(SECOND);
    const codes = async (token: string, calls: number): Promise<unknown[]> => {
      const answers = [];
      for (let call = 0; call < calls; call += 1)
        answers.push((await callVk(sandbox, 'groups.getById', token, { group_id: -owner })).error?.error_code);
      return answers;
    };
    expect(await codes(sandbox.credentials.vk.userToken, 4)).toEqual([undefined, undefined, undefined, 6]);
    expect((await codes(communityToken(), 21)).filter((code) => code === 6)).toHaveLength(1);
    clock.advance(SECOND - 1);
    expect(await codes(sandbox.credentials.vk.userToken, 1)).toEqual([6]);
    clock.advance(1);
    expect(await codes(sandbox.credentials.vk.userToken, 1)).toEqual([undefined]);
  });

  it('describes a community with the fields that were asked for, in the shape of the version', async () => {
    const fields = 'description,verified,is_government_organization,trust_mark,contacts';
    const { groups } = await vk<{ groups: Record<string, unknown>[]; profiles: unknown[] }>(
      sandbox,
      'groups.getById',
      communityToken(),
      { fields },
    );
    expect(groups[0]).toMatchObject({ id: -owner, verified: 1, is_government_organization: true, trust_mark: 1 });
    expect(groups[0]).not.toHaveProperty('site');
    expect(await vk(sandbox, 'groups.getById', communityToken(), { v: '5.131' })).toEqual([
      expect.objectContaining({ id: -owner }),
    ]);
    expect(await vk(sandbox, 'utils.resolveScreenName', communityToken(), { screen_name: 'zarechny_adm' })).toEqual({
      type: 'group',
      object_id: -owner,
    });
  });
});
