import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { Sandbox } from '../sandbox.js';
import { attachmentsOfPost, callVk, MovableClock, postedAttachments, upload, vk } from '../spec-support.js';
import { startSandbox } from '../start-sandbox.js';

interface SavedVideo {
  upload_url: string;
  video_id: number;
  owner_id: number;
  access_key: string;
}

describe('VK videos', () => {
  let clock: MovableClock;
  let sandbox: Sandbox;
  let groupId: number;
  let editor: string;

  beforeEach(async () => {
    clock = new MovableClock();
    sandbox = await startSandbox({ clock, vk: { perSecond: { user: 1000, service: 1000, community: 1000 } } });
    groupId = sandbox.credentials.vk.groupId;
    editor = sandbox.credentials.vk.userToken;
  });
  afterEach(() => sandbox.stop());

  const save = (fields = {}): Promise<SavedVideo> =>
    vk<SavedVideo>(sandbox, 'video.save', editor, { group_id: groupId, name: 'Парад', description: '9 мая', ...fields });
  const send = ({ upload_url }: SavedVideo, field = 'video_file', content = 'mp4'): Promise<Record<string, unknown>> =>
    upload(upload_url, field, Buffer.from(content), 'parade.mp4');
  const named = (video: SavedVideo): string => `video${video.owner_id}_${video.video_id}`;

  it('come to the wall in three steps, on a host that is announced', async () => {
    const video = await save();
    expect(sandbox.uploadHosts).toContain(new URL(video.upload_url).host);
    expect(await send(video)).toMatchObject({ size: 3, video_id: video.video_id, owner_id: -groupId });
    const [attached] = await postedAttachments(sandbox, editor, `${named(video)}_${video.access_key}`);
    expect(attached).toMatchObject({
      type: 'video',
      video: { id: video.video_id, owner_id: -groupId, title: 'Парад', description: '9 мая' },
    });
  });

  it('are missing from the post as long as their file did not come', async () => {
    const video = await save();
    expect(await postedAttachments(sandbox, editor, named(video))).toEqual([]);
    await send(video);
    expect(await postedAttachments(sandbox, editor, named(video))).toHaveLength(1);
  });

  it('are attached while they are still processed, and say so until they are ready', async () => {
    const video = await save();
    await send(video);
    const [attached] = await postedAttachments(sandbox, editor, named(video));
    expect(attached?.video).toMatchObject({ processing: 1 });
    const postId = sandbox.vk.posts(groupId)[0]?.id ?? 0;
    clock.advance(sandbox.vk.settings.videoProcessingMs);
    expect((await attachmentsOfPost(sandbox, postId))[0]?.video).not.toHaveProperty('processing');
  });

  it('come in the field `video_file`, and not empty', async () => {
    const video = await save();
    expect(await send(video, 'file')).toHaveProperty('error');
    expect(await send(video, 'video_file', '')).toHaveProperty('error');
    expect(await postedAttachments(sandbox, editor, named(video))).toEqual([]);
  });

  it('need a person with the scope for videos and a role in the community', async () => {
    const codeOf = async (token: string): Promise<number | undefined> =>
      (await callVk(sandbox, 'video.save', token, { group_id: groupId, name: 'x' })).error?.error_code;
    expect(await codeOf(sandbox.credentials.vk.communityToken)).toBe(27);
    expect(await codeOf(sandbox.credentials.vk.serviceToken)).toBe(28);
    expect(await codeOf(sandbox.credentials.vk.vkIdToken)).toBe(1051);
    expect(await codeOf(sandbox.vk.issueUserToken(sandbox.credentials.vk.userId, { mask: 8192 }).token)).toBe(15);
    sandbox.vk.addUser({ id: 999, firstName: 'Пётр', lastName: 'Прохожий' });
    expect(await codeOf(sandbox.vk.issueUserToken(999).token)).toBe(203);
  });

  it('do not publish themselves', async () => {
    const { error } = await callVk(sandbox, 'video.save', editor, { group_id: groupId, name: 'x', wallpost: 1 });
    expect(error?.error_code).toBe(100);
  });

  it('may arrive late although the upload was cut off', async () => {
    const video = await save();
    sandbox.vk.next('upload.video').acceptsLate(30_000);
    await expect(send(video)).rejects.toThrow();
    expect(await postedAttachments(sandbox, editor, named(video))).toEqual([]);
    clock.advance(30_000);
    expect(await postedAttachments(sandbox, editor, named(video))).toHaveLength(1);
  });
});
