import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Sandbox } from '../sandbox.js';
import { callOk, png, textTopic, upload, vk } from '../spec-support.js';
import { startSandbox } from '../start-sandbox.js';

describe('the walls', () => {
  let sandbox: Sandbox;

  beforeAll(async () => {
    sandbox = await startSandbox();
  });
  afterAll(() => sandbox.stop());

  const page = async (path: string): Promise<string> => (await fetch(sandbox.wallsUrl + path)).text();

  it('show a post at the path of its permalink, with everything escaped', async () => {
    const { groupId, communityToken } = sandbox.credentials.vk;
    const message = '<script>alert("да")</script> & \'ещё\'';
    const fields = { owner_id: -groupId, from_group: 1, message, attachments: 'https://a.example/"><img src=x>' };
    const { post_id } = await vk<{ post_id: number }>(sandbox, 'wall.post', communityToken, fields);
    const shown = await page(`/wall-${groupId}_${post_id}`);
    expect(shown).toContain('&#60;script&#62;');
    expect(shown).toContain('&#38; &#39;ещё&#39;');
    expect(shown).not.toContain('<script');
    expect(shown).not.toContain('<img src=x>');
    expect(shown).toContain('Администрация города Заречный');
  });

  it('show topics, list walls, and admit what is not there', async () => {
    const { groupId } = sandbox.credentials.ok;
    const id = String(await callOk(sandbox, 'mediatopic.post', textTopic(sandbox, 'Доброе утро')));
    expect(await page(`/group/${groupId}/topic/${id}`)).toContain('Доброе утро');
    expect(await page(`/ok/${groupId}`)).toContain(`/group/${groupId}/topic/${id}`);
    const index = await page('/');
    expect(index).toContain(`href="/ok/${groupId}"`);
    expect(index).toContain(`href="/vk/${sandbox.credentials.vk.groupId}"`);
    sandbox.ok.deleteByHand(id);
    expect((await fetch(`${sandbox.wallsUrl}/group/${groupId}/topic/${id}`)).status).toBe(404);
  });

  it('serve the photos of posts of both networks', async () => {
    const { groupId, userToken } = sandbox.credentials.vk;
    const server = await vk<{ upload_url: string }>(sandbox, 'photos.getWallUploadServer', userToken, { group_id: groupId });
    const { photo, hash, server: number } = await upload(server.upload_url, 'photo', png());
    const save = { group_id: groupId, photo: String(photo), hash: String(hash), server: Number(number) };
    const [saved] = await vk<{ id: number; owner_id: number; orig_photo: { url: string } }[]>(
      sandbox,
      'photos.saveWallPhoto',
      userToken,
      save,
    );
    const vkImage = await fetch(saved?.orig_photo.url ?? '');
    expect(vkImage.headers.get('content-type')).toBe('image/png');
    expect(Buffer.from(await vkImage.arrayBuffer()).equals(png())).toBe(true);

    const gid = sandbox.credentials.ok.groupId;
    const place = (await callOk(sandbox, 'photosV2.getUploadUrl', { gid, count: 1 })) as { upload_url: string };
    const { photos } = (await upload(place.upload_url, 'pic1', png())) as { photos: Record<string, { token: string }> };
    const attachment = JSON.stringify({ media: [{ type: 'photo', list: [{ id: Object.values(photos)[0]?.token }] }] });
    await callOk(sandbox, 'mediatopic.post', { gid, type: 'GROUP_THEME', attachment });
    const path = /<img src="([^"]+)"/.exec(await page(`/ok/${gid}`))?.[1] ?? '';
    expect((await fetch(sandbox.wallsUrl + path)).headers.get('content-type')).toBe('image/png');
  });
});
