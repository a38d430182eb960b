import { afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import type { PhotoUpload } from '../../src/networks/media.js';
import type { CallOutcome, Credentials } from '../../src/networks/network.js';
import { aRequest, ContractWorld, TEXT, without } from './contract-world.js';
import { aPicture } from './pictures.js';
import { BOTH, type Side } from './sides.js';

let world: ContractWorld;
let jpeg: PhotoUpload;
let png: PhotoUpload;
beforeAll(async () => {
  jpeg = await aPicture('image/jpeg');
  png = await aPicture('image/png');
});
beforeEach(async () => void (world = await ContractWorld.start()));
afterEach(() => world.stop());

const upload = (side: Side, photo: PhotoUpload, credentials: Credentials = side.credentials): Promise<CallOutcome<string>> =>
  side.network.uploadPhoto(side.page, credentials, photo);

async function uploaded(side: Side, photo: PhotoUpload): Promise<string> {
  const outcome = await upload(side, photo);
  if (outcome.kind !== 'done') throw new Error(JSON.stringify(outcome));
  return outcome.value;
}

async function published(side: Side, photos: readonly string[], text = TEXT, link?: string): Promise<void> {
  const content = { text, photos, ...(link === undefined ? {} : { link }) };
  const outcome = await side.network.publish(aRequest(side, { content }));
  if (outcome.kind !== 'published') throw new Error(JSON.stringify(outcome));
}

/** What people see on the wall, byte for byte. */
async function pictures(side: Side): Promise<Buffer[]> {
  const [post] = side.posts();
  const answers = (post?.photos ?? []).map(async (photo) =>
    Buffer.from(await (await fetch(side.pictureUrl(photo))).arrayBuffer()),
  );
  return Promise.all(answers);
}

describe.each(BOTH)('a photo on $name', ({ name }) => {
  it('goes from the upload to the wall unchanged, JPEG and PNG, in the order of the post and not of the upload', async () => {
    const side = world.side(name);
    const files = [jpeg, png, await aPicture('image/jpeg', 200), await aPicture('image/png', 33)];
    const ids: string[] = [];
    for (const file of files) ids.push(await uploaded(side, file));
    expect(side.posts()).toHaveLength(0);
    const order = [2, 0, 3, 1];
    await published(
      side,
      order.map((place) => ids[place] ?? ''),
    );
    expect(await pictures(side)).toEqual(order.map((place) => Buffer.from(files[place]?.bytes ?? [])));
    expect(side.posts()[0]).toMatchObject({ byPage: true, text: TEXT, links: [] });
    expect(side.calls(side.publishing)).toBe(1);
  });

  it('stands beside a text and a link', async () => {
    const side = world.side(name);
    await published(side, [await uploaded(side, jpeg), await uploaded(side, png)], TEXT, 'https://zarechny.example/a,b');
    const [post] = side.posts();
    expect([post?.text, post?.photos.length, post?.links.length]).toEqual([TEXT, 2, 1]);
  });

  it('needs no text beside it', async () => {
    const side = world.side(name);
    await published(side, [await uploaded(side, jpeg)], '');
    expect(side.posts()[0]).toMatchObject({ text: '', photos: [expect.any(String)] });
  });

  it('may be one of ten, not of eleven', async () => {
    const side = world.side(name);
    const ids: string[] = [];
    for (let number = 1; number <= 11; number += 1) ids.push(await uploaded(side, jpeg));
    const tooMany = await side.network.publish(aRequest(side, { content: { text: TEXT, photos: ids } }));
    expect(tooMany).toMatchObject({ kind: 'refused', reason: { code: 'too-many-photos' } });
    expect(side.calls(side.publishing)).toBe(0);
    await published(side, ids.slice(0, side.network.limits.photos));
    expect(side.posts()[0]?.photos).toHaveLength(10);
  });

  it('is found again by its number, and the same text without photos is not', async () => {
    const side = world.side(name);
    await published(side, [await uploaded(side, jpeg), await uploaded(side, png)]);
    const window = { from: world.clock.now(), to: world.clock.now() };
    const look = (photos: string[]) => side.network.find({ ...aRequest(side), ...window, content: { text: TEXT, photos } });
    const two = await look(['one', 'two']);
    expect(two.kind === 'done' && two.value.matches).toMatchObject([{ externalId: side.posts()[0]?.id, photoCount: 2 }]);
    for (const photos of [[], ['one'], ['one', 'two', 'three']]) {
      const other = await look(photos);
      expect(other.kind === 'done' && [other.value.matches.length, other.value.seen.length]).toEqual([0, 1]);
    }
  });

  it('that the network can’t take is refused before anything is sent: WebP, empty, too heavy', async () => {
    const side = world.side(name);
    const { photoBytes, photoTypes } = side.network.limits;
    expect(photoTypes).toEqual(['image/jpeg', 'image/png']);
    const refused = [
      await aPicture('image/webp'),
      { bytes: new Uint8Array(), type: 'image/jpeg' } as const,
      { bytes: new Uint8Array(photoBytes + 1), type: 'image/jpeg' } as const,
    ];
    for (const photo of refused)
      expect(await upload(side, photo)).toMatchObject({ kind: 'refused', reason: { code: 'photo-rejected' } });
    expect(world.received).toBe(0);
  });

  it('of exactly the greatest weight is taken', async () => {
    const side = world.side(name);
    const bytes = Buffer.concat([jpeg.bytes, Buffer.alloc(side.network.limits.photoBytes - jpeg.bytes.length)]);
    expect((await upload(side, { bytes, type: 'image/jpeg' })).kind).toBe('done');
  });

  it.each<[string, () => Promise<PhotoUpload>]>([
    ['words under the name of a JPEG', async () => ({ bytes: Buffer.from('это не картинка'), type: 'image/jpeg' })],
    ['a WebP under the name of a PNG', async () => ({ bytes: (await aPicture('image/webp')).bytes, type: 'image/png' })],
    ['a JPEG that breaks off', async () => ({ bytes: jpeg.bytes.subarray(0, 20), type: 'image/jpeg' })],
    ['a PNG that breaks off', async () => ({ bytes: png.bytes.subarray(0, 20), type: 'image/png' })],
  ])('is refused by the upload server: %s', async (_, photo) => {
    const side = world.side(name);
    expect(await upload(side, await photo())).toMatchObject({ kind: 'refused', reason: { code: 'photo-rejected' } });
    expect(side.calls('upload.photo')).toBe(1);
  });

  it.each([
    'http://169.254.169.254/latest/meta-data/',
    'http://127.0.0.1:1/upload',
    'http://[::1]/upload',
    'https://evil.example/upload',
    'https://vk.com.evil.example/upload',
    'https://evilok.ru/upload',
    'http://pu.vk.com/upload',
    'https://pu.userapi.com:8443/upload',
    'https://user:password@pu.vk.com/upload',
    'https://pu.vk.com\\@evil.example/',
    'file:///etc/passwd',
    'что-то',
    '',
  ])('does not follow an upload address that is not the network’s: %s', async (address) => {
    const side = world.side(name);
    side.next(side.uploadAddress).pointsUploadTo(address);
    expect(await upload(side, jpeg)).toMatchObject({ kind: 'refused', reason: { code: 'upload-address-refused' } });
    expect([world.received, side.calls('upload.photo')]).toEqual([1, 0]);
  });

  it('does not reach a server next door that the configuration does not name', async () => {
    const side = world.side(name);
    const trap = await world.trap();
    side.next(side.uploadAddress).pointsUploadTo(trap.url);
    expect(await upload(side, jpeg)).toMatchObject({ kind: 'refused', reason: { code: 'upload-address-refused' } });
    expect(trap.caught()).toBe(0);
  });

  it.each([301, 302, 307, 308])('does not follow a redirect of the upload server with %i', async (status) => {
    const side = world.side(name);
    const trap = await world.trap();
    side.next('upload.photo').redirects(trap.url, status);
    expect(await upload(side, jpeg)).toMatchObject({ kind: 'retryLater', reason: { code: 'broken-answer' } });
    expect([trap.caught(), side.calls('upload.photo')]).toEqual([0, 1]);
  });

  it.each<[string, (side: Side, method: string) => void]>([
    ['drops the connection', (side, method) => side.next(method).dropsBeforeEffect()],
    ['takes it and drops the connection', (side, method) => side.next(method).acceptsThenDrops()],
    ['answers 500', (side, method) => side.next(method).failsBefore(500)],
    ['answers HTML', (side, method) => side.next(method).answersHtml()],
    ['answers nothing', (side, method) => side.next(method).answersEmpty()],
    ['answers null', (side, method) => side.next(method).answersNull()],
    ['answers half the JSON', (side, method) => side.next(method).answersTruncated()],
    ['breaks the answer off', (side, method) => side.next(method).cutsAnswer()],
  ])('may be uploaded again when any step %s', async (_, play) => {
    const side = world.side(name);
    const steps = [side.uploadAddress, 'upload.photo', ...(name === 'vk' ? ['photos.saveWallPhoto'] : [])];
    for (const step of steps) {
      play(side, step);
      expect((await upload(side, jpeg)).kind).toBe('retryLater');
      expect((await upload(side, jpeg)).kind).toBe('done');
    }
    expect(side.posts()).toHaveLength(0);
  });

  it('carries no secret to the upload server', async () => {
    const side = world.side(name);
    await uploaded(side, jpeg);
    const uploadPort = Number(new URL(`http://${world.sandbox.uploadHosts[0]}`).port);
    const [arrival] = world.arrivals.filter(({ port }) => port === uploadPort);
    for (const secret of Object.values(side.credentials)) expect(`${arrival?.url}${arrival?.headers}`).not.toContain(secret);
  });
});

describe('a photo on VK', () => {
  const vk = (): Side => world.side('vk');

  it('takes three steps with the user token and none with another', async () => {
    await uploaded(vk(), jpeg);
    const labels = world.sandbox.ledger.entries.map(({ method, tokenLabel }) => [method, tokenLabel]);
    expect(labels).toEqual([
      ['photos.getWallUploadServer', 'vk-user'],
      ['upload.photo', null],
      ['photos.saveWallPhoto', 'vk-user'],
    ]);
  });

  it('and its post need the user token; nothing is sent without one, nor with one of VK ID', async () => {
    const side = vk();
    const { vkIdToken } = world.sandbox.credentials.vk;
    const poor = [without(side.credentials, 'userToken'), { ...side.credentials, userToken: vkIdToken }];
    for (const credentials of poor) {
      expect(await upload(side, jpeg, credentials)).toMatchObject({ kind: 'refused', reason: { code: 'capability-missing' } });
      const content = { text: TEXT, photos: [`photo-${side.page.externalId}_1`] };
      expect((await side.network.publish(aRequest(side, { credentials, content }))).kind).toBe('refused');
    }
    expect(world.received).toBe(0);
  });

  it('of a person without a role in the community is refused by VK', async () => {
    world.sandbox.vk.addUser({ id: 999, firstName: 'Пётр', lastName: 'Прохожий' });
    const userToken = world.sandbox.vk.issueUserToken(999).token;
    expect(await upload(vk(), jpeg, { ...vk().credentials, userToken })).toMatchObject({
      kind: 'credentialLost',
      reason: { networkCode: '203' },
    });
  });

  it('is refused when a side is more than twenty times the other, or both are too long', async () => {
    const shaped = (width: number, height: number) => aPicture('image/png', width, height);
    expect(await upload(vk(), await shaped(2_100, 100))).toMatchObject({ kind: 'refused', reason: { code: 'photo-rejected' } });
    expect(await upload(vk(), await shaped(13_000, 1_001))).toMatchObject({
      kind: 'refused',
      reason: { code: 'photo-rejected' },
    });
    expect((await upload(vk(), await shaped(2_000, 100))).kind).toBe('done');
    expect((await upload(vk(), await shaped(13_000, 1_000))).kind).toBe('done');
  });

  it.each([
    ['upload.photo', 22],
    ['photos.saveWallPhoto', 22],
    ['photos.saveWallPhoto', 105],
    ['photos.saveWallPhoto', 114],
    ['photos.saveWallPhoto', 118],
    ['photos.saveWallPhoto', 121],
    ['photos.saveWallPhoto', 129],
  ])('starts again once when %s answers %i, not twice', async (method, code) => {
    const side = vk();
    side.next(method).rejects(code);
    await published(side, [await uploaded(side, jpeg)]);
    expect([side.calls('upload.photo'), await pictures(side)]).toEqual([2, [Buffer.from(jpeg.bytes)]]);
    side.next(method).rejects(code).times(2);
    expect((await upload(side, jpeg)).kind).toBe('refused');
    expect(side.calls('upload.photo')).toBe(4);
  });

  it('is not saved when the upload server answers something else', async () => {
    const side = vk();
    for (const fields of [{ server: 'x' }, { photo: 5 }, { hash: null }, { photo: '' }, { photo: '[]' }]) {
      side.next('upload.photo').patches(fields);
      expect((await upload(side, jpeg)).kind).not.toBe('done');
    }
    expect(side.calls('photos.saveWallPhoto')).toBe(0);
  });

  it('and a link share ten places: the eleventh attachment is not sent', async () => {
    const side = vk();
    const ids: string[] = [];
    for (let number = 1; number <= 10; number += 1) ids.push(await uploaded(side, jpeg));
    const link = 'https://zarechny.example/';
    const tooMany = await side.network.publish(aRequest(side, { content: { text: TEXT, photos: ids, link } }));
    expect(tooMany).toMatchObject({ kind: 'refused', reason: { code: 'too-many-attachments' } });
    expect(side.calls('wall.post')).toBe(0);
    await published(side, ids.slice(1), TEXT, link);
    expect([side.posts()[0]?.photos.length, side.posts()[0]?.links]).toEqual([9, [link]]);
  });

  it('of the messages upload would be lost on the wall, so the adapter never takes that way', async () => {
    await uploaded(vk(), jpeg);
    expect(vk().calls('photos.getMessagesUploadServer')).toBe(0);
  });

  it.each(['photo-1_1,photo-1_2', 'https://evil.example', 'photo1', 'doc-1_1', ''])(
    'is not published under an id that was never an upload’s: %s',
    async (photo) => {
      const side = vk();
      const outcome = await side.network.publish(aRequest(side, { content: { text: TEXT, photos: [photo] } }));
      expect(outcome).toMatchObject({ kind: 'refused', reason: { code: 'bad-attachment' } });
      expect(world.received).toBe(0);
    },
  );
});

describe('a photo on OK', () => {
  const ok = (): Side => world.side('ok');

  it('takes two steps; its token goes into the topic uncommitted', async () => {
    await published(ok(), [await uploaded(ok(), png)]);
    const steps = world.sandbox.ledger.entries.map(({ method, tokenLabel }) => [method, tokenLabel]);
    expect(steps).toEqual([
      ['photosV2.getUploadUrl', 'ok-user'],
      ['upload.photo', null],
      ['mediatopic.post', 'ok-user'],
    ]);
  });

  it.each([500, 501, 502, 503, 504, 505])('that the upload server refuses with %i is refused', async (code) => {
    ok().next('upload.photo').rejects(code);
    expect(await upload(ok(), jpeg)).toMatchObject({
      kind: 'refused',
      reason: { code: 'photo-rejected', networkCode: String(code) },
    });
  });

  it('whose token is a day old is refused, and the topic with it', async () => {
    const side = ok();
    const token = await uploaded(side, jpeg);
    world.clock.advance(24 * 3_600_000);
    const outcome = await side.network.publish(aRequest(side, { content: { text: TEXT, photos: [token] } }));
    expect(outcome).toMatchObject({ kind: 'refused', reason: { networkCode: '121' } });
    expect(side.posts()).toHaveLength(0);
  });

  it('is not done when the upload server answers without its token', async () => {
    const side = ok();
    for (const photos of [{}, { a: { token: '' } }, { a: {} }, { a: { token: 5 } }, null, []]) {
      side.next('upload.photo').patches({ photos });
      expect((await upload(side, jpeg)).kind).toBe('retryLater');
    }
  });

  it('gets its own token though the answer spells the id another way or names more', async () => {
    const side = ok();
    side.next('upload.photo').patches({ photos: { 'another spelling': { token: 'T1' } } });
    expect(await uploaded(side, jpeg)).toBe('T1');
    side.next('upload.photo').patches({ photos: { foreign: { token: 'T1' }, alien: { token: 'T2' } } });
    expect((await upload(side, jpeg)).kind).toBe('retryLater');
  });
});
