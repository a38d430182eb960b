import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Sandbox } from '../sandbox.js';
import { callVk, png, upload, vk } from '../spec-support.js';
import { startSandbox } from '../start-sandbox.js';

interface SavedPhoto {
  id: number;
  owner_id: number;
  access_key: string;
}

describe('VK uploads', () => {
  let sandbox: Sandbox;
  let groupId: number;
  let editor: string;

  beforeAll(async () => {
    sandbox = await startSandbox({ vk: { perSecond: { user: 1000, service: 1000, community: 1000 } } });
    groupId = sandbox.credentials.vk.groupId;
    editor = sandbox.credentials.vk.userToken;
  });
  afterAll(() => sandbox.stop());

  const uploadUrl = async (method = 'photos.getWallUploadServer', token = editor): Promise<string> =>
    (await vk<{ upload_url: string }>(sandbox, method, token, { group_id: groupId })).upload_url;
  const handIn = (uploaded: Record<string, unknown>): Record<string, string | number> => ({
    group_id: groupId,
    photo: String(uploaded.photo),
    server: Number(uploaded.server),
    hash: String(uploaded.hash),
  });
  const attachmentsOf = async (attachments: string, token: string): Promise<string[]> => {
    const fields = { owner_id: -groupId, from_group: 1, message: 'Фото', attachments };
    const { post_id } = await vk<{ post_id: number }>(sandbox, 'wall.post', token, fields);
    const { items } = await vk<{ items: { attachments: { type: string }[] }[] }>(sandbox, 'wall.getById', editor, {
      posts: `-${groupId}_${post_id}`,
    });
    return items[0]?.attachments.map(({ type }) => type) ?? [];
  };

  it('brings a photo to the wall in four steps, on a host that is announced', async () => {
    const url = await uploadUrl();
    expect(sandbox.uploadHosts).toContain(new URL(url).host);
    const uploaded = await upload(url, 'photo', png());
    expect(uploaded).toEqual({ server: expect.any(Number), photo: expect.stringMatching(/^\[/), hash: expect.any(String) });
    const [photo] = await vk<SavedPhoto[]>(sandbox, 'photos.saveWallPhoto', editor, handIn(uploaded));
    const attachment = `photo${photo?.owner_id}_${photo?.id}_${photo?.access_key}`;
    expect(await attachmentsOf(attachment, sandbox.credentials.vk.communityToken)).toEqual(['photo']);
  });

  it('saves an upload once, and only with its own hash and server', async () => {
    const uploaded = await upload(await uploadUrl(), 'photo', png());
    const save = async (changed: Record<string, string | number> = {}): Promise<number | undefined> =>
      (await callVk(sandbox, 'photos.saveWallPhoto', editor, { ...handIn(uploaded), ...changed })).error?.error_code;
    expect(await save({ hash: 'wrong' })).toBe(121);
    expect(await save({ server: 1 })).toBe(118);
    expect(await save({ photo: '[]' })).toBe(100);
    expect(await save()).toBeUndefined();
    expect(await save()).toBe(129);
  });

  it('refuses a photo with status 200 and nothing in it', async () => {
    expect(await upload(await uploadUrl(), 'file', png())).toMatchObject({ photo: '' });
    expect(await upload(await uploadUrl(), 'photo', Buffer.from('<svg/>'))).toMatchObject({ photo: '[]' });
    expect(await upload(await uploadUrl(), 'photo', png(2100, 100))).toMatchObject({ photo: '[]' });
    expect(await upload(await uploadUrl(), 'photo', png(7000, 7001))).toMatchObject({ photo: '[]' });
    sandbox.vk.settings.largestPhotoBytes = 10;
    expect(await upload(await uploadUrl(), 'photo', png())).toMatchObject({ photo: '[]' });
    sandbox.vk.settings.largestPhotoBytes = 50 * 1024 * 1024;
  });

  it('loses a photo from the messages upload and a photo of another community on the way to the wall', async () => {
    const community = sandbox.credentials.vk.communityToken;
    const uploaded = await upload(await uploadUrl('photos.getMessagesUploadServer', community), 'photo', png());
    const [photo] = await vk<SavedPhoto[]>(sandbox, 'photos.saveMessagesPhoto', community, handIn(uploaded));
    expect(await attachmentsOf(`photo${photo?.owner_id}_${photo?.id}`, community)).toEqual([]);
  });
});
