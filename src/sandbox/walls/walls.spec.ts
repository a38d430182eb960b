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

  it('show videos, documents and polls of VK', async () => {
    const { groupId, userToken } = sandbox.credentials.vk;
    const ask = <Response>(method: string, fields: Record<string, string | number>): Promise<Response> =>
      vk<Response>(sandbox, method, userToken, fields);
    sandbox.vk.settings.perSecond = { user: 1000, service: 1000, community: 1000 };
    const video = await ask<{ upload_url: string; video_id: number }>('video.save', { group_id: groupId, name: 'Парад <9 мая>' });
    await upload(video.upload_url, 'video_file', Buffer.from('mp4'), 'a.mp4');
    const server = await ask<{ upload_url: string }>('docs.getWallUploadServer', { group_id: groupId });
    const { file } = await upload(server.upload_url, 'file', Buffer.from('<script>alert(1)</script>'), 'приказ.html');
    const { doc } = await ask<{ doc: { id: number } }>('docs.save', { file: String(file), title: 'Приказ <1>' });
    const answers = JSON.stringify(['На площади', '<b>В парке</b>']);
    const poll = await ask<{ id: number }>('polls.create', { owner_id: -groupId, question: 'Где ёлка?', add_answers: answers });
    const attachments = `video-${groupId}_${video.video_id},doc-${groupId}_${doc.id},poll-${groupId}_${poll.id}`;
    const { post_id } = await ask<{ post_id: number }>('wall.post', { owner_id: -groupId, from_group: 1, attachments });
    const shown = await page(`/wall-${groupId}_${post_id}`);
    for (const text of [
      'Парад &#60;9 мая&#62;',
      'обрабатывается',
      'Приказ &#60;1&#62;',
      'HTML, 1 КБ',
      'Где ёлка?',
      'На площади',
    ]) {
      expect(shown).toContain(text);
    }
    expect(shown).toContain('&#60;b&#62;В парке');
    const fetched = await fetch(`${sandbox.wallsUrl}/doc-${groupId}_${doc.id}`);
    expect(fetched.headers.get('content-type')).toBe('application/octet-stream');
    expect((await fetch(`${sandbox.wallsUrl}/doc-${groupId}_404`)).status).toBe(404);
  });

  it('show movies and polls of OK', async () => {
    const gid = sandbox.credentials.ok.groupId;
    const place = { gid, file_name: 'parad.mp4', file_size: 0, post_form: 'false' };
    const movie = (await callOk(sandbox, 'video.getUploadUrl', place)) as { video_id: string; upload_url: string };
    await fetch(movie.upload_url, { method: 'POST', body: new Uint8Array(16 * 1024) });
    await callOk(sandbox, 'video.update', { vid: movie.video_id, title: 'Парад Победы' });
    const media = [
      { type: 'movie', list: [{ id: movie.video_id }] },
      { type: 'poll', question: 'Придёте?', answers: [{ text: 'Конечно' }, { text: 'Подумаю' }] },
    ];
    await callOk(sandbox, 'mediatopic.post', { gid, type: 'GROUP_THEME', attachment: JSON.stringify({ media }) });
    const shown = await page(`/ok/${gid}`);
    for (const text of ['Парад Победы', 'Придёте?', 'Конечно', 'Подумаю']) expect(shown).toContain(text);
  });
});
