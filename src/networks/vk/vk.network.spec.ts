import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import type { Writable } from 'node:stream';
import { SystemClock } from '../../platform/clock/clock.js';
import { Outbound } from '../../platform/outbound/outbound.js';
import type { PostContent, PublishRequest } from '../network.js';
import { dropped, raw, ScriptedServer } from '../scripted-server.js';
import { VkNetwork } from './vk.network.js';

const COMMUNITY = 'vk1.a.communitySecret';
const USER = 'vk1.a.userSecret';
const SERVICE = 'serviceSecret';
const PAGE = { externalId: '77' };
const PHOTO = { bytes: Buffer.from('JPEG'), type: 'image/jpeg' } as const;

/** Answers by method in turn, the last one for ever. */
let plays: Record<string, unknown[]> = {};
const server = new ScriptedServer(({ path }) => {
  const method = path.split('/').at(-1)?.split('?')[0] ?? '';
  const queue = plays[method] ?? [vkError(3, `Unknown method ${method}`)];
  return queue.length > 1 ? queue.shift() : queue[0];
});
const { calls } = server;
const outbound = new Outbound();
let vk: VkNetwork;
let base: string;

beforeAll(async () => {
  const host = await server.start();
  base = `http://${host}`;
  vk = new VkNetwork({ apiUrl: `${base}/vk/`, idUrl: base, uploadHosts: [host] }, outbound, new SystemClock());
});
afterAll(async () => {
  await outbound.close();
  server.stop();
});
beforeEach(() => {
  calls.length = 0;
  plays = {};
});

const content = (changes: Partial<PostContent> = {}): PostContent => ({ text: 'Ремонт моста', photos: [], ...changes });
const aPublication = (changes: Partial<PublishRequest> = {}): PublishRequest => ({
  page: PAGE,
  credentials: { communityToken: COMMUNITY, serviceToken: SERVICE, userToken: USER },
  content: content(),
  marker: 'marker-1',
  sendBefore: new Date(Date.now() + 3_000),
  ...changes,
});
const vkError = (error_code: number, error_msg = '') => ({ error: { error_code, error_msg, request_params: [] } });

describe('publishing on VK', () => {
  it('sends text and a link with the community token, as the community, with the marker', async () => {
    plays['wall.post'] = [{ response: { post_id: 501 } }];
    const outcome = await vk.publish(aPublication({ content: content({ link: 'https://example.ru/a,b' }) }));
    expect(outcome).toEqual({ kind: 'published', externalId: '501', url: 'https://vk.com/wall-77_501' });
    expect(calls).toHaveLength(1);
    expect(calls[0]?.path).toBe('/vk/method/wall.post');
    expect(calls[0]?.fields).toEqual({
      v: '5.199',
      access_token: COMMUNITY,
      owner_id: '-77',
      from_group: '1',
      guid: 'marker-1',
      message: 'Ремонт моста',
      attachments: 'https://example.ru/a%2Cb',
    });
  });

  it('sends photos with the user token, in order', async () => {
    plays['wall.post'] = [{ response: { post_id: 1 } }];
    await vk.publish(aPublication({ content: content({ photos: ['photo-77_1_key', 'photo5_2'], link: 'https://a.ru' }) }));
    expect(calls[0]?.fields).toMatchObject({ access_token: USER, attachments: 'photo-77_1_key,photo5_2,https://a.ru' });
  });

  it.each<[string, Partial<PublishRequest>, string]>([
    ['without a community token', { credentials: { userToken: USER } }, 'capability-missing'],
    [
      'with photos and no user token',
      { credentials: { communityToken: COMMUNITY }, content: content({ photos: ['photo1_1'] }) },
      'capability-missing',
    ],
    [
      'with photos and a VK ID token',
      { credentials: { communityToken: COMMUNITY, userToken: 'vk2.a.x' }, content: content({ photos: ['photo1_1'] }) },
      'capability-missing',
    ],
    ['that is too long', { content: content({ text: 'a'.repeat(15_001) }) }, 'text-too-long'],
    ['with an attachment that smuggles another', { content: content({ photos: ['photo1_1,photo2_2'] }) }, 'bad-attachment'],
    ['for a page number that is none', { page: { externalId: '-77' } }, 'bad-page-id'],
  ])('refuses a post %s before it calls', async (_, changes, code) => {
    expect(await vk.publish(aPublication(changes))).toMatchObject({ kind: 'refused', reason: { code } });
    expect(calls).toEqual([]);
  });

  it.each<[string, unknown]>([
    ['an id of zero', { response: { post_id: 0 } }],
    ['a negative id', { response: { post_id: -1 } }],
    ['an id as a string', { response: { post_id: '501' } }],
    ['a fractional id', { response: { post_id: 1.5 } }],
    ['no id', { response: {} }],
    ['a bare number', { response: 501 }],
    ['another owner', { response: { post_id: 501, owner_id: -78 } }],
    ['an empty envelope', {}],
    ['an empty response', { response: null }],
    ['a response and an error together', { response: { post_id: 1 }, error: { error_code: 15, error_msg: '' } }],
    ['an error without a code', { error: { error_msg: 'oops' } }],
    ['an error with its code as a string', { error: { error_code: '15' } }],
    ['null', raw(200, 'null')],
    ['nothing', raw(200, '')],
    ['a list', raw(200, '[]')],
    ['half a JSON', raw(200, '{"response":{"post_')],
    ['broken UTF-8', (response: Writable) => void response.end(Buffer.from([0x22, 0xff, 0x22]))],
    ['an HTML page', raw(200, '<html>Технические работы</html>', 'text/html')],
    ['HTTP 500 with an error inside', raw(500, JSON.stringify(vkError(15)))],
    ['HTTP 502', raw(502, 'Bad Gateway', 'text/html')],
    ['HTTP 504', raw(504, '')],
    ['HTTP 429', raw(429, '')],
    ['a redirect', raw(302, '')],
    ['a permanent redirect', raw(308, '')],
    ['a dropped connection', dropped],
    ['a code that we don’t know', vkError(4242, 'new')],
    ['flood control', vkError(9)],
  ])('calls a post unclear after %s, and asks once only', async (_, play) => {
    plays['wall.post'] = [play];
    const outcome = await vk.publish(aPublication());
    expect(outcome.kind).toBe('unclear');
    expect(calls).toHaveLength(1);
  });

  it('takes an error inside HTTP 200 for an error', async () => {
    plays['wall.post'] = [vkError(14, 'Captcha needed'), vkError(6), vkError(5, `bad ${COMMUNITY}`)];
    expect((await vk.publish(aPublication())).kind).toBe('needsPerson');
    expect(await vk.publish(aPublication())).toMatchObject({ kind: 'retryLater', afterMs: 1_000 });
    const lost = await vk.publish(aPublication());
    expect(lost).toMatchObject({
      kind: 'credentialLost',
      reason: { code: 'token-revoked', networkCode: '5', networkMessage: 'bad …' },
    });
  });

  it('sends nothing after the deadline and nothing to an address where nobody listens', async () => {
    expect(await vk.publish(aPublication({ sendBefore: new Date(Date.now() - 1) }))).toMatchObject({
      kind: 'retryLater',
      afterMs: 0,
      reason: { code: 'deadline-passed' },
    });
    expect(calls).toEqual([]);
    const nowhere = new VkNetwork(
      { apiUrl: 'http://127.0.0.1:9', idUrl: 'http://127.0.0.1:9', uploadHosts: [] },
      outbound,
      new SystemClock(),
    );
    expect(await nowhere.publish(aPublication())).toMatchObject({ kind: 'retryLater', reason: { code: 'not-connected' } });
  });

  it('puts no token into an address or an outcome', async () => {
    plays['wall.post'] = [vkError(15, `Access denied for ${COMMUNITY}, access_token=${COMMUNITY}&v=5`)];
    const outcome = await vk.publish(aPublication());
    expect(JSON.stringify(outcome)).not.toContain('Secret');
    expect(calls.map(({ path }) => path).join()).not.toContain('Secret');
  });
});

describe('uploading a photo to VK', () => {
  const server200 = () => ({ response: { upload_url: `${base}/upload?secret=1`, album_id: -14, user_id: 5 } });
  const stored = { server: 12, photo: '[{"photo":"abc"}]', hash: 'h' };
  const saved = { response: [{ id: 9, owner_id: -77, access_key: 'k1', sizes: [] }] };
  const upload = (credentials = aPublication().credentials) => vk.uploadPhoto(PAGE, credentials, PHOTO);

  it('goes through the three steps and hands on what VK stored, untouched', async () => {
    plays = { 'photos.getWallUploadServer': [server200()], upload: [stored], 'photos.saveWallPhoto': [saved] };
    expect(await upload()).toEqual({ kind: 'done', value: 'photo-77_9_k1' });
    expect(calls[1]?.body).toContain('name="photo"; filename="photo.jpg"\r\ncontent-type: image/jpeg\r\n\r\nJPEG\r\n');
    expect(calls[2]?.fields).toMatchObject({
      group_id: '77',
      photo: '[{"photo":"abc"}]',
      server: '12',
      hash: 'h',
      access_token: USER,
    });
  });

  it('leaves the access key out when there is none', async () => {
    const keyless = { response: [{ id: 9, owner_id: 5 }] };
    plays = { 'photos.getWallUploadServer': [server200()], upload: [stored], 'photos.saveWallPhoto': [keyless] };
    expect(await upload()).toEqual({ kind: 'done', value: 'photo5_9' });
  });

  it.each(['', '[]'])('is refused when VK stored %p, which is how it rejects a file', async (photo) => {
    plays = { 'photos.getWallUploadServer': [server200()], upload: [{ ...stored, photo }] };
    expect(await upload()).toMatchObject({ kind: 'refused', reason: { code: 'photo-rejected' } });
  });

  it('starts again once after an error of the flow, then gives up', async () => {
    plays = { 'photos.getWallUploadServer': [server200()], upload: [stored], 'photos.saveWallPhoto': [vkError(121), saved] };
    expect(await upload()).toMatchObject({ kind: 'done' });
    plays['photos.saveWallPhoto'] = [vkError(22)];
    calls.length = 0;
    expect(await upload()).toMatchObject({ kind: 'refused', reason: { code: 'upload-failed' } });
    expect(calls).toHaveLength(6);
  });

  it.each([
    'http://127.0.0.1:1/upload',
    'http://169.254.169.254/latest',
    'https://evilvk.com/x',
    'https://pu.vk.com@evil.example/',
  ])('goes nowhere when VK names %p', async (address) => {
    plays = { 'photos.getWallUploadServer': [{ response: { upload_url: address } }] };
    expect(await upload()).toMatchObject({ kind: 'refused', reason: { code: 'upload-address-refused' } });
  });

  it('can be repeated after a lost or broken answer', async () => {
    plays = { 'photos.getWallUploadServer': [server200()], upload: [raw(502, '')] };
    expect(await upload()).toMatchObject({ kind: 'retryLater', reason: { code: 'broken-answer' } });
  });

  it('needs a user token', async () => {
    expect(await upload({ communityToken: COMMUNITY })).toMatchObject({
      kind: 'refused',
      reason: { code: 'capability-missing' },
    });
    expect(calls).toEqual([]);
  });
});
