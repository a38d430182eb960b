import { afterEach, describe, expect, it } from '@jest/globals';
import { Readable } from 'node:stream';
import { SystemClock } from '../../platform/clock/clock.js';
import { Outbound } from '../../platform/outbound/outbound.js';
import type { VideoUpload } from '../media.js';
import type { EditRequest, PostContent } from '../network.js';
import { dropped, raw, ScriptedServer, type ArrivedCall } from '../scripted-server.js';
import { OkNetwork } from './ok.network.js';

const outbound = new Outbound();
const servers: ScriptedServer[] = [];
let calls: readonly ArrivedCall[] = [];
let base = '';

/** OK by method, and by the path of an upload. */
async function okThat(answers: Readonly<Record<string, unknown>>): Promise<OkNetwork> {
  const server = new ScriptedServer(({ fields, path }) => answers[path.startsWith('/up') ? 'upload' : (fields['method'] ?? '')]);
  servers.push(server);
  const host = await server.start();
  ({ calls } = server);
  base = `http://${host}`;
  return new OkNetwork({ apiUrl: `${base}/ok`, authUrl: base, uploadHosts: [host] }, outbound, new SystemClock());
}
afterEach(async () => {
  await outbound.close();
  for (const server of servers.splice(0)) server.stop();
});

const PAGE = { externalId: '54321' };
const CREDENTIALS = { applicationKey: 'APPKEY', applicationSecretKey: 'appSecret', accessToken: 'tokenSecret' };
const POLL = { question: 'Где ставить ёлку?', answers: ['В парке', 'У порта'], anonymous: true, multiple: false };
const error = (error_code: number) => ({ error_code, error_msg: '', error_data: null });
const sendBefore = () => new Date(Date.now() + 3_000);
const published = (ok: OkNetwork, content: PostContent) =>
  ok.publish({ page: PAGE, credentials: CREDENTIALS, content, marker: 'm', sendBefore: sendBefore() });
const mediaOf = (call: ArrivedCall | undefined) => (JSON.parse(call?.fields['attachment'] ?? '') as { media: object[] }).media;

describe('uploading a video to OK', () => {
  const VIDEO: VideoUpload = {
    ...{ size: 16_384, type: 'video/mp4', title: 'День посёлка' },
    open: async () => Readable.from([Buffer.alloc(16_384, 'v')]),
  };
  const given = { video_id: '900001', upload_url: '' };
  const answers = async (changes: Readonly<Record<string, unknown>> = {}) => {
    const plays: Record<string, unknown> = { 'video.getUploadUrl': given, upload: {}, 'video.update': null, ...changes };
    const ok = await okThat(plays);
    plays['video.getUploadUrl'] ??= given;
    if (plays['video.getUploadUrl'] === given) plays['video.getUploadUrl'] = { ...given, upload_url: `${base}/up?s=1` };
    return ok.uploadVideo(PAGE, CREDENTIALS, VIDEO);
  };

  it('asks for an address, hands the bytes over, and names the video', async () => {
    expect(await answers()).toEqual({ kind: 'done', value: '900001' });
    expect(calls[0]?.fields).toMatchObject({
      ...{ method: 'video.getUploadUrl', gid: '54321', file_name: 'video.mp4', file_size: '16384', post_form: 'true' },
    });
    expect(calls[1]?.body).toContain('filename="video.mp4"\r\ncontent-type: video/mp4\r\n\r\nvvvv');
    expect(calls[2]?.fields).toMatchObject({ method: 'video.update', vid: '900001', title: 'День посёлка' });
  });

  it.each<[string, unknown]>([
    ['XML', raw(200, '<?xml version="1.0"?><retval>1</retval>', 'text/xml')],
    ['nothing', raw(200, '')],
    ['a number', 1],
  ])('takes %s of the upload server for a yes', async (_, upload) => {
    expect((await answers({ upload })).kind).toBe('done');
  });

  it.each<[string, Readonly<Record<string, unknown>>]>([
    ['no address', { 'video.getUploadUrl': { video_id: '1' } }],
    ['no number', { 'video.getUploadUrl': { upload_url: 'https://vu.mycdn.me/' } }],
    ['another XML', { upload: raw(200, '<retval>0</retval>', 'text/xml') }],
    ['HTML', { upload: raw(200, '<html></html>', 'text/html') }],
    ['HTTP 502', { upload: raw(502, '') }],
    ['a dropped connection', { upload: dropped }],
    ['a name that is not taken', { 'video.update': error(2) }],
  ])('may be repeated after %s', async (_, changes) => {
    expect((await answers(changes)).kind).toBe('retryLater');
  });

  it('is refused before anything is sent when it is too small', async () => {
    const ok = await okThat({});
    const small = await ok.uploadVideo(PAGE, CREDENTIALS, { ...VIDEO, size: 16_383 });
    expect([small.kind, calls]).toEqual(['refused', []]);
  });

  it('loses the credentials when the application has no right to videos', async () => {
    expect(await answers({ 'video.getUploadUrl': error(200) })).toMatchObject({ kind: 'credentialLost' });
  });
});

describe('publishing what is more than text and photos on OK', () => {
  it('puts videos and the poll into blocks of their own', async () => {
    const ok = await okThat({ 'mediatopic.post': '157000000000001' });
    const content = { text: 'Текст', photos: ['t1'], videos: ['900001'], poll: POLL };
    expect((await published(ok, content)).kind).toBe('published');
    expect(mediaOf(calls[0])).toEqual([
      { type: 'text', text: 'Текст' },
      { type: 'photo', list: [{ id: 't1' }] },
      { type: 'movie', list: [{ id: '900001' }] },
      {
        ...{ type: 'poll', question: POLL.question, answers: [{ text: 'В парке' }, { text: 'У порта' }] },
        options: 'SingleChoice,AnonymousVoting',
      },
    ]);
  });

  it.each([
    [false, true, undefined],
    [true, true, 'AnonymousVoting'],
    [false, false, 'SingleChoice'],
  ])('says what a poll allows: anonymous %s, several answers %s', async (anonymous, multiple, options) => {
    const ok = await okThat({ 'mediatopic.post': '157000000000001' });
    await published(ok, { text: '', photos: [], poll: { ...POLL, anonymous, multiple } });
    expect(mediaOf(calls[0])).toEqual([expect.objectContaining({ type: 'poll' })]);
    expect((mediaOf(calls[0])[0] as { options?: string }).options).toBe(options);
  });

  it('makes no poll ahead and takes no documents', async () => {
    const ok = await okThat({});
    expect(await ok.preparePoll(PAGE, CREDENTIALS, POLL)).toEqual({ kind: 'done', value: POLL });
    expect((await ok.uploadDocument()).kind).toBe('refused');
    const documents = await published(ok, { text: 'Текст', photos: [], documents: ['doc-1_1'] });
    expect(documents).toMatchObject({ kind: 'refused', reason: { code: 'too-many-documents' } });
    expect(calls).toEqual([]);
  });
});

describe('editing a topic on OK', () => {
  const anEdit = (changes: Partial<EditRequest> = {}): EditRequest => ({
    ...{ page: PAGE, credentials: CREDENTIALS, externalId: '157', content: { text: 'Мост открыт', photos: ['t1'] } },
    ...{ sendBefore: sendBefore(), ...changes },
  });

  it('sends all blocks anew, names no date, and takes nothing but `true` for an answer', async () => {
    const ok = await okThat({ 'mediatopic.edit': true });
    expect(await ok.edit(anEdit())).toEqual({ kind: 'edited' });
    expect(calls[0]?.fields).toMatchObject({ method: 'mediatopic.edit', topic_id: '157' });
    expect(JSON.parse(calls[0]?.fields['attachment'] ?? '')).toEqual({
      media: [
        { type: 'text', text: 'Мост открыт' },
        { type: 'photo', list: [{ id: 't1' }] },
      ],
      onBehalfOfGroup: 'true',
    });
  });

  it.each<[string, unknown]>([
    ['false', false],
    ['null', null],
    ['"true"', 'true'],
    ['HTML', raw(200, '<html>')],
    ['a dropped connection', dropped],
    ['a service error', error(2)],
  ])('is unclear after %s, and asks once only', async (_, answer) => {
    const ok = await okThat({ 'mediatopic.edit': answer });
    expect((await ok.edit(anEdit())).kind).toBe('unclear');
    expect(calls).toHaveLength(1);
  });

  it('leaves a poll alone: its votes would be lost', async () => {
    const ok = await okThat({ 'mediatopic.edit': true });
    expect(await ok.edit(anEdit({ content: { text: 'Текст', photos: [], poll: POLL } }))).toMatchObject({
      ...{ kind: 'refused', reason: { code: 'poll-not-editable' } },
    });
    expect(calls).toEqual([]);
  });
});
