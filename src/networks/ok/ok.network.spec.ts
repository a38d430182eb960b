import { afterEach, describe, expect, it } from '@jest/globals';
import { SystemClock } from '../../platform/clock/clock.js';
import { Outbound } from '../../platform/outbound/outbound.js';
import type { PostContent, PublishRequest } from '../network.js';
import { dropped, raw, ScriptedServer, type ArrivedCall } from '../scripted-server.js';
import { OkNetwork } from './ok.network.js';
import { sessionSecret, signature } from './ok.signature.js';

type Answer = (fields: Readonly<Record<string, string>>, path: string) => unknown;

const outbound = new Outbound();
const servers: ScriptedServer[] = [];
let calls: readonly ArrivedCall[] = [];
let base = '';

/** OK as a function from a call to its answer. */
async function okThat(answers: Answer): Promise<OkNetwork> {
  const server = new ScriptedServer(({ fields, path }) => answers(fields, path));
  servers.push(server);
  const host = await server.start();
  ({ calls } = server);
  base = `http://${host}`;
  return new OkNetwork(
    { apiUrl: `http://${host}/ok`, authUrl: `http://${host}`, uploadHosts: [host] },
    outbound,
    new SystemClock(),
  );
}
afterEach(async () => {
  await outbound.close();
  for (const server of servers.splice(0)) server.stop();
});

const PAGE = { externalId: '54321' };
const CREDENTIALS = { applicationKey: 'APPKEY', applicationSecretKey: 'appSecret', accessToken: 'tokenSecret' };
const error = (error_code: number, error_msg = '') => ({ error_code, error_msg, error_data: null });
const content = (changes: Partial<PostContent> = {}): PostContent => ({ text: 'Ремонт моста', photos: [], ...changes });
const aPublication = (changes: Partial<PublishRequest> = {}): PublishRequest => ({
  page: PAGE,
  credentials: CREDENTIALS,
  content: content(),
  marker: 'marker-1',
  sendBefore: new Date(Date.now() + 3_000),
  ...changes,
});

describe('publishing on OK', () => {
  it('sends a signed topic on behalf of the group, everything in the body', async () => {
    const ok = await okThat(() => '157000000000001');
    const outcome = await ok.publish(aPublication({ content: content({ photos: ['t1', 't2'], link: 'https://example.ru/' }) }));
    const url = 'https://ok.ru/group/54321/topic/157000000000001';
    expect(outcome).toEqual({ kind: 'published', externalId: '157000000000001', url });
    expect(calls).toHaveLength(1);
    expect(calls[0]?.path).toBe('/ok/fb.do');
    const { sig, attachment, ...fields } = calls[0]?.fields ?? {};
    expect(fields).toEqual({
      method: 'mediatopic.post',
      application_key: 'APPKEY',
      format: 'json',
      type: 'GROUP_THEME',
      gid: '54321',
      access_token: 'tokenSecret',
    });
    expect(JSON.parse(attachment ?? '')).toEqual({
      media: [
        { type: 'text', text: 'Ремонт моста' },
        { type: 'photo', list: [{ id: 't1' }, { id: 't2' }] },
        { type: 'link', url: 'https://example.ru/' },
      ],
      onBehalfOfGroup: 'true',
    });
    expect(sig).toBe(signature({ ...fields, attachment: attachment ?? '' }, sessionSecret('tokenSecret', 'appSecret')));
    expect(calls[0]?.body).not.toContain('appSecret');
  });

  it.each<[string, unknown]>([
    ['"0"', '0'],
    ['an empty string', ''],
    ['words', 'published'],
    ['a negative id', '-5'],
    ['a number', 157],
    ['null', null],
    ['true', true],
    ['an object', { id: '157' }],
    ['an error with its code as a string', { error_code: '100' }],
    ['nothing', raw(200, '')],
    ['half a string', raw(200, '"1570')],
    ['an HTML page', raw(200, '<html></html>')],
    ['HTTP 500 with an error inside', raw(500, JSON.stringify(error(100)))],
    ['HTTP 502', raw(502, '')],
    ['a redirect', raw(301, '')],
    ['a dropped connection', dropped],
    ['a service error', error(2)],
    ['an unknown code', error(4242)],
  ])('calls a topic unclear after %s, and asks once only', async (_, answer) => {
    const ok = await okThat(() => answer);
    expect((await ok.publish(aPublication())).kind).toBe('unclear');
    expect(calls).toHaveLength(1);
  });

  it('takes an error inside HTTP 200 for an error, without its secrets', async () => {
    const ok = await okThat(() => error(102, 'PARAM_SESSION_EXPIRED : tokenSecret session_key=abc'));
    const outcome = await ok.publish(aPublication());
    expect(outcome).toMatchObject({ kind: 'credentialLost', reason: { code: 'token-revoked', networkCode: '102' } });
    expect(JSON.stringify(outcome)).not.toMatch(/Secret|abc/);
  });

  it('refuses before it calls what can’t be sent', async () => {
    const ok = await okThat(() => '1');
    const refused = async (changes: Partial<PublishRequest>) => {
      const outcome = await ok.publish(aPublication(changes));
      return outcome.kind === 'refused' ? outcome.reason.code : outcome.kind;
    };
    expect(await refused({ credentials: { ...CREDENTIALS, accessToken: '' } })).toBe('credential-missing');
    expect(await refused({ content: content({ text: 'a'.repeat(10_001) }) })).toBe('text-too-long');
    expect(await refused({ page: { externalId: 'group' } })).toBe('bad-page-id');
    expect(await ok.publish(aPublication({ sendBefore: new Date(0) }))).toMatchObject({
      kind: 'retryLater',
      reason: { code: 'deadline-passed' },
    });
    expect(calls).toEqual([]);
  });
});

describe('uploading a photo to OK', () => {
  const photo = { bytes: Buffer.from('JPEG'), type: 'image/jpeg' } as const;
  const okWithUpload = (photos: unknown, photoId = 'a+b/c=') =>
    okThat((_, path) =>
      path.startsWith('/up') ? photos : { upload_url: `${base}/up?s=1`, photo_ids: [photoId], ttl_ms: 86_399_988 },
    );

  it.each([
    ['as it is', { 'a+b/c=': { token: 'T' } }],
    ['URL-encoded', { 'a%2Bb%2Fc%3D': { token: 'T' } }],
    ['in another form', { 'a%': { token: 'T' } }],
    ['among others', { other: { token: 'X' }, 'a%2Bb%2Fc%3D': { token: 'T' } }],
  ])('returns the token when OK writes the photo’s id %s', async (_, photos) => {
    const ok = await okWithUpload({ photos });
    expect(await ok.uploadPhoto(PAGE, CREDENTIALS, photo)).toEqual({ kind: 'done', value: 'T' });
    expect(calls[0]?.fields).toMatchObject({ method: 'photosV2.getUploadUrl', gid: '54321', count: '1', sizes: '4' });
    expect(calls[1]?.body).toContain('name="pic1"; filename="photo.jpg"');
  });

  it('tells what is wrong with a photo', async () => {
    const ok = await okWithUpload(error(502));
    expect(await ok.uploadPhoto(PAGE, CREDENTIALS, photo)).toMatchObject({
      kind: 'refused',
      reason: { code: 'photo-rejected', networkCode: '502' },
    });
  });

  it.each([{}, { photos: {} }, { photos: { a: { token: '' }, b: {} } }])('may be repeated after %j', async (answer) => {
    expect((await (await okWithUpload(answer)).uploadPhoto(PAGE, CREDENTIALS, photo)).kind).toBe('retryLater');
  });

  it.each(['http://127.0.0.1:1/up', 'https://evilmycdn.me/', 'http://up.mycdn.me/'])(
    'goes nowhere when OK names %p',
    async (upload_url) => {
      const ok = await okThat(() => ({ upload_url, photo_ids: ['1'] }));
      expect(await ok.uploadPhoto(PAGE, CREDENTIALS, photo)).toMatchObject({
        kind: 'refused',
        reason: { code: 'upload-address-refused' },
      });
    },
  );
});
