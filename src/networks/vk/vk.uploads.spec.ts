import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { Readable } from 'node:stream';
import type { DocumentUpload, Poll, VideoUpload } from '../media.js';
import { dropped, raw } from '../scripted-server.js';
import type { VkNetwork } from './vk.network.js';
import { CREDENTIALS, PAGE, ScriptedVk, vkError } from './vk.spec-support.js';

const scripted = new ScriptedVk();
const { calls } = scripted;
let vk: VkNetwork;

beforeAll(async () => {
  vk = await scripted.start();
});
afterAll(() => scripted.stop());
beforeEach(() => scripted.reset());

const withoutUser = { communityToken: CREDENTIALS.communityToken };
const open = async () => Readable.from([Buffer.from('BYTES')]);

describe('uploading a video to VK', () => {
  const VIDEO: VideoUpload = { size: 5, open, type: 'video/mp4', title: 'День посёлка' };
  const saved = () => ({ response: { upload_url: `${scripted.base}/upload?s=1`, video_id: 9, owner_id: -77, access_key: 'k1' } });
  const upload = (credentials: Record<string, string> = CREDENTIALS) => vk.uploadVideo(PAGE, credentials, VIDEO);

  it('names it as the community’s with the user token, posts nothing, and streams the bytes', async () => {
    scripted.plays = { 'video.save': [saved()], upload: [{ size: 5, video_id: 9 }] };
    expect(await upload()).toEqual({ kind: 'done', value: 'video-77_9_k1' });
    const { access_token, ...fields } = calls[0]?.fields ?? {};
    expect([access_token, fields]).toEqual([
      CREDENTIALS.userToken,
      { v: '5.199', group_id: '77', name: 'День посёлка', wallpost: '0' },
    ]);
    expect(calls[1]?.body).toContain('name="video_file"; filename="video.mp4"\r\ncontent-type: video/mp4\r\n\r\nBYTES\r\n');
    expect(calls).toHaveLength(2);
  });

  it('starts again once when the upload server refuses it, then tells what to do', async () => {
    scripted.plays = { 'video.save': [saved()], upload: [{ error: 'bad' }, { size: 5 }] };
    expect((await upload()).kind).toBe('done');
    scripted.plays['upload'] = [{ error: 'bad' }];
    expect(await upload()).toMatchObject({ kind: 'refused', reason: { code: 'video-rejected' } });
    expect(calls).toHaveLength(8);
  });

  it.each<[string, Record<string, unknown[]>]>([
    ['VK names no address', { 'video.save': [{ response: { video_id: 9, owner_id: -77 } }] }],
    ['VK names no video', { 'video.save': [{ response: { upload_url: 'https://vu.vk.com/' } }] }],
    ['the upload is of another video', { upload: [{ video_id: 10 }] }],
    ['the upload is dropped', { upload: [dropped] }],
    ['the upload answers HTML', { upload: [raw(200, '<html>')] }],
    ['the upload answers 502', { upload: [raw(502, '{}')] }],
  ])('may be repeated when %s', async (_, changes) => {
    scripted.plays = { 'video.save': [saved()], ...changes };
    expect((await upload()).kind).toBe('retryLater');
  });

  it('goes nowhere when VK names a foreign address', async () => {
    scripted.plays = { 'video.save': [{ response: { ...saved().response, upload_url: 'https://evil.example/' } }] };
    expect(await upload()).toMatchObject({ kind: 'refused', reason: { code: 'upload-address-refused' } });
  });

  it('needs a user’s token that writes', async () => {
    for (const credentials of [withoutUser, { ...CREDENTIALS, userToken: 'vk2.a.id' }])
      expect(await upload(credentials)).toMatchObject({ kind: 'refused', reason: { code: 'capability-missing' } });
    expect(calls).toEqual([]);
  });
});

describe('uploading a document to VK', () => {
  const DOCUMENT: DocumentUpload = { size: 5, open, type: 'application/pdf', title: 'Смета.pdf' };
  const address = () => ({ response: { upload_url: `${scripted.base}/upload?s=1` } });
  const saved = { response: { type: 'doc', doc: { id: 4, owner_id: -77, title: 'Смета.pdf' } } };
  const upload = (credentials: Record<string, string> = CREDENTIALS) => vk.uploadDocument(PAGE, credentials, DOCUMENT);

  it('takes three steps with the community’s own token', async () => {
    scripted.plays = { 'docs.getWallUploadServer': [address()], upload: [{ file: 'stored|1' }], 'docs.save': [saved] };
    expect(await upload(withoutUser)).toEqual({ kind: 'done', value: 'doc-77_4' });
    expect(calls[0]?.fields).toMatchObject({ group_id: '77', access_token: CREDENTIALS.communityToken });
    expect(calls[1]?.body).toContain('name="file"; filename="document.pdf"\r\ncontent-type: application/pdf\r\n\r\nBYTES');
    expect(calls[2]?.fields).toMatchObject({ file: 'stored|1', title: 'Смета.pdf', access_token: CREDENTIALS.communityToken });
  });

  it.each<[string, unknown]>([
    ['an error', { error: 'unsupported' }],
    ['an empty file', { file: '' }],
  ])('is refused after %s of the upload server, twice', async (_, answer) => {
    scripted.plays = { 'docs.getWallUploadServer': [address()], upload: [answer] };
    expect(await upload()).toMatchObject({ kind: 'refused', reason: { code: 'document-rejected' } });
    expect(calls).toHaveLength(4);
  });

  it('starts again once after an error of the flow', async () => {
    scripted.plays = { 'docs.getWallUploadServer': [address()], upload: [{ file: 'f' }], 'docs.save': [vkError(105), saved] };
    expect((await upload()).kind).toBe('done');
  });

  it.each([{ type: 'doc' }, { type: 'doc', doc: { id: 0, owner_id: 1 } }, []])('may be repeated after %j', async (response) => {
    scripted.plays = { 'docs.getWallUploadServer': [address()], upload: [{ file: 'f' }], 'docs.save': [{ response }] };
    expect((await upload()).kind).toBe('retryLater');
  });

  it('turns the capability off when the token has no right to documents', async () => {
    scripted.plays = { 'docs.getWallUploadServer': [vkError(15)] };
    expect((await upload()).kind).toBe('refused');
  });
});

describe('preparing a poll on VK', () => {
  const POLL: Poll = { question: 'Где ставить ёлку?', answers: ['В парке', 'У порта'], anonymous: true, multiple: false };
  const prepare = (poll = POLL, credentials: Record<string, string> = CREDENTIALS) => vk.preparePoll(PAGE, credentials, poll);

  it('makes it in the community’s name and returns what the post will carry', async () => {
    scripted.plays = { 'polls.create': [{ response: { id: 5, owner_id: -77, question: 'x' } }] };
    expect(await prepare()).toEqual({ kind: 'done', value: { ...POLL, attachment: 'poll-77_5' } });
    const { access_token, ...fields } = calls[0]?.fields ?? {};
    expect([access_token, fields]).toEqual([
      CREDENTIALS.userToken,
      {
        ...{ v: '5.199', owner_id: '-77', question: POLL.question, add_answers: '["В парке","У порта"]' },
        ...{ is_anonymous: '1', is_multiple: '0' },
      },
    ]);
  });

  it('tells an open poll with several answers from an anonymous one with one', async () => {
    scripted.plays = { 'polls.create': [{ response: { id: 5 } }] };
    expect(await prepare({ ...POLL, anonymous: false, multiple: true })).toMatchObject({ value: { attachment: 'poll-77_5' } });
    expect(calls[0]?.fields).toMatchObject({ is_anonymous: '0', is_multiple: '1' });
  });

  it('is refused before anything is sent when VK would not take it, or without a user’s token', async () => {
    expect(await prepare({ ...POLL, answers: ['Да'] })).toMatchObject({ kind: 'refused', reason: { code: 'poll-rejected' } });
    expect(await prepare(POLL, withoutUser)).toMatchObject({ kind: 'refused', reason: { code: 'capability-missing' } });
    expect(calls).toEqual([]);
  });

  it.each<[string, unknown, string]>([
    ['a refusal', vkError(100), 'refused'],
    ['no number', { response: {} }, 'retryLater'],
    ['a dropped connection', dropped, 'retryLater'],
    ['a dead token', vkError(5), 'credentialLost'],
    ['a captcha', vkError(14), 'needsPerson'],
  ])('comes back as a value after %s', async (_, answer, kind) => {
    scripted.plays = { 'polls.create': [answer] };
    expect((await prepare()).kind).toBe(kind);
  });
});
