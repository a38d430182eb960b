import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { Sandbox } from '../sandbox.js';
import { callOk, HOUR, MovableClock, topic } from '../spec-support.js';
import { startSandbox } from '../start-sandbox.js';

interface Place {
  video_id: string;
  upload_url: string;
}

const SMALLEST = 16 * 1024;
const GIGABYTE = 1024 * 1024 * 1024;

describe('OK movies', () => {
  let clock: MovableClock;
  let sandbox: Sandbox;
  let gid: string;

  beforeEach(async () => {
    clock = new MovableClock();
    sandbox = await startSandbox({ clock });
    gid = sandbox.credentials.ok.groupId;
  });
  afterEach(() => sandbox.stop());

  const askFor = (fields = {}): Promise<unknown> =>
    callOk(sandbox, 'video.getUploadUrl', { gid, file_name: 'parad.mp4', file_size: 0, post_form: 'true', ...fields });
  const place = async (fields = {}): Promise<Place> => (await askFor(fields)) as Place;
  const send = async ({ upload_url }: Place, bytes = SMALLEST, field = 'file'): Promise<string> => {
    const form = new FormData();
    form.append(field, new Blob([new Uint8Array(bytes)]), 'parad.mp4');
    return (await fetch(upload_url, { method: 'POST', body: form })).text();
  };
  const update = (vid: string, fields = {}): Promise<unknown> =>
    callOk(sandbox, 'video.update', { vid, title: 'Парад', ...fields });
  const post = (...ids: string[]): Promise<unknown> => {
    const movie = { type: 'movie', list: ids.map((id) => ({ id })) };
    return callOk(sandbox, 'mediatopic.post', topic(sandbox, { media: [{ type: 'text', text: 'Парад' }, movie] }));
  };

  it('come to a topic in four steps, on a host that is announced', async () => {
    const movie = await place();
    expect(sandbox.uploadHosts).toContain(new URL(movie.upload_url).host);
    expect(await send(movie)).toBe('<retval>1</retval>');
    expect(await update(movie.video_id, { description: '9 мая', tags: 'парад', privacy: 'PUBLIC' })).toBeNull();
    const id = String(await post(movie.video_id));
    expect(await callOk(sandbox, 'mediatopic.getByIds', { topic_ids: id })).toMatchObject({
      media_topics: [{ media: [{ type: 'text' }, { type: 'movie', movies: [{ id: movie.video_id, title: 'Парад' }] }] }],
    });
  });

  it('stay out of topics until the file came and the video was updated', async () => {
    const movie = await place();
    expect(await update(movie.video_id)).toMatchObject({ error_code: 100 });
    expect(await post(movie.video_id)).toMatchObject({ error_code: 300 });
    await send(movie);
    expect(await post(movie.video_id)).toMatchObject({ error_code: 300 });
    await update(movie.video_id);
    expect(await post(movie.video_id)).toMatch(/^\d+$/);
    expect(await post('404')).toMatchObject({ error_code: 300 });
  });

  it('stay out of the topics of another group', async () => {
    sandbox.ok.addGroup({ id: '1', name: 'Библиотека' });
    const movie = await place({ gid: '1' });
    await send(movie);
    await update(movie.video_id);
    expect(await post(movie.video_id)).toMatchObject({ error_code: 300 });
  });

  it('are from 16 kilobytes to a gigabyte, and as large as was declared', async () => {
    expect(await askFor({ file_size: SMALLEST - 1 })).toMatchObject({ error_code: 100 });
    expect(await askFor({ file_size: GIGABYTE + 1 })).toMatchObject({ error_code: 100 });
    expect(await askFor({ file_size: GIGABYTE })).toHaveProperty('upload_url');
    expect(await send(await place(), SMALLEST - 1)).toContain('"error_code":500');
    sandbox.ok.settings.largestVideoBytes = SMALLEST;
    expect(await send(await place(), SMALLEST + 1)).toContain('"error_code":500');
    expect(await send(await place({ file_size: SMALLEST }), SMALLEST)).toBe('<retval>1</retval>');
    sandbox.ok.settings.largestVideoBytes = GIGABYTE;
    expect(await send(await place({ file_size: SMALLEST }), SMALLEST + 1)).toContain('"error_code":100');
  });

  it('come as one file of a form, under any name, or as bare bytes when no form was asked for', async () => {
    expect(await send(await place(), SMALLEST, 'data')).toBe('<retval>1</retval>');
    const bare = (url: string): Promise<string> =>
      fetch(url, { method: 'POST', body: new Uint8Array(SMALLEST) }).then((response) => response.text());
    expect(await bare((await place()).upload_url)).toContain('"error_code":21');
    expect(await bare((await place({ post_form: 'false' })).upload_url)).toBe('<retval>1</retval>');
    expect(await send(await place({ post_form: 'false' }))).toContain('"error_code":100');
  });

  it('need their address within its life', async () => {
    const movie = await place();
    clock.advance(24 * HOUR);
    expect(await send(movie)).toContain('"error_code":300');
  });

  it('have texts of limited length', async () => {
    const movie = await place();
    await send(movie);
    expect(await update(movie.video_id, { title: 'я'.repeat(1001) })).toMatchObject({ error_code: 100 });
    expect(await update(movie.video_id, { description: 'я'.repeat(4001) })).toMatchObject({ error_code: 100 });
    expect(await update(movie.video_id, { tags: 'я'.repeat(1001) })).toMatchObject({ error_code: 100 });
    expect(await update(movie.video_id, { title: 'я'.repeat(1000), description: 'я'.repeat(4000) })).toBeNull();
  });

  it('need the permission for videos and a role in the group', async () => {
    const fields = { gid, file_name: 'a.mp4', file_size: 0, post_form: 'true' };
    const narrow = sandbox.ok.issueToken({ permissions: ['VALUABLE_ACCESS', 'GROUP_CONTENT'] }).token;
    expect(await callOk(sandbox, 'video.getUploadUrl', fields, narrow)).toMatchObject({
      error_code: 200,
      error_msg: expect.stringContaining('VIDEO_CONTENT'),
    });
    const outsider = sandbox.ok.issueToken({ role: 'ACTIVE' }).token;
    expect(await callOk(sandbox, 'video.getUploadUrl', fields, outsider)).toMatchObject({ error_code: 10 });
  });

  it('may answer otherwise, as their answers are not documented', async () => {
    sandbox.ok.settings.videoUploadAnswer = { ok: true };
    sandbox.ok.settings.videoIdsAsNumbers = true;
    const movie = await place();
    expect(movie.video_id).toEqual(expect.any(Number));
    expect(JSON.parse(await send(movie))).toEqual({ ok: true });
    await update(movie.video_id);
    expect(await post(movie.video_id)).toMatch(/^\d+$/);
  });

  it('may arrive although the upload was cut off', async () => {
    const movie = await place();
    sandbox.ok.next('upload.video').acceptsThenDrops();
    await expect(send(movie)).rejects.toThrow();
    await update(movie.video_id);
    expect(await post(movie.video_id)).toMatch(/^\d+$/);
    expect(sandbox.ledger.find({ method: 'upload.video' })).toMatchObject([{ network: 'ok', answer: 'dropped' }]);
  });
});
