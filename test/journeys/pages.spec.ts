import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { type Agency, anAgency, okCredentials, vkCredentials } from '../builders/agency.js';
import { Harness } from '../harness/harness.js';

describe('connecting a page', () => {
  let harness: Harness;
  let agency: Agency;
  let nextId = 400_000_000;

  beforeAll(async () => {
    harness = await Harness.start();
    agency = await anAgency(harness);
  });
  afterAll(() => harness.close());

  async function newVkPage(): Promise<{ id: string; groupId: number }> {
    nextId += 1;
    harness.sandbox.vk.addCommunity({ id: nextId, name: `Сообщество ${nextId}` });
    const body = { clientId: agency.client.id, network: 'vk', externalId: String(nextId) };
    return { id: (await agency.owner.api.post('/v1/pages', body)).body.id, groupId: nextId };
  }

  it('reads the page’s name and address from the network and tells what the credentials allow', async () => {
    const { id, groupId } = await newVkPage();
    const { communityToken } = vkCredentials(harness, groupId);
    const { status, body } = await agency.owner.api.put(`/v1/pages/${id}/connection`, { credentials: { communityToken } });
    expect(status).toBe(200);
    expect(body).toMatchObject({ status: 'connected', name: `Сообщество ${groupId}` });
    expect(body.url).toContain('vk.com/');
    expect(body.capabilities.publishText).toEqual({ allowed: true });
    expect(body.capabilities.publishPhoto.allowed).toBe(false);
    expect(body.capabilities.publishPhoto.reason).toMatch(/[а-я]/);
  });

  it.each<[string, (groupId: number) => Record<string, string>]>([
    ['a token that the network does not know', () => ({ communityToken: 'vk1.a.unknown' })],
    ['a user’s token in place of the community’s', () => ({ communityToken: harness.sandbox.credentials.vk.userToken })],
    ['the token of another community', () => ({ communityToken: harness.sandbox.credentials.vk.communityToken })],
    [
      'a token without the right to post',
      (groupId) => ({ communityToken: harness.sandbox.vk.issueCommunityToken(groupId, { mask: 4 }).token }),
    ],
  ])('is refused with %s, in plain words, and nothing is stored', async (_, credentialsOf) => {
    const { id, groupId } = await newVkPage();
    const { status, body } = await agency.owner.api.put(`/v1/pages/${id}/connection`, { credentials: credentialsOf(groupId) });
    expect([status, body.code]).toEqual([422, 'pages.credentials-refused']);
    expect(body.fields[0].reason).toMatch(/[а-я]/);
    expect((await agency.owner.api.get(`/v1/pages/${id}`)).body.status).toBe('notConnected');
    expect(await harness.sql('select 1 from credentials where page_id = $1', [id])).toHaveLength(0);
  });

  it('is asked to come back when the network does not answer as it should', async () => {
    const { id, groupId } = await newVkPage();
    harness.sandbox.vk.next('groups.getTokenPermissions').failsBefore(502).always();
    const { status, body, headers } = await agency.owner.api.put(`/v1/pages/${id}/connection`, {
      credentials: vkCredentials(harness, groupId),
    });
    harness.sandbox.vk.scripts.clear();
    expect([status, body.code]).toEqual([503, 'pages.network-busy']);
    expect(Number(headers['retry-after'])).toBeGreaterThan(0);
  });

  it.each([
    ['empty', { communityToken: '' }, 'credentials.communityToken'],
    ['only spaces', { communityToken: '   ' }, 'credentials.communityToken'],
    ['of an unknown kind', { communityToken: 'x', password: 'x' }, 'credentials.password'],
    ['missing', {}, 'credentials.communityToken'],
  ])('names the secret that is %s', async (_, credentials, field) => {
    const { id } = await newVkPage();
    const { status, body } = await agency.owner.api.put(`/v1/pages/${id}/connection`, { credentials });
    expect([status, body.fields[0].field]).toEqual([400, field]);
  });

  it('again keeps the secrets that are not given, keeps the history, and never shows a secret', async () => {
    const { id, groupId } = await newVkPage();
    const credentials = vkCredentials(harness, groupId);
    await agency.owner.api.put(`/v1/pages/${id}/connection`, { credentials });
    const renewed = harness.sandbox.vk.issueCommunityToken(groupId).token;
    const { body } = await agency.owner.api.put(`/v1/pages/${id}/connection`, { credentials: { communityToken: renewed } });
    expect(body.capabilities.publishPhoto).toEqual({ allowed: true });
    const history = (await agency.owner.api.get(`/v1/pages/${id}/connections`)).body;
    expect(history.data.map(({ endReason }: { endReason: string | null }) => endReason)).toEqual([null, 'replaced']);

    const shown = JSON.stringify([history, body, (await agency.owner.api.get(`/v1/pages/${id}/connection`)).body]);
    const stored = JSON.stringify(await harness.sql('select * from credentials'));
    for (const secret of [...Object.values(credentials), renewed]) {
      expect(shown).not.toContain(secret);
      expect(stored).not.toContain(secret);
    }
  });

  it('is undone by disconnecting: the secrets go, the history stays', async () => {
    const { id, groupId } = await newVkPage();
    await agency.owner.api.put(`/v1/pages/${id}/connection`, { credentials: vkCredentials(harness, groupId) });
    expect((await agency.owner.api.delete(`/v1/pages/${id}/connection`)).status).toBe(204);
    expect(await harness.sql('select 1 from credentials where page_id = $1', [id])).toHaveLength(0);
    expect((await agency.owner.api.get(`/v1/pages/${id}`)).body.status).toBe('disconnected');
    expect((await agency.owner.api.get(`/v1/pages/${id}/connection`)).status).toBe(404);
    expect((await agency.owner.api.get(`/v1/pages/${id}/connections`)).body.data).toHaveLength(1);
    expect((await agency.owner.api.delete(`/v1/pages/${id}/connection`)).status).toBe(404);
  });

  it('of OK needs application key, secret and access token together', async () => {
    nextId += 1;
    const groupId = String(70_000_000_000_000 + nextId);
    harness.sandbox.ok.addGroup({ id: groupId, name: 'Группа' });
    const page = (await agency.owner.api.post('/v1/pages', { clientId: agency.client.id, network: 'ok', externalId: groupId }))
      .body;
    const { accessToken, ...others } = okCredentials(harness, groupId);
    const partial = await agency.owner.api.put(`/v1/pages/${page.id}/connection`, { credentials: others });
    expect([partial.status, partial.body.fields[0].field]).toEqual([400, 'credentials.accessToken']);
    const whole = await agency.owner.api.put(`/v1/pages/${page.id}/connection`, { credentials: { ...others, accessToken } });
    expect([whole.status, whole.body.name]).toEqual([200, 'Группа']);
    const wrongSecret = { ...others, applicationSecretKey: 'not the secret', accessToken };
    expect((await agency.owner.api.put(`/v1/pages/${page.id}/connection`, { credentials: wrongSecret })).status).toBe(422);
  });

  it('is one page of a contractor: the same community can’t be recorded twice', async () => {
    const body = { clientId: agency.client.id, network: 'vk', externalId: String(agency.vkGroupId) };
    const answer = await agency.owner.api.post('/v1/pages', body);
    expect([answer.status, answer.body.code]).toEqual([409, 'pages.page-exists']);
  });
});
